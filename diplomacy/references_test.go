package diplomacy_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"chancery/diplomacy"
)

// TestEveryIDFieldIsInTheTableOfReferences fails for a field of type ID that
// References does not yield: no store would check it, and export would lose it.
func TestEveryIDFieldIsInTheTableOfReferences(t *testing.T) {
	for _, kind := range everyKind() {
		record := diplomacy.NewRecord(kind)
		yielded := map[*diplomacy.ID]string{}
		for ref := range diplomacy.References(record) {
			if first, twice := yielded[ref.ID]; twice {
				t.Errorf("%s: %s and %s are the same field", kind, first, ref.Name)
			}
			yielded[ref.ID] = ref.Name
			if !ref.Required && len(ref.Kinds) > 0 && ref.Fixed {
				t.Errorf("%s: %s is fixed, so a record without it could never be given one", kind, ref.Name)
			}
		}
		for _, field := range idFields(t, reflect.ValueOf(record).Elem(), kind.String()) {
			name := strings.ToLower(field.Name[:1]) + field.Name[1:]
			switch got, ok := yielded[field.id]; {
			case !ok:
				t.Errorf("%s.%s holds an ID and has no row in diplomacy/references.go", kind, field.Name)
			case got != name:
				t.Errorf("%s.%s is called %s in the table, want %s", kind, field.Name, got, name)
			case field.Tag.Get("json") != "-":
				t.Errorf(`%s.%s wants the tag json:"-": files name the record by its slug, and exchange spells that`, kind, field.Name)
			}
			delete(yielded, field.id)
		}
		for _, name := range yielded {
			t.Errorf("%s: %s of the table is no field of the record", kind, name)
		}
	}
}

type idField struct {
	reflect.StructField
	id *diplomacy.ID
}

// idFields are the fields of type ID of a record but that of its own head. It
// fails for IDs where References cannot yield them: in lists, maps, pointers and
// structs that are not embedded.
func idFields(t *testing.T, v reflect.Value, path string) []idField {
	var found []idField
	for field, content := range v.Fields() {
		switch at := path + "." + field.Name; {
		case field.Type == reflect.TypeFor[diplomacy.Head]():
		case field.Type == reflect.TypeFor[diplomacy.ID]():
			found = append(found, idField{field, content.Addr().Interface().(*diplomacy.ID)})
		case field.Anonymous && content.Kind() == reflect.Struct:
			found = append(found, idFields(t, content, at)...)
		case holdsID(field.Type, map[reflect.Type]bool{}):
			t.Errorf("%s holds IDs where References cannot yield them; make a statement of it, or a field of type ID", at)
		}
	}
	return found
}

// holdsID reports whether values of a type can hold an ID anywhere.
func holdsID(t reflect.Type, seen map[reflect.Type]bool) bool {
	if t == reflect.TypeFor[diplomacy.ID]() {
		return true
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holdsID(t.Elem(), seen)
	case reflect.Map:
		return holdsID(t.Key(), seen) || holdsID(t.Elem(), seen)
	case reflect.Struct:
		for field := range t.Fields() {
			if holdsID(field.Type, seen) {
				return true
			}
		}
	}
	return false
}

func TestHoldsIDFindsEveryShape(t *testing.T) {
	for _, of := range []reflect.Type{
		reflect.TypeFor[*diplomacy.ID](), reflect.TypeFor[[]diplomacy.ID](), reflect.TypeFor[[2]*diplomacy.ID](),
		reflect.TypeFor[map[string]diplomacy.ID](), reflect.TypeFor[map[diplomacy.ID]bool](),
		reflect.TypeFor[struct{ Inner struct{ Place diplomacy.ID } }](),
	} {
		if !holdsID(of, map[reflect.Type]bool{}) {
			t.Errorf("%v holds an ID", of)
		}
	}
	if holdsID(reflect.TypeFor[[]diplomacy.Name](), map[reflect.Type]bool{}) {
		t.Error("names hold no IDs")
	}
}

// TestReferencesOfEntities holds what the stores and importers rely on.
func TestReferencesOfEntities(t *testing.T) {
	for _, kind := range diplomacy.EntityKinds {
		for _, field := range diplomacy.ReferenceFields(kind) {
			if field.Required || field.Fixed || field.Owner || field.Toward != "" || field.Turned {
				t.Errorf("%s.%s: the row of an entity's reference has a Name, Kinds and nothing else", kind, field.Name)
			}
			for _, allowed := range field.Kinds {
				if !allowed.IsEntity() || allowed == diplomacy.KindSource {
					t.Errorf("%s.%s may name a %s, which may be restricted; the %s would have to be with it", kind, field.Name, allowed, kind)
				}
			}
		}
	}
}

func TestReferencesOfAMismatchedTypeAreEmpty(t *testing.T) {
	for _, r := range []diplomacy.Record{&diplomacy.Statement{Predicate: diplomacy.KindEvidence}, &diplomacy.Statement{}} {
		for ref := range diplomacy.References(r) {
			t.Errorf("%v yields %s", r, ref.Name)
		}
	}
}

// TestLinkEndsAreFixed keeps the directions under which stores keep links.
func TestLinkEndsAreFixed(t *testing.T) {
	directions := []string{"OUT", "IN", "BEHALF", "CAPACITY", "FOR_WHOM"}
	var b strings.Builder
	for _, kind := range diplomacy.ReferringKinds() {
		record, names := diplomacy.NewRecord(kind), map[diplomacy.ID]string{}
		record.Header().ID = diplomacy.MakeID(kind, 100)
		names[record.Header().ID] = "itself"
		for ref := range diplomacy.References(record) {
			if len(ref.Kinds) > 0 {
				*ref.ID = diplomacy.MakeID(ref.Kinds[0], uint64(len(names)))
				names[*ref.ID] = ref.Name
			}
		}
		fmt.Fprintln(&b, kind)
		for end := range diplomacy.LinkEnds(record) {
			fmt.Fprintf(&b, "\t%s %s -> %s\n", names[end.Of], directions[end.Direction], names[end.Node])
		}
	}
	golden(t, "testdata/links.txt", b.String())
}
