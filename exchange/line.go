package exchange

import "chancery/diplomacy"

// line is one record as read: an entity, statement or judgement of a line, or
// evidence within it. It is not changed by writing, which may run twice.
type line struct {
	file   string
	number int
	// within is the path to evidence in its line: "evidence[2].", else empty.
	within string
	// record lacks what it refers to; refs holds that, in the order of slots.
	record diplomacy.Record
	refs   []reference
	about  *line // of evidence
	index  int   // among the lines of the import
}

// slot is a field of a record that refers to an entity.
type slot struct {
	field string
	id    *diplomacy.ID
}

// slots are the fields of a record that refer to entities, as named in files.
func slots(r diplomacy.Record) []slot {
	switch r := r.(type) {
	case *diplomacy.Statement:
		return []slot{{"subject", &r.Subject}, {"object", &r.Object}, {"onBehalfOf", &r.OnBehalfOf}, {"inCapacityOf", &r.InCapacityOf}}
	case *diplomacy.Evidence:
		return []slot{{"source", &r.Source}, {"attributedTo", &r.AttributedTo}}
	case *diplomacy.Judgement:
		return []slot{{"a", &r.A}, {"b", &r.B}}
	}
	return nil
}

// normalize fills in what goes without saying.
func normalize(r diplomacy.Record) {
	switch r := r.(type) {
	case *diplomacy.Statement:
		r.Normalize()
	case *diplomacy.Evidence:
		r.Normalize()
	case *diplomacy.Judgement:
		if r.B < r.A {
			r.A, r.B = r.B, r.A
		}
	}
}

// keys are the references by which others may name an entity; none for other
// records.
func keys(r diplomacy.Record) []reference {
	entity, ok := r.(diplomacy.Entity)
	if !ok {
		return nil
	}
	keys := []reference{slugReference(entity.Kind(), entity.Base().Slug)}
	for _, i := range entity.Base().Identifiers {
		keys = append(keys, identifierReference(i))
	}
	return keys
}
