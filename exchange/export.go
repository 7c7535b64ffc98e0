package exchange

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Export writes all current records of one state of the graph: entities by kind and
// slug, statements by their subject in the same order and then by time, judgements.
// The order depends on the content alone, so importing the output into an empty store
// and exporting that again gives the same bytes. Ids and past versions are not
// written.
//
// Its memory grows with the number of entities, since it keeps all slugs.
func Export(ctx context.Context, r store.Reader, w io.Writer) error {
	x := &export{ctx: ctx, r: r, w: w, slugs: map[diplomacy.ID]string{}}
	for _, step := range []func() error{x.index, x.entities, x.statements, x.judgements} {
		if err := step(); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return nil
}

type export struct {
	ctx   context.Context
	r     store.Reader
	w     io.Writer
	slugs map[diplomacy.ID]string // of all entities
	order []diplomacy.ID          // all entities by kind and slug
}

// index reads the slugs and sorts the entities.
func (x *export) index() error {
	for _, kind := range diplomacy.EntityKinds {
		q := store.ListQuery{Kind: kind, Order: store.ByID, Page: store.Page{Limit: store.MaxPage}}
		for more := true; more; {
			page, err := x.r.List(x.ctx, q)
			if err == nil {
				err = x.indexPage(page.Entries)
			}
			if err != nil {
				return err
			}
			if more = page.Next; more {
				q.Page.After = page.Entries[len(page.Entries)-1].Cursor
			}
		}
	}
	slices.SortFunc(x.order, func(a, b diplomacy.ID) int {
		return cmp.Or(cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(x.slugs[a], x.slugs[b]))
	})
	return nil
}

func (x *export) indexPage(entries []store.Entry) error {
	ids := make([]diplomacy.ID, len(entries))
	for i, entry := range entries {
		ids[i] = entry.ID
	}
	records, err := x.r.Records(x.ctx, ids)
	for _, record := range records {
		x.slugs[record.Header().ID] = record.(diplomacy.Entity).Base().Slug
	}
	x.order = append(x.order, ids...)
	return err
}

// ref returns the reference to an entity as files spell it; zero for the zero ID.
func (x *export) ref(id diplomacy.ID) reference {
	if id == 0 {
		return reference{}
	}
	return slugReference(id.Kind(), x.slugs[id])
}
