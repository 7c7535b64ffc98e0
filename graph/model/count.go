package model

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// countLinks fills in how many links there are in all pages of each parent.
// Relations that show each thing once have counted already.
func (o *Operation) countLinks(ctx context.Context, rel *Relation, parents []diplomacy.ID, args linkArgs, pages []*linkPage) error {
	if rel.Once {
		return nil
	}
	var uncounted []*linkPage
	var of []diplomacy.ID
	for i, page := range pages {
		if !page.counted {
			page.counted = true
			uncounted, of = append(uncounted, page), append(of, parents[i])
		}
	}
	for _, path := range rel.Paths {
		if err := o.countPath(ctx, rel, path, of, args, uncounted); err != nil {
			return err
		}
	}
	return nil
}

func (o *Operation) countPath(ctx context.Context, rel *Relation, path Path, parents []diplomacy.ID, args linkArgs, pages []*linkPage) error {
	walkers, err := o.approach(ctx, path, parents, args)
	if err != nil {
		return err
	}
	if len(walkers) == 0 {
		return nil
	}
	last := path[len(path)-1]
	query := store.LinkQuery{Along: last.Along, Where: both(last.filter(), args.where), Distinct: rel.Distinct}
	for _, w := range walkers {
		query.Of = append(query.Of, w.at)
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	counts, err := reader.CountLinks(ctx, query)
	for i, count := range counts {
		sum := &pages[walkers[i].parent].count
		sum.N, sum.Capped = sum.N+count.N, sum.Capped || count.Capped
	}
	return err
}
