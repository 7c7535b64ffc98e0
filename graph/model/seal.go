package model

import (
	"encoding/binary"
	"hash/crc32"

	"chancery/store"
)

// seal marks the cursors of lists that are paged here as those of one list, so
// that one of another is refused: a checksum goes behind each.
type seal uint32

func newSeal(list string) seal { return seal(crc32.ChecksumIEEE([]byte(list))) }

func (s seal) over(c store.Cursor) uint32 { return crc32.Update(uint32(s), crc32.IEEETable, []byte(c)) }

func (s seal) close(c store.Cursor) store.Cursor {
	return store.Cursor(binary.BigEndian.AppendUint32([]byte(c), s.over(c)))
}

func (s seal) open(c store.Cursor) (store.Cursor, error) {
	if c == "" {
		return "", nil
	}
	cut := len(c) - 4
	if cut < 0 || binary.BigEndian.Uint32([]byte(c[cut:])) != s.over(c[:cut]) {
		return "", store.ErrCursor
	}
	return c[:cut], nil
}
