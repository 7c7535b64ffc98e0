package fetch

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

var redirectRows = rows{"Thing.redirectedFrom": onDemand{}} // for an entity that Query looked up alone

// RedirectedFrom returns the id of the record that the field of Query above the
// current one identifies, if that was merged into the entity; nil otherwise.
func RedirectedFrom(ctx context.Context, entity diplomacy.Entity) (*diplomacy.ID, error) {
	o := From(ctx)
	asked, err := askedFor(ctx, entity)
	if err != nil {
		return nil, err
	}
	id := asked.ID
	if id == 0 && asked.Key.Scheme != "" {
		if id, err = o.holderOf(ctx, entity, asked.Key); err != nil {
			return nil, err
		}
	}
	if id == 0 || id == entity.Header().ID {
		return nil, nil
	}
	return &id, nil
}

// askedFor returns how the field of Query above the current one identifies an entity;
// nothing if it was found otherwise.
func askedFor(ctx context.Context, entity diplomacy.Entity) (arguments.Entity, error) {
	above, index := graphql.GetFieldContext(ctx).Parent, 0
	if above != nil && above.Index != nil {
		above, index = above.Parent, *above.Index
	}
	if above == nil || above.Object != "Query" {
		return arguments.Entity{}, nil
	}
	raw := rawArguments(ctx, above.Field.Field)
	switch above.Field.Name {
	case "node":
		return arguments.ReadReference(diplomacy.KindNone, "id", raw["id"])
	case "nodes":
		return arguments.ReadReference(diplomacy.KindNone, "ids", model.Elements(raw["ids"])[index])
	case "_entities":
		return arguments.ReadRepresentation(model.Elements(raw["representations"])[index])
	}
	if raw["by"] == nil {
		return arguments.Entity{}, nil
	}
	return arguments.ReadBy(entity.Kind(), "by", raw["by"])
}

// holderOf returns which of the records merged into an entity has a key; zero if it
// is the canonical one.
func (o *Operation) holderOf(ctx context.Context, entity diplomacy.Entity, key store.Key) (diplomacy.ID, error) {
	if hasKey(entity, key) {
		return 0, nil
	}
	err := o.loadGroups(ctx, []diplomacy.ID{entity.Header().ID})
	for _, record := range o.groups[entity.Header().ID] {
		if other, ok := record.(diplomacy.Entity); ok && hasKey(other, key) {
			return other.Header().ID, err
		}
	}
	return 0, err
}

// hasKey reports whether a key is an entity's own.
func hasKey(entity diplomacy.Entity, key store.Key) bool {
	if key.Scheme == store.SchemeSlug {
		return entity.Base().Slug == key.Value
	}
	return slices.Contains(entity.Base().Identifiers, diplomacy.Identifier{Scheme: key.Scheme, Value: key.Value})
}
