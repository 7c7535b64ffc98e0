package fetch

import (
	"context"
	"strings"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// findRows returns a row for each field of Query that looks up one entity: they have
// the names of the types.
func findRows() rows {
	all := rows{"Query.node": nodesStep{"id"}, "Query.nodes": nodesStep{"ids"}}
	for _, kind := range diplomacy.EntityKinds {
		all["Query."+strings.ToLower(kind.String())] = findStep{kind}
	}
	return all
}

// Find returns the answer of a field of Query that looks up one entity by a unique
// key; nil if there is none.
func Find[N diplomacy.Entity](ctx context.Context) (N, error) {
	id, err := answer[diplomacy.ID](ctx, 0)
	if err != nil {
		var none N
		return none, err
	}
	return get[N](ctx, id)
}

// findStep looks up one entity of a kind by a unique key.
type findStep struct{ kind diplomacy.Kind }

func (s findStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	entity, err := arguments.ReadBy(s.kind, "by", rawArguments(ctx, field.Field)["by"])
	if err != nil {
		return err
	}
	found, err := o.find(ctx, []arguments.Entity{entity})
	if err != nil {
		return err
	}
	o.answers[place{field: field.Field}] = found[0]
	return o.loadAndWalk(ctx, found, field.Selections)
}

// find returns the ids of entities; zero for those that are not there. All keys are
// looked up in one call.
func (o *Operation) find(ctx context.Context, entities []arguments.Entity) ([]diplomacy.ID, error) {
	ids, keys, indexes := make([]diplomacy.ID, len(entities)), []store.Key(nil), []int(nil)
	for i, e := range entities {
		ids[i] = e.ID
		if e.Key.Scheme != "" {
			keys, indexes = append(keys, e.Key), append(indexes, i)
		}
	}
	if len(keys) == 0 {
		return ids, nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.Find(ctx, keys)
	for i, id := range found {
		ids[indexes[i]] = id
	}
	return ids, err
}

// Nodes returns records of any type by references to them, in the order of the references;
// nil for those that are not there. A malformed reference is an error of its element.
func Nodes(ctx context.Context) ([]model.Node, error) {
	return answer[[]model.Node](ctx, 0)
}

// Node returns one record of any type; nil if there is none.
func Node(ctx context.Context, id diplomacy.ID) (model.Node, error) {
	record, err := From(ctx).Record(ctx, id)
	return model.NodeOf(record), err
}

// nodesStep looks up records by the references in an argument.
type nodesStep struct{ argument string }

func (s nodesStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	given := rawArguments(ctx, field.Field)[s.argument]
	wanted := make([]arguments.Entity, len(model.Elements(given)))
	if len(wanted) > model.MaxPage {
		return model.BadInput("ids: %d are asked for; at most %d at once", len(wanted), model.MaxPage)
	}
	for i, element := range model.Elements(given) {
		var err error
		if wanted[i], err = arguments.ReadReference(diplomacy.KindNone, arguments.ElementPath(s.argument, given, i), element); err == nil {
			continue
		} else if s.argument == "id" {
			return err
		}
		addElementError(ctx, i, err)
	}
	ids, err := o.find(ctx, wanted)
	if err != nil {
		return err
	}
	if err := o.loadAndWalk(ctx, ids, field.Selections); err != nil {
		return err
	}
	nodes := make([]model.Node, len(ids))
	for i, id := range ids {
		nodes[i] = model.NodeOf(o.records[id])
	}
	o.answers[place{field: field.Field}] = nodes
	return nil
}
