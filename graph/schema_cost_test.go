package graph_test

import (
	"strings"
	"testing"

	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestListsDeclareTheirSize requires @listSize on every field that returns a list or a
// connection, with the default size of a page. Lists that a connection sizes need
// none.
func TestListsDeclareTheirSize(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.BuiltIn || def.Kind == ast.InputObject {
			continue
		}
		for _, field := range def.Fields {
			path := name + "." + field.Name
			switch sized := strings.HasSuffix(name, "Connection") && (field.Name == "edges" || field.Name == "nodes"); {
			case pages(field):
				expectSize(t, path, field, map[string]any{
					"assumedSize": int64(model.DefaultPage), "requireOneSlicingArgument": false,
					"slicingArguments": []any{"first", "last"}, "sizedFields": []any{"edges", "nodes"},
				})
			case path == "Query.nodes":
				expectSize(t, path, field, map[string]any{"assumedSize": int64(model.MaxPage), "requireOneSlicingArgument": true})
			case field.Type.Elem != nil && !sized && !strings.HasPrefix(field.Name, "_"):
				if field.Directives.ForName("listSize") == nil {
					t.Errorf("%s is a %s without @listSize", path, field.Type)
				}
			}
		}
	}
}

func expectSize(t *testing.T, path string, field *ast.FieldDefinition, want map[string]any) {
	t.Helper()
	d := field.Directives.ForName("listSize")
	if d == nil {
		t.Errorf("%s has no @listSize", path)
		return
	}
	if diff := cmp.Diff(want, d.ArgumentMap(nil)); diff != "" {
		t.Errorf("@listSize of %s (-want +got):\n%s", path, diff)
	}
}

// TestInterfacesDeclareNoCost because the specification and Federation allow a
// cost only on the types that implement an interface.
func TestInterfacesDeclareNoCost(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.Kind != ast.Interface {
			continue
		}
		for _, field := range def.Fields {
			if field.Directives.ForName("cost") != nil {
				t.Errorf("%s.%s has a @cost", name, field.Name)
			}
		}
	}
}

// TestExpensiveFieldsDeclareTheirCost names fields that must cost more than the default.
func TestExpensiveFieldsDeclareTheirCost(t *testing.T) {
	schema := loadSchema(t)
	dear := []string{"Query.duplicates", "Query.findings", "Event.organizations", "CommitInput.changes", "PersonConnection.totalCount"}
	for _, field := range schema.Mutation.Fields {
		dear = append(dear, "Mutation."+field.Name)
	}
	for _, path := range dear {
		field := fieldOf(schema, path)
		if field == nil || field.Directives.ForName("cost") == nil {
			t.Errorf("%s has no @cost", path)
		}
	}
}
