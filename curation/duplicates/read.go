package duplicates

import (
	"iter"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// entities yields the entities of a kind that were recorded last, by pages, the
// newest first.
func (s *search) entities(kind diplomacy.Kind) iter.Seq2[[]diplomacy.Entity, error] {
	return func(yield func([]diplomacy.Entity, error) bool) {
		q := store.ListQuery{Kind: kind, Order: store.ByID, Descending: true, Page: store.Page{Limit: store.MaxPage}}
		for n := 0; n < MaxExamined; n += store.MaxPage {
			page, err := s.r.List(s.ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			ids := make([]diplomacy.ID, len(page.Entries))
			for i, entry := range page.Entries {
				ids[i], q.Page.After = entry.ID, entry.Cursor
			}
			entities, err := s.entitiesOf(ids)
			if !yield(entities, err) || err != nil || !page.Next {
				return
			}
		}
	}
}

func (s *search) entitiesOf(ids []diplomacy.ID) ([]diplomacy.Entity, error) {
	records, err := s.r.Records(s.ctx, ids)
	if err != nil {
		return nil, err
	}
	var entities []diplomacy.Entity
	for _, r := range records {
		if e, ok := r.(diplomacy.Entity); ok {
			entities = append(entities, e)
		}
	}
	return entities, nil
}

// links calls visit for the links of entities along some arcs, at most MaxLinks of
// each.
func (s *search) links(ids []diplomacy.ID, arcs []store.Arc, visit func(of diplomacy.ID, l store.Link)) error {
	const atOnce = 100 // entities, so that not all links are in memory together
	for some := range slices.Chunk(ids, atOnce) {
		pages, err := s.r.Links(s.ctx, store.LinkQuery{Of: some, Along: arcs, Descending: true, Page: store.Page{Limit: MaxLinks}})
		if err != nil {
			return err
		}
		for i, page := range pages {
			for _, l := range page.Links {
				visit(some[i], l)
			}
		}
	}
	return nil
}
