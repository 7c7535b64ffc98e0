package feed

import (
	"slices"

	"chancery/diplomacy"
)

// Filter says which transactions, by what they touched. All parts must pass, each
// by any change; an empty part lets all pass.
type Filter struct {
	// Records: one of these was changed, or a statement, evidence or judgement
	// with one of them at an end; or so was what is held now to be the same.
	Records []diplomacy.ID
	// Entities: an entity of one of these kinds was changed.
	Entities []diplomacy.Kind
	// Predicates: a statement of one of these was changed.
	Predicates []diplomacy.Kind
}

func (f *Filter) all() bool {
	return len(f.Records) == 0 && len(f.Entities) == 0 && len(f.Predicates) == 0
}

// passes holds a digest against the filter, whose records are given as they are
// identified.
func (f *Filter) passes(d *digest, records []diplomacy.ID) bool {
	return passes(records, d.touches) && passes(f.Entities, d.changed) && passes(f.Predicates, d.changed)
}

func passes[T any](wanted []T, has func(T) bool) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, has)
}
