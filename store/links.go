package store

import (
	"context"
	"iter"

	"chancery/diplomacy"
)

// AllLinks are all links of one record along some arcs, in their order, read by
// pages; for those that need them all. An error ends the sequence.
func AllLinks(ctx context.Context, r Reader, of diplomacy.ID, along ...Arc) iter.Seq2[Link, error] {
	return func(yield func(Link, error) bool) {
		q := LinkQuery{Of: []diplomacy.ID{of}, Along: along, Page: Page{Limit: MaxPage}}
		for more := true; more; {
			pages, err := r.Links(ctx, q)
			if err != nil {
				yield(Link{}, err)
				return
			}
			for _, link := range pages[0].Links {
				if !yield(link, nil) {
					return
				}
				q.Page.After = link.Cursor
			}
			more = pages[0].Next
		}
	}
}
