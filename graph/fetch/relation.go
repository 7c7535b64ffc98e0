package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/graph/relations"

	"github.com/99designs/gqlgen/graphql"
)

// relationRows returns a row for each relation of the API.
func relationRows() rows {
	all := rows{}
	for path, relation := range relations.Table {
		all[path] = relationStep{relation}
	}
	return all
}

// Connection returns the answer of a relation's field that is a connection.
func Connection[C any, P interface {
	*C
	SetPage(*model.LinkPage)
}](ctx context.Context, parent diplomacy.Entity) (P, error) {
	page, err := answer[*paging.Links](ctx, From(ctx).canonicalID(parent.Header().ID))
	if err != nil {
		return nil, err
	}
	connection := P(new(C))
	connection.SetPage(&page.LinkPage)
	return connection, nil
}

// One returns the answer of a relation's field that leads to one entity; nil if
// there is none.
func One[N diplomacy.Entity](ctx context.Context, parent diplomacy.Entity) (N, error) {
	var none N
	page, err := answer[*paging.Links](ctx, From(ctx).canonicalID(parent.Header().ID))
	if err != nil || len(page.Links) == 0 {
		return none, err
	}
	return get[N](ctx, page.Links[0].Node)
}

// relationStep fetches a page of a relation for each record.
type relationStep struct{ *relations.Relation }

func (s relationStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	args, err := decoded(ctx, o, argumentsOf{field.Field, s.Relation}, func(raw map[string]any) (*arguments.Links, error) {
		return s.arguments(ctx, o, field, raw)
	})
	if err != nil {
		return err
	}
	relation := s.Relation
	if relation.Portfolio != nil {
		relation = relation.WithPortfolio(args.Portfolio)
	}
	if missing := o.unanswered(field, of.ids); len(missing) > 0 {
		fetched, err := o.follow(ctx, relation, missing, args)
		if err != nil {
			return err
		}
		for i, id := range missing {
			o.answers[place{id, field.Field}] = fetched[i]
		}
	}
	ids, pages := o.pagesOf(field, of.ids)
	selected := selectionOf(ctx, field)
	if selected.total {
		if err := o.countLinks(ctx, relation, ids, args, pages); err != nil {
			return err
		}
	}
	return o.walkLinks(ctx, selected, pages)
}

// pagesOf returns the pages of a field, and their records: those on which it is no
// error.
func (o *Operation) pagesOf(field graphql.CollectedField, of []diplomacy.ID) (ids []diplomacy.ID, pages []*paging.Links) {
	for _, id := range of {
		if page, ok := o.answers[place{id, field.Field}].(*paging.Links); ok {
			ids, pages = append(ids, id), append(pages, page)
		}
	}
	return ids, pages
}

// arguments decodes the arguments. A field that leads to one entity takes the latest
// as of today, if neither it nor the operation names a time.
func (s relationStep) arguments(ctx context.Context, o *Operation, field graphql.CollectedField, raw map[string]any) (*arguments.Links, error) {
	at := o.at
	if !isConnection(field) {
		raw["first"] = 1
		if at.IsZero() {
			at = o.Today()
		}
	}
	args, err := arguments.ReadLinks(s.Relation, raw, at)
	if err != nil {
		return nil, err
	}
	where, _ := raw["where"].(map[string]any)
	args.Where.Nodes, err = o.Named(ctx, "where.node", where["node"], s.NodeKinds(), false)
	return args, err
}
