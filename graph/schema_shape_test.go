package graph_test

import (
	"slices"
	"strings"
	"testing"

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
		t.Errorf("%s says nothing of what it means", name)
	}
}

// short are the fields that answer with a whole list, because one thing has few
// of them. Anything else that is a list must be paged.
var short = []string{
	"names", "identifiers", "evidence", "checks", "from", "doubts", "via", "differences", "mergedFrom", "alsoRecordedAs", "judgements",
	"reasons", "path", "outcomes", "userErrors",
}

func TestListsThatGrowArePaged(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.BuiltIn || def.Kind == ast.InputObject {
			continue
		}
		for _, field := range def.Fields {
			path := name + "." + field.Name
			switch {
			case pages(field):
				expectPagingArguments(t, path, field)
			case field.Type.Elem == nil, slices.Contains(short, field.Name), strings.HasSuffix(name, "Connection"), path == "Query.nodes", path == "Query._entities":
			default:
				t.Errorf("%s is a %s; page it, or say here that it is short", path, field.Type)
			}
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

// TestConnectionsAreRelays holds connections, edges and PageInfo against the
// Relay specification, sections 2 to 5.
func TestConnectionsAreRelays(t *testing.T) {
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

// TestIDsAreOfNodes wants `id` to name the record itself, wherever it is:
// normalised caches keep what they are sent under it, whatever the type.
func TestIDsAreOfNodes(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.Kind == ast.InputObject || name == "Node" {
			continue
		}
		if is := slices.Contains(def.Interfaces, "Node"); is != (def.Fields.ForName("id") != nil) {
			t.Errorf("%s is a Node: %t, and has an id: %t", name, is, !is)
		}
	}
}
