package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"chancery/diplomacy"
	"chancery/store"
)

// stamp is the checksum of what makes a list: which it is, its order and its
// arcs. A cursor is a place and the checksum carried on over it, so one of
// another list, or of none, does not fit.
type stamp uint32

// cursorTail is the direction and the checksum.
const cursorTail = 1 + 4

func newStamp(list []byte) stamp { return stamp(crc32.Checksum(list, castagnoli)) }

// over is the checksum of a cursor up to its last four bytes.
func (s stamp) over(data []byte) uint32 { return crc32.Update(uint32(s), castagnoli, data) }

// append writes the cursor of a place after others.
func (s stamp) append(to []byte, p place) []byte {
	begin := len(to)
	to = append(append(to, p.rest...), byte(p.direction))
	return binary.BigEndian.AppendUint32(to, s.over(to[begin:]))
}

func (s stamp) cursor(p place) store.Cursor { return store.Cursor(s.append(nil, p)) }

// place reads a cursor; nil of the empty one.
func (s stamp) place(c store.Cursor) (*place, error) {
	if c == "" {
		return nil, nil
	}
	data, cut := []byte(c), len(c)-4
	if len(data) < cursorTail || binary.BigEndian.Uint32(data[cut:]) != s.over(data[:cut]) {
		return nil, fmt.Errorf("%s: %w", diplomacy.Shorten(string(c)), store.ErrCursor)
	}
	return &place{data[: cut-1 : cut-1], store.Direction(data[cut-1])}, nil
}
