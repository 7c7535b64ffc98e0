package write

import (
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// refusals collects the refused records of one call.
type refusals []store.Refusal

func (r *refusals) add(position int, record diplomacy.Record, problems diplomacy.Problems) {
	if len(problems) > 0 {
		*r = append(*r, store.Refusal{Position: position, Record: record, Problems: problems})
	}
}

func (r refusals) orNil() error {
	if len(r) == 0 {
		return nil
	}
	return &store.RefusedError{Refusals: r}
}

// refuse returns all that is wrong with a record. Current is the version that it
// follows, nil if there is none.
func (w *Writer) refuse(r, current diplomacy.Record) (diplomacy.Problems, error) {
	var problems diplomacy.Problems
	if err := r.Validate(); err != nil && !errors.As(err, &problems) {
		problems = diplomacy.Problems{{Reason: err.Error()}}
	}
	problems = append(problems, changedFixed(r, current)...)
	for ref := range diplomacy.References(r) {
		if *ref.ID != 0 && !w.exists(*ref.ID) {
			problems = append(problems, diplomacy.Problem{Field: ref.Name, Reason: fmt.Sprintf("%s does not exist; put it first", *ref.ID)})
		}
	}
	if e, ok := r.(diplomacy.Entity); ok {
		problems = append(problems, w.takenKeys(e)...)
	}
	if j, ok := r.(*diplomacy.Judgement); ok && len(problems) == 0 {
		return w.contradictions(j)
	}
	return problems, nil
}

// exists reports whether a record is in the graph. Records of one call often refer
// to the same one, so what was found is kept until it is retracted.
func (w *Writer) exists(id diplomacy.ID) bool {
	if !w.present[id] {
		if payload, _ := w.now.Get(layout.Records, layout.RecordKey(id)); payload == nil {
			return false
		}
		w.present[id] = true
	}
	return true
}

// changedFixed returns the problems of an ID that no record has, and of references that
// must not change.
func changedFixed(r, current diplomacy.Record) diplomacy.Problems {
	id := r.Header().ID
	switch {
	case id == 0:
		return nil
	case current == nil:
		return diplomacy.Problems{{Field: "id", Reason: fmt.Sprintf("no %s has the id %s; a new record has none", r.Kind(), id)}}
	}
	var problems diplomacy.Problems
	for ref := range diplomacy.References(r) {
		if had := *ref.In(current); ref.Fixed && *ref.ID != had {
			problems = append(problems, diplomacy.Problem{Field: ref.Name, Reason: fmt.Sprintf("is %s and cannot change; retract the record and put a new one", had)})
		}
	}
	return problems
}

// takenKeys returns the problems of a slug or identifier that another entity holds.
func (w *Writer) takenKeys(e diplomacy.Entity) diplomacy.Problems {
	var problems diplomacy.Problems
	refuse := func(field string, key store.Key) {
		if holder := w.now.Holder(key); holder != 0 && holder != e.Base().ID {
			problems = append(problems, diplomacy.Problem{Field: field, Reason: fmt.Sprintf("%s is held by %s", diplomacy.Shorten(key.Value), holder)})
		}
	}
	refuse("slug", store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: e.Base().Slug})
	for i, id := range e.Base().Identifiers {
		refuse(fmt.Sprintf("identifiers[%d]", i), store.Key{Scheme: id.Scheme, Value: id.Value})
	}
	return problems
}
