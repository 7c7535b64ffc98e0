package arguments

import (
	"chancery/curation/reference"
	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// Entity identifies a record by its id or by a unique key.
type Entity struct {
	Kind diplomacy.Kind // KindNone admits all
	ID   diplomacy.ID   // zero if it is identified by a key, or by nothing that could exist
	Key  store.Key      // without a scheme if it is identified by its id
}

// keySchemes are the keys of entities that stand for a scheme of identifiers.
var keySchemes = map[string]string{
	"slug":      store.SchemeSlug,
	"wikidata":  diplomacy.SchemeWikidata,
	"isoAlpha2": diplomacy.SchemeISOAlpha2,
	"isoAlpha3": diplomacy.SchemeISOAlpha3,
	"url":       "url",
}

// ReadBy decodes an argument whose input is named …By, which has one field.
func ReadBy(kind diplomacy.Kind, argument string, by any) (Entity, error) {
	name, value := oneOf(by)
	text, _ := value.(string)
	path := argument + "." + name
	switch name {
	case "id":
		return ReadReference(kind, path, value)
	case "identifier":
		identifier, err := diplomacy.ParseIdentifier(text)
		if err != nil {
			return Entity{}, model.BadInput("%s: %v", path, err)
		}
		return byKey(kind, identifier.Scheme, identifier.Value), nil
	}
	if reason := notISOCode(name, text); reason != "" {
		return Entity{}, model.BadInput("%s: %s", path, reason)
	}
	return entity(kind, name, text), nil
}

// oneOf returns the one field of a @oneOf input. Validation has checked that there
// is one.
func oneOf(input any) (name string, value any) {
	given, _ := input.(map[string]any)
	for name, value = range given {
	}
	return name, value
}

// entity identifies an entity by a field: its id or a key.
func entity(kind diplomacy.Kind, field, value string) Entity {
	if field != "id" {
		return byKey(kind, keySchemes[field], value)
	}
	id, err := diplomacy.ParseID(value)
	if err != nil || id.Kind() != kind {
		return Entity{Kind: kind}
	}
	return Entity{Kind: kind, ID: id}
}

// byKey identifies an entity by a key, in the spelling that stored keys have.
func byKey(kind diplomacy.Kind, scheme, value string) Entity {
	if i, err := diplomacy.ParseIdentifier(scheme + ":" + value); err == nil {
		value = i.Value
	}
	return Entity{Kind: kind, Key: store.Key{Kind: kind, Scheme: scheme, Value: value}}
}

// ReadReference decodes a reference to a record of a kind; KindNone admits all. One to
// a record of another kind identifies nothing; a malformed one is a user error.
func ReadReference(kind diplomacy.Kind, path string, value any) (Entity, error) {
	named, err := reference.Ref(Text(value)).Parse()
	if err != nil {
		return Entity{}, model.BadInput("%s: %v", path, err)
	}
	implied := named.Kind()
	if implied == diplomacy.KindNone {
		named.Key.Kind, implied = kind, kind
	}
	if kind != diplomacy.KindNone && implied != kind {
		return Entity{Kind: kind}, nil
	}
	return Entity{Kind: kind, ID: named.ID, Key: named.Key}, nil
}
