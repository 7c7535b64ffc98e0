package feed

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Filter selects transactions by the records that they touched. All non-empty parts
// must match, each by any change of the transaction.
type Filter struct {
	// Records matches if one of these records was changed, or a record that refers to
	// one of them; the same goes for records that are now merged with one of them.
	Records []diplomacy.ID
	// Entities matches if an entity of one of these kinds was changed.
	Entities []diplomacy.Kind
	// Predicates matches if a statement of one of these was changed.
	Predicates []diplomacy.Kind
}

// IsZero reports whether the filter selects all transactions.
func (f *Filter) IsZero() bool {
	return len(f.Records) == 0 && len(f.Entities) == 0 && len(f.Predicates) == 0
}

// identify returns the records of the filter and those that are merged with them in a
// state.
func (f *Filter) identify(ctx context.Context, r store.Reader) ([]diplomacy.ID, error) {
	if len(f.Records) == 0 {
		return nil, nil
	}
	groups, err := r.Same(ctx, f.Records)
	if err != nil {
		return nil, err
	}
	records := slices.Clone(f.Records) // some may be withdrawn, but existed once
	for _, group := range groups {
		for _, record := range group {
			records = append(records, record.Header().ID)
		}
	}
	return records, nil
}

// passes reports whether a digest matches the filter; records are the filter's, with
// those merged with them.
func (f *Filter) passes(d *digest, records []diplomacy.ID) bool {
	return passes(records, d.touches) && passes(f.Entities, d.changed) && passes(f.Predicates, d.changed)
}

func passes[T any](wanted []T, has func(T) bool) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, has)
}
