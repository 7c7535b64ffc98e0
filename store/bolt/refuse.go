package bolt

import (
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// refuse says all that keeps a record out. Current is the version it is to
// follow, nil if there is none.
func (w *writer) refuse(r, current diplomacy.Record) diplomacy.Problems {
	var problems diplomacy.Problems
	if err := r.Validate(); err != nil && !errors.As(err, &problems) {
		problems = diplomacy.Problems{{Reason: err.Error()}}
	}
	problems = append(problems, fixed(r, current)...)
	for _, ref := range references(r) {
		if payload, _ := w.get(records, recordKey(ref.to)); ref.to != 0 && payload == nil {
			problems = append(problems, diplomacy.Problem{Field: ref.field, Reason: fmt.Sprintf("%s does not exist; put it first", ref.to)})
		}
	}
	if e, ok := r.(diplomacy.Entity); ok {
		problems = append(problems, w.taken(e)...)
	}
	if j, ok := r.(*diplomacy.Judgement); ok && len(problems) == 0 {
		contradicted, err := w.contradicts(j)
		if err != nil {
			return diplomacy.Problems{{Field: "verdict", Reason: err.Error()}}
		}
		return contradicted
	}
	return problems
}

// fixed refuses an id that no record has, and other ends than the record had.
func fixed(r, current diplomacy.Record) diplomacy.Problems {
	id := r.Header().ID
	switch {
	case id == 0:
		return nil
	case current == nil:
		return diplomacy.Problems{{Field: "id", Reason: fmt.Sprintf("no %s has the id %s; a new record has none", r.Kind(), id)}}
	}
	var problems diplomacy.Problems
	had := references(current)
	for i, ref := range references(r) {
		if ref.fixed && ref.to != had[i].to {
			problems = append(problems, diplomacy.Problem{Field: ref.field, Reason: fmt.Sprintf("is %s and cannot change; retract the record and put a new one", had[i].to)})
		}
	}
	return problems
}

// taken refuses a slug or identifier that another entity has.
func (w *writer) taken(e diplomacy.Entity) diplomacy.Problems {
	var problems diplomacy.Problems
	refuse := func(field string, key store.Key) {
		if holder := w.holder(key); holder != 0 && holder != e.Base().ID {
			problems = append(problems, diplomacy.Problem{Field: field, Reason: fmt.Sprintf("%s is that of %s", diplomacy.Shorten(key.Value), holder)})
		}
	}
	refuse("slug", store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: e.Base().Slug})
	for i, id := range e.Base().Identifiers {
		refuse(fmt.Sprintf("identifiers[%d]", i), store.Key{Scheme: id.Scheme, Value: id.Value})
	}
	return problems
}

// reference is a field of a record that holds an ID, perhaps zero.
type reference struct {
	field string
	to    diplomacy.ID
	fixed bool // from the first version on
}

// references are those of a record, in an order of its type.
func references(r diplomacy.Record) []reference {
	switch r := r.(type) {
	case *diplomacy.Statement:
		return []reference{
			{"subject", r.Subject, true}, {"object", r.Object, true},
			{"onBehalfOf", r.OnBehalfOf, false}, {"inCapacityOf", r.InCapacityOf, false},
		}
	case *diplomacy.Evidence:
		return []reference{{"about", r.About, true}, {"source", r.Source, false}, {"attributedTo", r.AttributedTo, false}}
	case *diplomacy.Judgement:
		return []reference{{"a", r.A, true}, {"b", r.B, true}}
	}
	return nil
}
