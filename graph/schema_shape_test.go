package graph_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestEverythingIsDescribed(t *testing.T) {
	schema := loadSchema(t)
	for name, def := range schema.Types {
		if def.BuiltIn {
			continue
		}
		expectDescribed(t, name, def.Description)
		for _, field := range def.Fields {
			expectDescribed(t, name+"."+field.Name, field.Description)
			expectArgumentsDescribed(t, name+"."+field.Name, field.Arguments)
		}
		for _, value := range def.EnumValues {
			expectDescribed(t, name+"."+value.Name, value.Description)
		}
	}
	for name, directive := range schema.Directives {
		if !directive.Position.Src.BuiltIn {
			expectDescribed(t, "@"+name, directive.Description)
			expectArgumentsDescribed(t, "@"+name, directive.Arguments)
		}
	}
}

func expectArgumentsDescribed(t *testing.T, of string, arguments ast.ArgumentDefinitionList) {
	t.Helper()
	for _, argument := range arguments {
		expectDescribed(t, of+"("+argument.Name+":)", argument.Description)
	}
}

func expectDescribed(t *testing.T, name, description string) {
	t.Helper()
	if strings.TrimSpace(description) == "" && !strings.Contains(name, ".__") {
		t.Errorf("%s has no description", name)
	}
}

// bound is how a description tells how long a list can be that is not paged.
var bound = regexp.MustCompile(`[Aa]t most [\d,]+\b|Bounded by the `)

// TestLongListsArePaged: every list that can grow is a connection, or has the argument
// first, which counts for the cost; the descriptions of all others tell their bound.
func TestLongListsArePaged(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.BuiltIn || def.Kind == ast.InputObject {
			continue
		}
		for _, field := range def.Fields {
			path := name + "." + field.Name
			switch {
			case pages(field):
				expectPagingArguments(t, path, field)
			case field.Type.Elem == nil, strings.HasSuffix(name, "Connection"), path == "Query._entities", bound.MatchString(field.Description):
			case field.Arguments.ForName("first") == nil || !slices.Contains(slicingArguments(field), "first"):
				t.Errorf("%s is a %s; page it, give it the argument first, or describe its bound", path, field.Type)
			case !strings.Contains(field.Arguments.ForName("first").Description, fmt.Sprintf("at most %d). Default: %d.", model.MaxPage, model.DefaultList)):
				t.Errorf("%s does not describe its argument first", path)
			}
		}
	}
}

// slicingArguments returns the arguments of a field that set its length, for its cost.
func slicingArguments(field *ast.FieldDefinition) (names []string) {
	if size := field.Directives.ForName("listSize"); size != nil && size.Arguments.ForName("slicingArguments") != nil {
		for _, child := range size.Arguments.ForName("slicingArguments").Value.Children {
			names = append(names, child.Value.Raw)
		}
	}
	return names
}

// TestDescribedBoundsAreThoseOfTheRules compares the bounds of lists with those of records.
func TestDescribedBoundsAreThoseOfTheRules(t *testing.T) {
	schema := loadSchema(t)
	for path, most := range map[string]int{
		"Thing.names": diplomacy.MaxNames, "Thing.identifiers": diplomacy.MaxIdentifiers, "Judgement.reasons": diplomacy.MaxReasons, "Query.nodes": model.MaxPage,
	} {
		of, name, _ := strings.Cut(path, ".")
		if text := schema.Types[of].Fields.ForName(name).Description; !strings.Contains(text, fmt.Sprintf("At most %d.", most)) {
			t.Errorf("%s: %q; the bound is %d", path, text, most)
		}
	}
}

func expectPagingArguments(t *testing.T, path string, field *ast.FieldDefinition) {
	t.Helper()
	if got := field.Type.String(); got != field.Type.Name()+"!" {
		t.Errorf("%s is %s; a connection is never null", path, got)
	}
	for name, want := range map[string]string{"first": "Int", "last": "Int", "after": "String", "before": "String"} {
		if argument := field.Arguments.ForName(name); argument == nil || argument.Type.String() != want {
			t.Errorf("%s has no argument %s: %s", path, name, want)
		}
	}
}

// TestConnectionsConformToRelay compares connections, edges and PageInfo with
// sections 2 to 5 of the Relay specification.
func TestConnectionsConformToRelay(t *testing.T) {
	schema := loadSchema(t)
	for name, def := range schema.Types {
		stem, isConnection := strings.CutSuffix(name, "Connection")
		if !isConnection {
			continue
		}
		node := def.Fields.ForName("nodes").Type.Name()
		expectFields(t, def, map[string]string{
			"edges": "[" + stem + "Edge!]!", "nodes": "[" + node + "!]!", "pageInfo": "PageInfo!",
		})
		if def.Fields.ForName("totalCount") != nil {
			expectFields(t, def, map[string]string{"totalCount": "Int!", "totalCountCapped": "Boolean!"})
		}
		expectFields(t, schema.Types[stem+"Edge"], map[string]string{"cursor": "String!", "node": node + "!"})
	}
	expectFields(t, schema.Types["PageInfo"], map[string]string{
		"hasNextPage": "Boolean!", "hasPreviousPage": "Boolean!", "startCursor": "String", "endCursor": "String",
	})
}

func expectFields(t *testing.T, def *ast.Definition, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, field := range def.Fields {
		if want[field.Name] != "" {
			got[field.Name] = field.Type.String()
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", def.Name, diff)
	}
}

// TestOnlyNodesHaveAnID reserves `id` for the record itself: normalised
// caches store objects of all types under it.
func TestOnlyNodesHaveAnID(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.Kind == ast.InputObject || name == "Node" {
			continue
		}
		if is := slices.Contains(def.Interfaces, "Node"); is != (def.Fields.ForName("id") != nil) {
			t.Errorf("%s is a Node: %t, and has an id: %t", name, is, !is)
		}
	}
}
