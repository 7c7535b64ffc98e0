package bolt

import (
	"bytes"
	"slices"

	"chancery/diplomacy"
)

// held is an entry with the transactions between which it held; until is zero
// while it does.
type held struct {
	entry
	since, until diplomacy.TxNumber
}

// timeline computes all entries that a record ever called for. They change when
// the record does, and when an entity at its ends does, of which changes gives
// the versions that say something new to links.
func timeline(versions []diplomacy.Record, changes func(diplomacy.ID) []diplomacy.Entity) []held {
	var all []held
	for _, v := range versions {
		moments := momentsOf(v, changes)
		for i, moment := range moments {
			until := v.Header().Until
			if i+1 < len(moments) {
				until = moments[i+1]
			}
			for _, e := range entriesOf(v, at(moment, changes)) {
				all = prolong(all, held{e, moment, until})
			}
		}
	}
	return all
}

// momentsOf are the transactions from which the entries of a version may be
// others than before.
func momentsOf(v diplomacy.Record, changes func(diplomacy.ID) []diplomacy.Entity) []diplomacy.TxNumber {
	h := v.Header()
	moments := []diplomacy.TxNumber{h.From}
	for _, ref := range references(v) {
		for _, e := range changes(ref.to) {
			if from := e.Base().From; from > h.From && (h.Until == 0 || from < h.Until) {
				moments = append(moments, from)
			}
		}
	}
	slices.Sort(moments)
	return slices.Compact(moments)
}

// at finds entities as they were at a transaction.
func at(moment diplomacy.TxNumber, changes func(diplomacy.ID) []diplomacy.Entity) func(diplomacy.ID) diplomacy.Entity {
	return func(id diplomacy.ID) (found diplomacy.Entity) {
		for _, e := range changes(id) {
			if e.Base().From <= moment {
				found = e
			}
		}
		return found
	}
}

// prolong adds what held to what is known to have; what goes on as before is
// one.
func prolong(all []held, h held) []held {
	for i := range all {
		o := &all[i]
		if o.until == h.since && o.until != 0 && o.table == h.table && bytes.Equal(o.key, h.key) && bytes.Equal(o.payload, h.payload) {
			o.until = h.until
			return all
		}
	}
	return append(all, h)
}

// outgrowths are the versions of an entity from which links to it say something
// new; none of what is no entity.
func (c *checker) outgrowths(id diplomacy.ID) []diplomacy.Entity {
	if !id.Kind().IsEntity() {
		return nil
	}
	versions, err := c.history(id)
	if err != nil {
		return nil // found when the entity itself is checked
	}
	var grown []diplomacy.Entity
	for _, v := range versions {
		e := v.(diplomacy.Entity)
		if len(grown) == 0 || outgrown(grown[len(grown)-1], e) {
			grown = append(grown, e)
		}
	}
	return grown
}
