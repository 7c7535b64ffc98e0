package curation

import (
	"context"
	"iter"

	"chancery/diplomacy"
	"chancery/store"
)

// links are all links of one record along some arcs, read by pages.
func links(ctx context.Context, r store.Reader, of diplomacy.ID, along ...store.Arc) iter.Seq2[store.Link, error] {
	return func(yield func(store.Link, error) bool) {
		q := store.LinkQuery{Of: []diplomacy.ID{of}, Along: along, Page: store.Page{Limit: store.MaxPage}}
		for more := true; more; {
			pages, err := r.Links(ctx, q)
			if err != nil {
				yield(store.Link{}, err)
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
