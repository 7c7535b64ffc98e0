package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/graph/relations"
	"chancery/store"
)

// follow fetches a page of a relation for each of the records. The number of calls
// depends on the relation alone.
func (o *Operation) follow(ctx context.Context, relation *relations.Relation, from []diplomacy.ID, args *arguments.Links) ([]*paging.Links, error) {
	pages := make([]*paging.Links, len(from))
	for i := range pages {
		pages[i] = &paging.Links{LinkPage: model.LinkPage{Records: o.records, Times: args.Where.Times}}
	}
	walked := walkedPaths{}
	for _, end := range relation.Ends() {
		if err := o.followEnd(ctx, relation, end, from, args, walked, pages); err != nil {
			return nil, err
		}
	}
	if relation.Direct() {
		return pages, nil
	}
	for _, page := range pages {
		if err := page.Join(relation, args); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func (o *Operation) followEnd(ctx context.Context, relation *relations.Relation, end relations.End, from []diplomacy.ID, args *arguments.Links, walked walkedPaths, pages []*paging.Links) error {
	positions, err := o.approach(ctx, end, from, args, walked)
	if err != nil {
		return err
	}
	query := store.LinkQuery{Descending: args.Descending, Where: args.Where, Page: args.Page, Distinct: relation.Distinct}
	if relation.Unique {
		query.Page = store.Page{Limit: store.MaxPage} // paged in join
	}
	answers, err := o.hop(ctx, end.Last, positions, query)
	for i, answer := range answers {
		pages[positions[i].Start].Add(answer, positions[i].Via, end.Last.As)
	}
	return err
}
