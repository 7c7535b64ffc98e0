package model

import (
	"context"
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Service is what a router is told of this subgraph.
type Service struct {
	SDL string // the schema, with the directives of federation
}

// EntityKeys are the fields by which a router may name an entity of a kind; of
// those that it gives the first counts.
func EntityKeys(kind diplomacy.Kind) []string {
	switch kind {
	case diplomacy.KindState:
		return []string{"id", "wikidata", "isoAlpha2", "isoAlpha3"}
	case diplomacy.KindSource:
		return []string{"id", "wikidata", "url"}
	}
	return []string{"id", "wikidata"}
}

// representation is how a router names an entity.
type representation struct {
	kind diplomacy.Kind
	id   diplomacy.ID // zero when it is named by a key, or by nothing there could be
	key  store.Key
}

// Represented looks up what a router names, in the order it does: nil for what is
// not there. A representation that cannot be read is an error at its place.
func Represented(ctx context.Context, representations []any) ([]diplomacy.Entity, error) {
	o := From(ctx)
	named := make([]representation, len(representations))
	for i, given := range representations {
		var err error
		if named[i], err = readRepresentation(given); err != nil {
			addElementError(ctx, i, fmt.Errorf("representations[%d]: %w", i, err))
		}
	}
	ids, err := o.represented(ctx, named)
	if err != nil {
		return nil, err
	}
	if err := o.Ahead(ctx, ids, graphql.GetFieldContext(ctx).Field.Selections); err != nil {
		return nil, err
	}
	entities := make([]diplomacy.Entity, len(ids))
	for i, id := range ids {
		if id.Kind() == named[i].kind {
			entities[i], _ = o.records[id].(diplomacy.Entity)
		}
	}
	return entities, nil
}

// represented resolves all keys in one call.
func (o *Operation) represented(ctx context.Context, named []representation) ([]diplomacy.ID, error) {
	ids, keys, places := make([]diplomacy.ID, len(named)), []store.Key(nil), []int(nil)
	for i, r := range named {
		ids[i] = r.id
		if r.key.Scheme != "" {
			keys, places = append(keys, r.key), append(places, i)
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
		ids[places[i]] = id
	}
	return ids, err
}

// readRepresentation reads which entity is meant; none where all keys are null, as
// a router has them of an entity that lacks them elsewhere.
func readRepresentation(given any) (r representation, err error) {
	fields, ok := given.(map[string]any)
	if !ok {
		return r, badInput("want an object with __typename and a key")
	}
	name, _ := fields["__typename"].(string)
	kind, ok := diplomacy.ParseKind(name)
	if !ok || !kind.IsEntity() {
		return r, badInput("__typename: want the type of an entity, such as Person")
	}
	keys, isNull := EntityKeys(kind), false
	for _, key := range keys {
		switch value := fields[key].(type) {
		case string:
			return keyed(kind, key, value), nil
		case nil:
			_, there := fields[key]
			isNull = isNull || there
		default:
			return r, badInput("%s: want a string", key)
		}
	}
	if !isNull {
		return r, badInput("want a key of %s: %s", kind, strings.Join(keys, ", "))
	}
	return r, nil
}

func keyed(kind diplomacy.Kind, name, value string) representation {
	if name != "id" {
		return representation{kind: kind, key: store.Key{Kind: kind, Scheme: keySchemes[name], Value: value}}
	}
	id, err := diplomacy.ParseID(value)
	if err != nil || id.Kind() != kind {
		return representation{kind: kind}
	}
	return representation{kind: kind, id: id}
}

// representedBy is which of the records that are held to be the same a
// representation names.
func (o *Operation) representedBy(ctx context.Context, entity diplomacy.Entity, given any) (diplomacy.ID, error) {
	r, err := readRepresentation(given)
	if err != nil || r.id != 0 {
		return r.id, err
	}
	return o.holderOfKey(ctx, entity, r.key)
}

// addElementError tells of an error at one element of the field's list.
func addElementError(ctx context.Context, index int, err error) {
	element := graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &index})
	graphql.AddError(element, graphql.AddFieldLocationToError(ctx, gqlerror.WrapPath(graphql.GetPath(element), err)))
}
