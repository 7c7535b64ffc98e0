package graph_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// TestNothingReleasedChanges compares schema.graphqls with the last release: every
// type, interface, field, argument, default and enum value of it must still be
// there, identical, unless the Unreleased section of CHANGELOG.md names it.
func TestNothingReleasedChanges(t *testing.T) {
	now := elements(t, "../schema.graphqls")
	named := unreleased(t)
	for coordinate, released := range elements(t, "../testdata/schema/released.graphqls") {
		if now[coordinate] != released && !strings.Contains(named, "`"+coordinate+"`") {
			t.Errorf("%s is %q; the last release has %q, and CHANGELOG.md does not name it", coordinate, now[coordinate], released)
		}
	}
}

// elements returns what clients rely on, by schema coordinate.
func elements(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	document, err := parser.ParseSchema(&ast.Source{Name: file, Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, d := range document.Directives {
		all["@"+d.Name] = fmt.Sprint(d.Locations)
		addArguments(all, "@"+d.Name, d.Arguments)
	}
	for _, d := range document.Definitions {
		slices.Sort(d.Interfaces)
		all[d.Name] = strings.Join(append([]string{string(d.Kind), applied(d.Directives, "oneOf", "specifiedBy")}, d.Interfaces...), " ")
		for _, field := range d.Fields {
			all[d.Name+"."+field.Name] = field.Type.String() + literal(field.DefaultValue) + applied(field.Directives, "deprecated")
			addArguments(all, d.Name+"."+field.Name, field.Arguments)
		}
		for _, value := range d.EnumValues {
			all[d.Name+"."+value.Name] = "value" + applied(value.Directives, "deprecated")
		}
	}
	return all
}

func addArguments(all map[string]string, of string, arguments ast.ArgumentDefinitionList) {
	for _, a := range arguments {
		all[of+"("+a.Name+":)"] = a.Type.String() + literal(a.DefaultValue)
	}
}

func literal(v *ast.Value) string {
	if v == nil {
		return ""
	}
	return " = " + v.String()
}

// applied returns those of the named directives that are applied, with arguments.
func applied(directives ast.DirectiveList, names ...string) string {
	var text strings.Builder
	for _, d := range directives {
		if slices.Contains(names, d.Name) {
			fmt.Fprintf(&text, " @%s", d.Name)
			for _, a := range d.Arguments {
				fmt.Fprintf(&text, " %s: %s", a.Name, a.Value)
			}
		}
	}
	return text.String()
}

// unreleased returns the section of CHANGELOG.md for the next release.
func unreleased(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "## Unreleased")
	if next := regexp.MustCompile(`(?m)^## `).FindStringIndex(section); next != nil {
		section = section[:next[0]]
	}
	return section
}
