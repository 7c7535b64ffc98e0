package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/graph/relations"

	"github.com/vektah/gqlparser/v2/ast"
)

// entityRow is what the template of entities needs of a row.
type entityRow struct {
	relations.Entity
	Type, Noun, A string
	Fields        []field // of its own, in the input that replaces all
	ChangedFields []field // the same, in the input that changes some
}

// field is a field of a generated input.
type field struct{ Name, Type, Description string }

// CacheMaxAge returns the directive for fields that lead to the entities.
func (r entityRow) CacheMaxAge() string {
	if r.MaxAge == 0 {
		return ""
	}
	return fmt.Sprintf(" @cacheControl(maxAge: %d)", r.MaxAge)
}

func (a *assembly) generateEntity(entity relations.Entity) error {
	name := entity.Kind.String()
	noun := strings.ToLower(name)
	row := entityRow{Entity: entity, Type: name, Noun: noun, A: withArticle(noun)}
	defined := a.types[name]
	if defined == nil {
		return fmt.Errorf("graph/schema does not define the type %s of relations.Entities", name)
	}
	for _, f := range writable(defined.head.Fields, entity.Kind) {
		whole := f.Type.String()
		if f.Type.Name() == "Boolean" {
			whole = f.Type.Name() // false if omitted
		}
		row.Fields = append(row.Fields, field{f.Name, whole, f.Description})
		row.ChangedFields = append(row.ChangedFields, field{f.Name, f.Type.Name(), f.Description})
	}
	if err := a.execute("connection", connectionRow{Name: name, Node: name, Of: entity.Plural, Counted: true, Dated: true}, name); err != nil {
		return err
	}
	return a.execute("entity", row, name)
}

// writable returns the fields that the records of a kind store.
func writable(fields ast.FieldList, kind diplomacy.Kind) ast.FieldList {
	var stored []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(diplomacy.NewEntity(kind)).Elem()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		stored = append(stored, name)
	}
	return slices.DeleteFunc(slices.Clone(fields), func(f *ast.FieldDefinition) bool { return !slices.Contains(stored, f.Name) })
}
