package model

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// keySchemes are the keys of the inputs named …By that name a scheme of
// identifiers.
var keySchemes = map[string]string{
	"slug":      store.SchemeSlug,
	"wikidata":  diplomacy.SchemeWikidata,
	"isoAlpha2": diplomacy.SchemeISOAlpha2,
	"isoAlpha3": diplomacy.SchemeISOAlpha3,
	"url":       "url",
}

// Find answers a field of Query that looks up one entity by a unique key; the
// zero N when there is none.
func Find[N diplomacy.Entity](ctx context.Context, kind diplomacy.Kind) (N, error) {
	var none N
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	id, err := o.find(ctx, kind, rawArgs(ctx, field)["by"])
	if err != nil || id == 0 {
		return none, err
	}
	if err := o.Ahead(ctx, []diplomacy.ID{id}, field.Selections); err != nil {
		return none, err
	}
	return get[N](ctx, id)
}

// find resolves a key.
func (o *Operation) find(ctx context.Context, kind diplomacy.Kind, by any) (diplomacy.ID, error) {
	name, value := oneOf(by)
	if name == "id" {
		id, err := UnmarshalID(value)
		if err != nil || id.Kind() != kind {
			return 0, nil
		}
		return id, nil
	}
	key, err := keyOf(kind, name, value)
	if err != nil {
		return 0, err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return 0, err
	}
	found, err := reader.Find(ctx, []store.Key{key})
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

func keyOf(kind diplomacy.Kind, name string, value any) (store.Key, error) {
	text, _ := value.(string)
	if name != "identifier" {
		return store.Key{Kind: kind, Scheme: keySchemes[name], Value: text}, nil
	}
	identifier, err := diplomacy.ParseIdentifier(text)
	if err != nil {
		return store.Key{}, badInput("by.identifier: %v", err)
	}
	return store.Key{Kind: kind, Scheme: identifier.Scheme, Value: identifier.Value}, nil
}

// oneOf gives the one key of a @oneOf input, which documents and variables were held to.
func oneOf(by any) (name string, value any) {
	given, _ := by.(map[string]any)
	for name, value = range given {
	}
	return name, value
}

// rawArgs are the arguments of a field as they stand in the document or its
// variables, with the schema's defaults.
func rawArgs(ctx context.Context, field graphql.CollectedField) map[string]any {
	return field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
}

// NodeOfID looks up one record by its global id; nil when it is not there.
func NodeOfID(ctx context.Context, id diplomacy.ID) (Node, error) {
	record, err := From(ctx).record(ctx, id)
	return NodeOf(record), err
}

// Nodes looks up records of any type by their global ids, in the order asked;
// nil for those that are not there.
func Nodes(ctx context.Context, ids []diplomacy.ID) ([]Node, error) {
	if len(ids) > MaxPage {
		return nil, badInput("ids: %d are asked for; at most %d at once", len(ids), MaxPage)
	}
	o := From(ctx)
	if err := o.Ahead(ctx, ids, graphql.GetFieldContext(ctx).Field.Selections); err != nil {
		return nil, err
	}
	nodes := make([]Node, len(ids))
	for i, id := range ids {
		nodes[i] = NodeOf(o.records[id])
	}
	return nodes, nil
}
