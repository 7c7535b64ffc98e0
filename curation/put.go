package curation

import (
	"errors"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// ofKind returns the changes that put a record of some kinds.
func (r *run) ofKind(is func(diplomacy.Kind) bool) []*pendingChange {
	return slices.DeleteFunc(slices.Clone(r.changes), func(c *pendingChange) bool { return c.record == nil || !is(c.Kind) })
}

// putReady puts records whose references can be resolved in one call. Those that are
// refused for a key of another entity are put again as long as any succeeds, since that
// entity may have given up the key in the meantime.
func (r *run) putReady(changes []*pendingChange) error {
	if err := r.resolve(changes); err != nil {
		return err
	}
	if err := r.assignSlugs(changes); err != nil {
		return err
	}
	var waiting, refused []*pendingChange
	for _, c := range changes {
		if c.validate(); c.failed {
			refused = append(refused, c)
		} else {
			waiting = append(waiting, c)
		}
	}
	for progress := true; progress; {
		again, err := r.put(waiting)
		if err != nil {
			return err
		}
		progress = len(again) < len(waiting) && slices.ContainsFunc(again, (*pendingChange).lacksKey)
		waiting = again
		slices.Reverse(waiting) // a chain of records that wait for each other takes two calls
	}
	return r.explain(append(refused, waiting...))
}

// put puts the records of changes and returns the changes that were refused.
func (r *run) put(changes []*pendingChange) ([]*pendingChange, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	records := make([]diplomacy.Record, len(changes))
	for i, c := range changes {
		records[i], c.refusal = copyOf(c.record), nil
	}
	err := r.w.Put(r.ctx, records...)
	refused, is := errors.AsType[*store.RefusedError](err)
	if err != nil && !is {
		return nil, err
	}
	var again []*pendingChange
	if is {
		for _, refusal := range refused.Refusals {
			c := changes[refusal.Position]
			c.refusal = refusal.Problems
			again = append(again, c)
		}
	}
	for i, c := range changes {
		if c.refusal == nil {
			c.id = records[i].Header().ID
		}
	}
	return again, nil
}

// lacksKey reports whether a record was refused only for keys of others.
func (c *pendingChange) lacksKey() bool {
	return !slices.ContainsFunc(c.refusal, func(p diplomacy.Problem) bool {
		return p.Field != "slug" && !strings.HasPrefix(p.Field, "identifiers[")
	})
}
