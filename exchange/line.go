package exchange

import "chancery/diplomacy"

// line is one parsed record: the entity, statement or judgement of a line, or evidence
// nested in it. Writing does not change it, since it may run twice.
type line struct {
	file   string
	number int
	// within is the path of evidence in its line, such as "evidence[2]."; empty for
	// other records.
	within string
	// record has zero IDs; refs are its references, in the order of spelled.
	record diplomacy.Record
	refs   []reference
	about  *line // of evidence
	index  int   // among the lines of the import
}

// spelled returns the references of records of a kind that files spell: all but that
// to the owner, within whose line the record stands.
func spelled(kind diplomacy.Kind) []diplomacy.ReferenceField {
	fields := diplomacy.ReferenceFields(kind)
	if len(fields) > 0 && fields[0].Owner {
		return fields[1:]
	}
	return fields
}

// normalize sets defaults.
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

// keys returns the references by which other lines may name an entity; none for other
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
