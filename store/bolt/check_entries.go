package bolt

import (
	"bytes"

	"chancery/diplomacy"
)

// checkHeld looks for the entries that a record calls for.
func (c *checker) checkHeld(entries []held) {
	for _, h := range entries {
		key, want, bucket, closed := h.key, stamped(h.since, h.payload), c.current(h.table), 0
		if h.until != 0 {
			key, want, bucket, closed = stampedKey(h.key, h.since), stamped(h.until, h.payload), c.closed(h.table), 1
		}
		c.called[h.table][closed]++
		if got := bucket.Get(key); got == nil {
			c.find("%s lacks the entry %x of %s", h.table, key, ownerOf(h.table, h.key, h.payload))
		} else if !bytes.Equal(got, want) {
			c.find("%s: the entry %x of %s holds %x, not %x", h.table, key, ownerOf(h.table, h.key, h.payload), got, want)
		}
	}
}

// ownerOf is the record that calls for an entry.
func ownerOf(t table, key, payload []byte) diplomacy.ID {
	switch t {
	case links:
		return number[diplomacy.ID](key[arcSize+groupSize:])
	case lists, identity:
		return number[diplomacy.ID](key[len(key)-8:])
	case restricted:
		if key[0] == byRecord {
			return recordOf(key[1:])
		}
		return number[diplomacy.ID](key[len(key)-8:])
	default:
		return number[diplomacy.ID](payload)
	}
}

// checkEntries looks for entries that no record calls for: where there are as
// many as are called for, and all those are there, there is none.
func (c *checker) checkEntries() error {
	for t := links; t < tableCount; t++ {
		for _, closed := range []bool{false, true} {
			if err := c.checkUncalled(t, closed); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) checkUncalled(t table, closed bool) error {
	n, called, cursor := 0, c.called[t][0], c.current(t).Cursor()
	if closed {
		called, cursor = c.called[t][1], c.closed(t).Cursor()
	}
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		n++
		if err := c.step(); err != nil {
			return err
		}
	}
	if n == called {
		return nil
	}
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		if !c.calledFor(t, k, v, closed) {
			c.find("%s: no record calls for the entry %x", t, k)
		}
	}
	return nil
}

// calledFor reports whether an entry's record calls for it.
func (c *checker) calledFor(t table, key, value []byte, closed bool) bool {
	since := number[diplomacy.TxNumber](value)
	if closed {
		cut := len(key) - 8
		since, key = number[diplomacy.TxNumber](key[cut:]), key[:cut]
	}
	versions, err := c.history(ownerOf(t, key, value[8:]))
	if err != nil || len(versions) == 0 {
		return false
	}
	for _, h := range timeline(versions, c.outgrowths) {
		if h.table == t && h.since == since && bytes.Equal(h.key, key) && (h.until != 0) == closed {
			return true
		}
	}
	return false
}
