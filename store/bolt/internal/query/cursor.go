package query

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// listID identifies a list by a checksum of its name, order and arcs. A cursor is a position
// and the checksum continued over it, so cursors of other lists are rejected.
type listID uint32

// cursorTail is the size of the direction and the checksum, in bytes.
const cursorTail = 1 + 4

func newListID(list []byte) listID { return listID(crc32.Checksum(list, layout.Castagnoli)) }

// checksum continues over a cursor without its last four bytes.
func (id listID) checksum(data []byte) uint32 {
	return crc32.Update(uint32(id), layout.Castagnoli, data)
}

// append appends the cursor of a position.
func (id listID) append(to []byte, p position) []byte {
	begin := len(to)
	to = append(append(to, p.rest...), byte(p.direction))
	return binary.BigEndian.AppendUint32(to, id.checksum(to[begin:]))
}

func (id listID) cursor(p position) store.Cursor { return store.Cursor(id.append(nil, p)) }

// decode returns the position of a cursor; nil for the empty one.
func (id listID) decode(c store.Cursor) (*position, error) {
	if c == "" {
		return nil, nil
	}
	data, cut := []byte(c), len(c)-4
	if len(data) < cursorTail || binary.BigEndian.Uint32(data[cut:]) != id.checksum(data[:cut]) {
		return nil, fmt.Errorf("%s: %w", diplomacy.Shorten(string(c)), store.ErrCursor)
	}
	return &position{data[: cut-1 : cut-1], store.Direction(data[cut-1])}, nil
}
