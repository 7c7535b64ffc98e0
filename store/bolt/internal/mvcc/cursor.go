package mvcc

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// Cursor iterates in either direction over the entries in one half of a table, current
// or closed, that share a prefix and are visible at one transaction.
type Cursor struct {
	cursor *bbolt.Cursor
	closed bool
	known  diplomacy.TxNumber
	Prefix []byte
	Arc    store.Arc // of the prefix, in the table of links
	// Rest is the key of the current entry after the prefix; nil beyond the last.
	Rest  []byte
	Facts layout.Facts // the payload of the entry
	key   []byte
}

// Key returns the key of the current entry.
func (c *Cursor) Key() []byte { return c.key[:len(c.Prefix)+len(c.Rest)] }

// Seek moves to the first entry that is not before rest in the direction, with a nil rest
// to the first of all.
func (c *Cursor) Seek(rest []byte, back bool) {
	key := append(bytes.Clone(c.Prefix), rest...)
	switch {
	case !back:
		c.take(c.cursor.Seek(key))
	case rest == nil:
		key[len(key)-1]++ // no prefix ends in 255
		c.take(SeekBefore(c.cursor, key))
	default:
		// No rest is the prefix of another, so only the closed entries of this key
		// continue it.
		c.take(SeekBefore(c.cursor, append(key, "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...)))
	}
	c.skip(back)
}

// SeekBelow moves to the last entry that is less than rest.
func (c *Cursor) SeekBelow(rest []byte) {
	c.take(SeekBefore(c.cursor, append(bytes.Clone(c.Prefix), rest...)))
	c.skip(true)
}

// Step moves to the next entry.
func (c *Cursor) Step(back bool) {
	c.move(back)
	c.skip(back)
}

func (c *Cursor) move(back bool) {
	if back {
		c.take(c.cursor.Prev())
	} else {
		c.take(c.cursor.Next())
	}
}

// skip moves on to an entry that is visible.
func (c *Cursor) skip(back bool) {
	for c.Rest != nil && !c.visible() {
		c.move(back)
	}
}

// take makes an entry the current one.
func (c *Cursor) take(key, value []byte) {
	if !bytes.HasPrefix(key, c.Prefix) {
		c.Rest = nil
		return
	}
	c.key, c.Rest, c.Facts = key, key[len(c.Prefix):], value
}

// visible also removes from the entry the transactions that wrote and closed it.
func (c *Cursor) visible() bool {
	if !c.closed {
		since := layout.TxNumber(c.Facts)
		c.Facts = c.Facts[8:]
		return since <= c.known
	}
	cut := len(c.Rest) - 8
	since, until := layout.TxNumber(c.Rest[cut:]), layout.TxNumber(c.Facts)
	c.Rest, c.Facts = c.Rest[:cut], c.Facts[8:]
	return since <= c.known && c.known < until
}

// Node returns the other end of a link.
func (c *Cursor) Node() diplomacy.ID { return layout.ID(c.Rest[8:]) }

// Via returns the record that links.
func (c *Cursor) Via() diplomacy.ID { return layout.ID(c.Rest[16:]) }

// Of returns the record whose links these are.
func (c *Cursor) Of() diplomacy.ID { return layout.ID(c.Prefix) }

// SetID replaces the ID at an offset of the prefix; Seek must follow.
func (c *Cursor) SetID(at int, id diplomacy.ID) { layout.AppendUint64(c.Prefix[:at], id) }

// FollowsSame reports whether an entry with the same prefix and the same first bytes of
// Rest, whose record is not hidden, comes before this one. Only for current entries.
func (c *Cursor) FollowsSame(size int, hidden func(diplomacy.ID) (bool, error)) (bool, error) {
	at := append(bytes.Clone(c.Prefix), c.Rest...)
	defer c.cursor.Seek(at)
	for k, _ := c.cursor.Prev(); bytes.HasPrefix(k, at[:len(c.Prefix)+size]); k, _ = c.cursor.Prev() {
		if is, err := hidden(layout.ID(k[len(k)-8:])); !is || err != nil {
			return err == nil, err
		}
	}
	return false, nil
}
