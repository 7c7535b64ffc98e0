package restriction_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"

	"github.com/vektah/gqlparser/v2/ast"
)

// TestCacheableResponsesDoNotDependOnRestrictions: responses that caches may reuse
// without asking are the same, to the last byte, whether or not anything is restricted.
func TestCacheableResponsesDoNotDependOnRestrictions(t *testing.T) {
	public, restricted := openGraph(t, false), openGraph(t, true)
	cacheable := 0
	for _, query := range cacheableQueries(t) {
		want, got := graphtest.Get(t, public.handler, access.Anonymous, query), graphtest.Get(t, restricted.handler, access.Anonymous, query)
		if strings.Contains(want.Body.String(), `"errors"`) {
			t.Fatalf("%s: %s", query, want.Body)
		}
		if control := got.Header().Get("Cache-Control"); strings.Contains(control, "max-age=0") {
			continue
		}
		cacheable++
		if a, b := graphtest.WithoutExtensions(want.Body.Bytes()), graphtest.WithoutExtensions(got.Body.Bytes()); string(a) != string(b) {
			t.Errorf("%s\nwithout restrictions %s\nwith restrictions    %s", query, a, b)
		}
	}
	if cacheable < 20 {
		t.Errorf("only %d queries are cacheable", cacheable)
	}
}

// cacheableQueries returns a query for each field below the fields of Query that have
// @cacheControl.
func cacheableQueries(t *testing.T) (queries []string) {
	t.Helper()
	schema := graphtest.LoadSchema(t)
	for _, root := range schema.Query.Fields {
		if root.Directives.ForName("cacheControl") == nil {
			continue
		}
		def := schema.Types[root.Type.Name()]
		form, argument := "{ %s { %s } }", ""
		if root.Arguments.ForName("by") != nil {
			argument = `(by: {slug: "public-1"})`
		} else {
			form, def = "{ %s { totalCount nodes { %s } } }", schema.Types[strings.TrimSuffix(root.Type.Name(), "Connection")]
		}
		for _, field := range def.Fields {
			queries = append(queries, fmt.Sprintf(form, root.Name+argument, selectScalars(schema, field)))
		}
	}
	return queries
}

// selectScalars selects a field with all scalars of its type.
func selectScalars(schema *ast.Schema, field *ast.FieldDefinition) string {
	def := schema.Types[field.Type.Name()]
	if !def.IsCompositeType() {
		return field.Name
	}
	inner := "__typename"
	for _, f := range def.Fields {
		if !schema.Types[f.Type.Name()].IsCompositeType() && len(f.Arguments) == 0 {
			inner += " " + f.Name
		}
	}
	return field.Name + " { " + inner + " }"
}
