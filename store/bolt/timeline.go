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

// turns gives the versions of a record from which the entries of what links to
// it may be others.
type turns func(diplomacy.ID) []diplomacy.Record

// timeline computes all entries that a record ever called for. They change when
// the record does, and when one that they depend on does.
func timeline(versions []diplomacy.Record, changes turns) []held {
	var all []held
	for _, v := range versions {
		moments := momentsOf(v, changes)
		for i, moment := range moments {
			until := v.Header().Until
			if i+1 < len(moments) {
				until = moments[i+1]
			}
			for _, e := range entriesOf(v, changes.at(moment)) {
				all = prolong(all, held{e, moment, until})
			}
		}
	}
	return all
}

// momentsOf are the transactions from which the entries of a version may be
// others than before.
func momentsOf(v diplomacy.Record, changes turns) []diplomacy.TxNumber {
	h := v.Header()
	moments := []diplomacy.TxNumber{h.From}
	for _, id := range dependedOn(v, changes) {
		for _, c := range changes(id) {
			if from := c.Header().From; from > h.From && (h.Until == 0 || from < h.Until) {
				moments = append(moments, from)
			}
		}
	}
	slices.Sort(moments)
	return slices.Compact(moments)
}

// dependedOn are the records that a version refers to; of evidence about a
// statement also the ends of that.
func dependedOn(v diplomacy.Record, changes turns) []diplomacy.ID {
	var ids []diplomacy.ID
	for _, ref := range references(v) {
		ids = append(ids, ref.to)
		if statements := changes(ref.to); ref.to.Kind().IsStatement() && len(statements) > 0 {
			ids = append(ids, dependedOn(statements[0], changes)...)
		}
	}
	return ids
}

// at finds records as they were at a transaction, as far as their links tell.
func (changes turns) at(moment diplomacy.TxNumber) finder {
	return func(id diplomacy.ID) (found diplomacy.Record) {
		for _, c := range changes(id) {
			if c.Header().From <= moment {
				found = c
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

// outgrowths are the turns of a record; none of what nothing depends on.
func (c *checker) outgrowths(id diplomacy.ID) []diplomacy.Record {
	if !id.Kind().IsEntity() && !id.Kind().IsStatement() {
		return nil
	}
	versions, err := c.history(id)
	if err != nil {
		return nil // found when the record itself is checked
	}
	var grown []diplomacy.Record
	for _, v := range versions {
		if len(grown) == 0 || outgrown(grown[len(grown)-1], v) {
			grown = append(grown, v)
		}
	}
	return grown
}
