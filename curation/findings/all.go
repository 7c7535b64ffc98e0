package findings

import (
	"context"
	"iter"

	"chancery/diplomacy"
	"chancery/store"
)

// All yields the findings of a whole graph, by the kinds of their owners, then by the
// owners' ids. An error of the Reader ends the sequence.
func All(ctx context.Context, r store.Reader) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		for _, kind := range diplomacy.EntityKinds {
			if !allOf(ctx, r, kind, yield) {
				return
			}
		}
	}
}

func allOf(ctx context.Context, r store.Reader, kind diplomacy.Kind, yield func(Finding, error) bool) bool {
	q := store.ListQuery{Kind: kind, Order: store.ByID, Page: store.Page{Limit: MaxExamined}}
	for more := true; more; {
		page, err := r.List(ctx, q)
		if err != nil {
			yield(Finding{}, err)
			return false
		}
		ids := make([]diplomacy.ID, len(page.Entries))
		for i, entry := range page.Entries {
			ids[i], q.Page.After = entry.ID, entry.Cursor
		}
		found, err := Examine(ctx, r, ids)
		if err != nil {
			yield(Finding{}, err)
			return false
		}
		for _, f := range found {
			if !yield(f, nil) {
				return false
			}
		}
		more = page.Next
	}
	return true
}
