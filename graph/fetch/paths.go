package fetch

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/relations"
	"chancery/store"
)

// walkedPaths are the positions to which paths have led from the same records, by the
// hops of the paths: several paths of one relation begin alike.
type walkedPaths map[string][]relations.Position

// approach follows all hops before the last one of some paths. What several of them lead
// to is one position.
func (o *Operation) approach(ctx context.Context, end relations.End, from []diplomacy.ID, args *arguments.Links, walked walkedPaths) ([]relations.Position, error) {
	var all []relations.Position
	for _, path := range end.Before {
		positions, err := o.walkPath(ctx, path, from, args, walked)
		if err != nil {
			return nil, err
		}
		all = append(all, positions...)
	}
	return relations.Unique(all), nil
}

// walkPath follows all hops of a path, each once for all paths that begin with it.
func (o *Operation) walkPath(ctx context.Context, path relations.Path, from []diplomacy.ID, args *arguments.Links, walked walkedPaths) ([]relations.Position, error) {
	if len(path) == 0 {
		return relations.StartAt(from), nil
	}
	key := fmt.Sprint(path)
	if positions, known := walked[key]; known {
		return positions, nil
	}
	positions, err := o.walkPath(ctx, path[:len(path)-1], from, args, walked)
	if err != nil {
		return nil, err
	}
	query := store.LinkQuery{Where: store.LinkFilter{Times: args.AsOf}, Page: store.Page{Limit: store.MaxPage}}
	answers, err := o.hop(ctx, path.Last(), positions, query)
	if err == nil && path.Last().Reference != "" {
		err = o.redirect(ctx, path.Last().Reference, answers)
	}
	walked[key] = relations.Advance(positions, answers)
	return walked[key], err
}

// redirect lets links lead to the records that a field of their statements names. Those
// of statements without the field lead to nothing.
func (o *Operation) redirect(ctx context.Context, reference string, answers []store.LinkPage) error {
	var statements, named []diplomacy.ID
	for _, answer := range answers {
		for _, link := range answer.Links {
			statements = append(statements, link.Via)
		}
	}
	if err := o.load(ctx, statements); err != nil {
		return err
	}
	for i, answer := range answers {
		links := answer.Links[:0]
		for _, link := range answer.Links {
			if link.Node = diplomacy.ReferenceIn(o.records[link.Via], reference); link.Node != 0 {
				links, named = append(links, link), append(named, link.Node)
			}
		}
		answers[i].Links = links
	}
	if err := o.load(ctx, named); err != nil {
		return err
	}
	for _, answer := range answers {
		for i := range answer.Links {
			answer.Links[i].Node = o.canonicalID(answer.Links[i].Node)
		}
	}
	return nil
}

// hop fetches the links of one hop from all positions in one call.
func (o *Operation) hop(ctx context.Context, h relations.Hop, positions []relations.Position, q store.LinkQuery) ([]store.LinkPage, error) {
	if len(positions) == 0 {
		return nil, nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	return reader.Links(ctx, h.From(positions, q))
}
