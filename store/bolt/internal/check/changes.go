package check

import (
	"encoding/binary"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// checkChanges compares the changes of transactions with the versions of records. Each
// correct change corresponds to one that was counted from the versions; so if there are
// as many, none is missing.
func (c *checker) checkChanges() error {
	n, position := diplomacy.TxNumber(0), 0
	total := 0
	done := map[diplomacy.ID]bool{}
	cursor := c.Bucket(layout.Changes).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		c.checkLookup(layout.Changes, k, v)
		if of := layout.TxNumber(k); of != n {
			c.checkTotal(n, position)
			n, position = of, 0
			clear(done)
		}
		id, action := layout.ID(v), v[8]
		if at := int(binary.BigEndian.Uint32(k[8:])); at != position {
			c.report("change %d of transaction %d is number %d", position, n, at)
		}
		if code := diplomacy.Actions.Code(c.actionAt(id, n)); done[id] || code == 0 || code != action {
			c.report("transaction %d has a change %d of %s that its versions lack", n, action, id)
		}
		done[id] = true
		position++
		total++
	}
	c.checkTotal(n, position)
	if total != c.changes {
		c.report("transactions have %d changes, versions of records have %d", total, c.changes)
	}
	return nil
}

// checkTotal compares the number of changes of a transaction with its count.
func (c *checker) checkTotal(n diplomacy.TxNumber, changes int) {
	var t diplomacy.Transaction
	if n == 0 || layout.Decode(c.Bucket(layout.Transactions).Get(layout.AppendUint64(nil, n)), &t) != nil {
		return // reported before
	}
	if t.Changes != changes {
		c.report("transaction %d has %d changes and counts %d", n, changes, t.Changes)
	}
}

// actionAt returns what a transaction did to a record, according to its versions.
func (c *checker) actionAt(id diplomacy.ID, n diplomacy.TxNumber) diplomacy.Term {
	versions, err := c.history(id)
	if err != nil {
		return "" // reported before
	}
	before, began, after := false, false, false
	for _, v := range versions {
		h := v.Header()
		before = before || h.KnownAt(n-1)
		after = after || h.KnownAt(n)
		began = began || h.From == n
	}
	switch {
	case began && before:
		return "CHANGED"
	case began:
		return "CREATED"
	case before && !after:
		return "CLOSED"
	}
	return ""
}
