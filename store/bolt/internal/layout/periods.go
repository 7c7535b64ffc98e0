package layout

import (
	"bytes"
	"slices"

	"chancery/diplomacy"
)

// Period is an entry with the transactions that wrote and closed it; Until is zero while
// it is current.
type Period struct {
	Entry
	Since, Until diplomacy.TxNumber
}

// VersionsFunc returns the versions of a record at which the entries of records that link
// to it may change, the oldest first.
type VersionsFunc func(diplomacy.ID) []diplomacy.Record

// Periods returns all entries that a record ever had, given all its versions. Entries
// change when the record does, and when a record that they depend on does.
func Periods(versions []diplomacy.Record, changes VersionsFunc) []Period {
	var all []Period
	for _, v := range versions {
		points := changePoints(v, changes)
		for i, point := range points {
			until := v.Header().Until
			if i+1 < len(points) {
				until = points[i+1]
			}
			for _, e := range EntriesOf(v, changes.at(point)) {
				all = extend(all, Period{e, point, until})
			}
		}
	}
	return all
}

// changePoints returns the transactions at which the entries of a version may change, the
// first being the one that wrote it.
func changePoints(v diplomacy.Record, changes VersionsFunc) []diplomacy.TxNumber {
	h := v.Header()
	points := []diplomacy.TxNumber{h.From}
	for _, id := range dependencies(v, changes) {
		for _, c := range changes(id) {
			if from := c.Header().From; from > h.From && (h.Until == 0 || from < h.Until) {
				points = append(points, from)
			}
		}
	}
	slices.Sort(points)
	return slices.Compact(points)
}

// dependencies returns the records that a version refers to; for evidence about a
// statement also those that the statement refers to.
func dependencies(v diplomacy.Record, changes VersionsFunc) []diplomacy.ID {
	var ids []diplomacy.ID
	for ref := range diplomacy.References(v) {
		ids = append(ids, *ref.ID)
		if statements := changes(*ref.ID); ref.ID.Kind().IsStatement() && len(statements) > 0 {
			ids = append(ids, dependencies(statements[0], changes)...)
		}
	}
	return ids
}

// at returns records as they were at a transaction, as far as entries of their links
// depend on it.
func (changes VersionsFunc) at(point diplomacy.TxNumber) FindFunc {
	return func(id diplomacy.ID) (found diplomacy.Record) {
		for _, c := range changes(id) {
			if c.Header().From <= point {
				found = c
			}
		}
		return found
	}
}

// extend appends a period, or extends the one that it continues.
func extend(all []Period, p Period) []Period {
	for i := range all {
		o := &all[i]
		if o.Until == p.Since && o.Until != 0 && o.Table == p.Table && bytes.Equal(o.Key, p.Key) && bytes.Equal(o.Payload, p.Payload) {
			o.Until = p.Until
			return all
		}
	}
	return append(all, p)
}

// ChangesLinks reports whether the entries of records that link to one change when next
// follows old.
func ChangesLinks(old, next diplomacy.Record) bool {
	if diplomacy.Restricted(old) != diplomacy.Restricted(next) {
		return true
	}
	was, ok := old.(diplomacy.Entity)
	if !ok {
		return false
	}
	is := next.(diplomacy.Entity)
	return was.Facets() != is.Facets() || was.Dated().Span() != is.Dated().Span()
}
