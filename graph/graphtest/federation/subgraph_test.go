package federation_test

import (
	"chancery/graph/graphtest"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// public returns the document of schema.graphqls.
func public(t *testing.T) *ast.SchemaDocument {
	t.Helper()
	document, err := parser.ParseSchema(&ast.Source{Name: "schema.graphqls", Input: graphtest.ReadFile(t, "schema.graphqls")})
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func typesOf(document *ast.SchemaDocument) (names []string) {
	for _, def := range document.Definitions {
		names = append(names, def.Name)
	}
	return names
}

func directivesOf(document *ast.SchemaDocument) (names []string) {
	for _, def := range document.Directives {
		names = append(names, def.Name)
	}
	return names
}

// TestIntrospectionShowsThePublicSchemaOnly expects what schema.graphqls defines,
// GraphQL's own types, and the three types of federation.
func TestIntrospectionShowsThePublicSchemaOnly(t *testing.T) {
	var answer struct {
		Data struct {
			Schema struct{ Types, Directives []struct{ Name string } } `json:"__schema"`
		}
	}
	body := graphtest.Post(t, graphtest.NewHandler(graphtest.OpenStore(t)), `{ __schema { types { name } directives { name } } }`, nil)
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	var types, directives []string
	for _, shown := range answer.Data.Schema.Types {
		types = append(types, shown.Name)
	}
	for _, shown := range answer.Data.Schema.Directives {
		directives = append(directives, shown.Name)
	}
	prelude, err := parser.ParseSchema(validator.Prelude)
	if err != nil {
		t.Fatal(err)
	}
	for what, names := range map[string][2][]string{
		"types":      {append(typesOf(public(t)), append(typesOf(prelude), "_Any", "_Entity", "_Service")...), types},
		"directives": {append(directivesOf(public(t)), directivesOf(prelude)...), directives},
	} {
		if diff := cmp.Diff(sorted(names[0]), sorted(names[1])); diff != "" {
			t.Errorf("%s (-defined +shown):\n%s", what, diff)
		}
	}
}

func sorted(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }

// sdl returns the schema that routers get.
func sdl(t *testing.T) string {
	t.Helper()
	var answer struct {
		Data struct {
			Service struct{ SDL string } `json:"_service"`
		}
	}
	if err := json.Unmarshal(graphtest.Post(t, graphtest.NewHandler(graphtest.OpenStore(t)), `{ _service { sdl } }`, nil), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Data.Service.SDL
}

// TestServiceSDLIsThePublicSchemaWithFederationDirectives expects all types and
// descriptions, without @asOf, which routers ignore.
func TestServiceSDLIsThePublicSchemaWithFederationDirectives(t *testing.T) {
	text := sdl(t)
	document, err := parser.ParseSchema(&ast.Source{Name: "sdl", Input: text})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sorted(typesOf(public(t))), sorted(typesOf(document))); diff != "" {
		t.Errorf("types (-public +given):\n%s", diff)
	}
	want := slices.DeleteFunc(append(directivesOf(public(t)), "oneOf"), func(name string) bool { return name == "asOf" })
	if diff := cmp.Diff(sorted(want), sorted(directivesOf(document))); diff != "" {
		t.Errorf("directives (-want +given):\n%s", diff)
	}
	given, err := gqlparser.LoadSchema(&ast.Source{Name: "sdl", Input: text}, &ast.Source{Name: "router", Input: graphtest.ReadFile(t, "graph/router.graphqls")})
	if err != nil {
		t.Fatal(err)
	}
	for _, def := range public(t).Definitions {
		if got := given.Types[def.Name]; got.Description != def.Description || len(got.Fields) < len(def.Fields) {
			t.Errorf("%s has %d of %d fields and the description %q", def.Name, len(got.Fields), len(def.Fields), got.Description)
		}
	}
	if !strings.HasPrefix(text, `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"`) {
		t.Errorf("the schema begins with %.200s", text)
	}
}
