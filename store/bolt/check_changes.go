package bolt

import (
	"encoding/binary"

	"chancery/diplomacy"
)

// checkChanges holds what transactions say they did against what records say
// was done to them. Every change that is right and there once stands for one of
// the events that were counted; so there are no others if there are as many.
func (c *checker) checkChanges() error {
	n, position := diplomacy.TxNumber(0), 0
	total := 0
	done := map[diplomacy.ID]bool{}
	cursor := c.bucket(changes).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		c.checkWay(changes, k, v)
		if of := number[diplomacy.TxNumber](k); of != n {
			c.checkTotal(n, position)
			n, position = of, 0
			clear(done)
		}
		id, action := number[diplomacy.ID](v), v[8]
		if at := int(binary.BigEndian.Uint32(k[8:])); at != position {
			c.find("change %d of transaction %d is number %d", position, n, at)
		}
		if code := diplomacy.Actions.Code(c.actionAt(id, n)); done[id] || code == 0 || code != action {
			c.find("transaction %d did not do %d to %s", n, action, id)
		}
		done[id] = true
		position++
		total++
	}
	c.checkTotal(n, position)
	if total != c.events {
		c.find("transactions did %d things, records tell of %d", total, c.events)
	}
	return nil
}

// checkTotal holds how many changes a transaction has against how many it
// counted.
func (c *checker) checkTotal(n diplomacy.TxNumber, changes int) {
	var t diplomacy.Transaction
	if n == 0 || decodeSealed(c.bucket(transactions).Get(be(nil, n)), &t) != nil {
		return // found before
	}
	if t.Changes != changes {
		c.find("transaction %d has %d changes and counts %d", n, changes, t.Changes)
	}
}

// actionAt is what a transaction did to a record, as its versions tell.
func (c *checker) actionAt(id diplomacy.ID, n diplomacy.TxNumber) diplomacy.Term {
	versions, err := c.history(id)
	if err != nil {
		return "" // found before
	}
	was, began, is := false, false, false
	for _, v := range versions {
		h := v.Header()
		was = was || h.KnownAt(n-1)
		is = is || h.KnownAt(n)
		began = began || h.From == n
	}
	switch {
	case began && was:
		return "CHANGED"
	case began:
		return "CREATED"
	case was && !is:
		return "CLOSED"
	}
	return ""
}
