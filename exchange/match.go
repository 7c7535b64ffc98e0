package exchange

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// match gives statements, evidence and judgements the ids of the same ones in the
// store. If several have the same natural key, those that agree in everything are
// matched first and the others in their order.
func (r *run) match(drafts []diplomacy.Record) error {
	existing, err := r.existing(drafts)
	if err != nil {
		return err
	}
	for _, key := range []func(diplomacy.Record) any{whole, natural} {
		existing = assign(drafts, existing, key)
	}
	return nil
}

// assign gives drafts without an id that of an existing record with the same
// key, each to one draft; it returns the remaining existing records.
func assign(drafts, existing []diplomacy.Record, key func(diplomacy.Record) any) []diplomacy.Record {
	waiting := map[any][]diplomacy.Record{}
	for _, d := range drafts {
		if d.Header().ID == 0 && key(d) != nil {
			waiting[key(d)] = append(waiting[key(d)], d)
		}
	}
	return slices.DeleteFunc(existing, func(e diplomacy.Record) bool {
		same := waiting[key(e)]
		if len(same) == 0 {
			return false
		}
		same[0].Header().ID = e.Header().ID
		waiting[key(e)] = same[1:]
		return true
	})
}

// existing returns the records in the store that could be the same as a draft, in the
// order in which they were recorded, without those that already have a draft.
func (r *run) existing(drafts []diplomacy.Record) ([]diplomacy.Record, error) {
	type place struct {
		of  diplomacy.ID
		arc store.Arc
	}
	seen := map[place]bool{}
	ids := map[diplomacy.ID]bool{}
	for _, d := range drafts {
		of, arc := near(d)
		if of == 0 || r.fresh[of] || seen[place{of, arc}] {
			continue
		}
		seen[place{of, arc}] = true
		for link, err := range store.AllLinks(r.ctx, r.w, of, arc) {
			if err != nil {
				return nil, err
			}
			ids[link.Via] = true
		}
	}
	for _, d := range drafts {
		delete(ids, d.Header().ID)
	}
	return r.w.Records(r.ctx, slices.Sorted(maps.Keys(ids)))
}
