package arguments

import (
	"strings"

	"chancery/diplomacy"
	"chancery/graph/model"
)

// ReadRepresentation decodes how a federation router identifies an entity. If all
// its keys are null, as a router sends them for an entity that has none elsewhere,
// the result identifies nothing.
func ReadRepresentation(given any) (Entity, error) {
	fields, ok := given.(map[string]any)
	if !ok {
		return Entity{}, model.BadInput("want an object with __typename and a key")
	}
	name, _ := fields["__typename"].(string)
	kind, ok := diplomacy.ParseKind(name)
	if !ok || !kind.IsEntity() {
		return Entity{}, model.BadInput("__typename: want the type of an entity, such as Person")
	}
	keys, isNull := model.EntityKeys(kind), false
	for _, key := range keys {
		switch value := fields[key].(type) {
		case string:
			return entity(kind, key, value), nil
		case nil:
			_, there := fields[key]
			isNull = isNull || there
		default:
			return Entity{}, model.BadInput("%s: want a string", key)
		}
	}
	if !isNull {
		return Entity{}, model.BadInput("want a key of %s: %s", kind, strings.Join(keys, ", "))
	}
	return Entity{}, nil
}
