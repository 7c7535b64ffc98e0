package check

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// checkPeriods looks for the entries that follow from a record.
func (c *checker) checkPeriods(entries []layout.Period) {
	for _, h := range entries {
		key, want, bucket, closed := h.Key, layout.Value(h.Since, h.Payload), c.Current(h.Table), 0
		if h.Until != 0 {
			key, want, bucket, closed = layout.ClosedKey(h.Key, h.Since), layout.Value(h.Until, h.Payload), c.Closed(h.Table), 1
		}
		c.expected[h.Table][closed]++
		if got := bucket.Get(key); got == nil {
			c.report("%s lacks the entry %x of %s", h.Table, key, ownerOf(h.Table, h.Key, h.Payload))
		} else if !bytes.Equal(got, want) {
			c.report("%s: the entry %x of %s holds %x, not %x", h.Table, key, ownerOf(h.Table, h.Key, h.Payload), got, want)
		}
	}
}

// ownerOf returns the record from which an entry follows.
func ownerOf(t layout.Table, key, payload []byte) diplomacy.ID {
	switch t {
	case layout.Links:
		return layout.LinkVia(key)
	case layout.Lists, layout.Identity, layout.Names:
		return layout.ID(key[len(key)-8:])
	case layout.Restricted:
		if key[0] != layout.RestrictedLink {
			return layout.RecordID(key[1:])
		}
		return layout.ID(key[len(key)-8:])
	default:
		return layout.ID(payload)
	}
}

// checkEntries looks for entries that follow from no record. If there are as many as
// expected, there is none, since checkPeriods found those.
func (c *checker) checkEntries() error {
	for t := layout.Links; t < layout.TableCount; t++ {
		for _, closed := range []bool{false, true} {
			if err := c.checkUnexpected(t, closed); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) checkUnexpected(t layout.Table, closed bool) error {
	n, expected, cursor := 0, c.expected[t][0], c.Current(t).Cursor()
	if closed {
		expected, cursor = c.expected[t][1], c.Closed(t).Cursor()
	}
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		n++
		if err := c.step(); err != nil {
			return err
		}
	}
	if n == expected {
		return nil
	}
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		if !c.isExpected(t, k, v, closed) {
			c.report("%s: no record has the entry %x", t, k)
		}
	}
	return nil
}

// isExpected reports whether an entry follows from its record.
func (c *checker) isExpected(t layout.Table, key, value []byte, closed bool) bool {
	since := layout.TxNumber(value)
	if closed {
		cut := len(key) - 8
		since, key = layout.TxNumber(key[cut:]), key[:cut]
	}
	versions, err := c.history(ownerOf(t, key, value[8:]))
	if err != nil || len(versions) == 0 {
		return false
	}
	if t == layout.Restricted && key[0] == layout.WithheldRecord {
		return closed || isWithdrawn(versions)
	}
	for _, h := range layout.Periods(versions, c.linkVersions) {
		if h.Table == t && h.Since == since && bytes.Equal(h.Key, key) && (h.Until != 0) == closed {
			return true
		}
	}
	return false
}
