package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/paging"
	"chancery/graph/relations"
	"chancery/store"
)

// countLinks counts the links of all pages for each of the records. Relations with
// unique nodes were counted when they were joined.
func (o *Operation) countLinks(ctx context.Context, relation *relations.Relation, from []diplomacy.ID, args *arguments.Links, pages []*paging.Links) error {
	if relation.Unique {
		return nil
	}
	var uncounted []*paging.Links
	var of []diplomacy.ID
	for i, page := range pages {
		if !page.Counted {
			page.Counted = true
			uncounted, of = append(uncounted, page), append(of, from[i])
		}
	}
	walked := walkedPaths{}
	for _, end := range relation.Ends() {
		if err := o.countEnd(ctx, relation, end, of, args, walked, uncounted); err != nil {
			return err
		}
	}
	return nil
}

func (o *Operation) countEnd(ctx context.Context, relation *relations.Relation, end relations.End, from []diplomacy.ID, args *arguments.Links, walked walkedPaths, pages []*paging.Links) error {
	positions, err := o.approach(ctx, end, from, args, walked)
	if err != nil || len(positions) == 0 {
		return err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	query := end.Last.From(positions, store.LinkQuery{Where: args.Where, Distinct: relation.Distinct})
	counts, err := reader.CountLinks(ctx, query)
	for i, count := range counts {
		sum := &pages[positions[i].Start].Count
		sum.N, sum.Capped = sum.N+count.N, sum.Capped || count.Capped
	}
	return err
}
