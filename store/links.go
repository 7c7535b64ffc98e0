package store

import (
	"context"
	"iter"

	"chancery/diplomacy"
)

// AllLinks yields all links of one record along some arcs, in their order, and reads
// them page by page. An error ends the sequence: any of Reader.Links but ErrCursor and
// ErrLimit.
func AllLinks(ctx context.Context, r Reader, of diplomacy.ID, along ...Arc) iter.Seq2[Link, error] {
	return LinksAfter(ctx, r, of, "", along...)
}

// LinksAfter is AllLinks from behind a cursor on.
func LinksAfter(ctx context.Context, r Reader, of diplomacy.ID, after Cursor, along ...Arc) iter.Seq2[Link, error] {
	return func(yield func(Link, error) bool) {
		q := LinkQuery{Of: []diplomacy.ID{of}, Along: along, Page: Page{After: after, Limit: MaxPage}}
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
