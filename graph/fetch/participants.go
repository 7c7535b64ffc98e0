package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// maxParticipations is how many participations of one participant a filter reads.
const maxParticipations = 20_000

// took are the arcs from an actor to the events in which it took part, by itself or by
// others on its behalf.
var took = []store.Arc{
	{Kind: diplomacy.ParticipatedIn, Direction: store.Out},
	{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf},
}

// eventsOf decodes a ParticipantsFilter to sets of events: one for each participant that
// all must have, and one for those of which any suffices.
func (o *Operation) eventsOf(ctx context.Context, path string, given map[string]any) ([][]diplomacy.ID, error) {
	all, err := o.Named(ctx, path+".all", given["all"], diplomacy.Actors, false)
	if err != nil {
		return nil, err
	}
	anyOf, err := o.Named(ctx, path+".any", given["any"], diplomacy.Actors, false)
	if err != nil {
		return nil, err
	}
	events, err := o.participations(ctx, path, append(all, anyOf...))
	if err != nil {
		return nil, err
	}
	sets := events[:len(all):len(all)]
	var union []diplomacy.ID
	for _, ids := range events[len(all):] {
		union = append(union, ids...)
	}
	if len(anyOf) > 0 {
		sets = append(sets, union)
	}
	return sets, nil
}

// participations returns the events in which each of some actors took part.
func (o *Operation) participations(ctx context.Context, path string, actors []diplomacy.ID) ([][]diplomacy.ID, error) {
	events := make([][]diplomacy.ID, len(actors))
	if len(actors) == 0 {
		return nil, nil
	}
	if len(actors) > model.MaxPage {
		return nil, model.BadInput("%s has %d participants; at most %d", path, len(actors), model.MaxPage)
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	q := store.LinkQuery{Of: actors, Along: took, Where: store.LinkFilter{Ranks: store.NotDeprecated}, Page: store.Page{Limit: store.MaxPage}}
	pages, err := reader.Links(ctx, q)
	if err != nil {
		return nil, err
	}
	for i, page := range pages {
		for {
			for _, l := range page.Links {
				events[i] = append(events[i], l.Node)
			}
			if !page.Next {
				break
			}
			if len(events[i]) >= maxParticipations {
				return nil, model.BadInput("%s: %s took part in more than %d events; ask for its events instead, and filter those", path, actors[i], maxParticipations)
			}
			q.Of, q.Page.After = actors[i:i+1], page.Links[len(page.Links)-1].Cursor
			next, err := reader.Links(ctx, q)
			if err != nil {
				return nil, err
			}
			page = next[0]
		}
	}
	return events, nil
}
