package schema

import (
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func assembled(t *testing.T) *Schema {
	t.Helper()
	s, err := Assemble("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCommittedSchemaIsAssembledFromItsParts(t *testing.T) {
	committed, err := os.ReadFile("../../../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	if assembled(t).String() != string(committed) {
		t.Error(`schema.graphqls is not what graph/schema and the tables say; run "go generate ./graph"`)
	}
}

func TestSchemaHasNothingOfGeneration(t *testing.T) {
	text := assembled(t).String()
	for _, left := range []string{"@page", "@connection", "@include", "@partial", "AnyLinkFilter", "type Arguments", "{{"} {
		if strings.Contains(text, left) {
			t.Errorf("the assembled schema has %s", left)
		}
	}
}

func TestConfiguredTypesGetNoSecondBinding(t *testing.T) {
	rows := assembled(t).Bindings("models:\n  Source: {fields: {}}\n  Rank: {model: x.Rank}\n")
	for _, line := range []string{"  Source:", "  Rank:"} {
		if strings.Contains(rows, line) {
			t.Errorf("there is a second row%s", line)
		}
	}
	for _, line := range []string{
		"  Medium: {model: chancery/graph/model.Term}\n",
		"  PersonBy: {model: \"map[string]any\"}\n",
		"  PutPersonInput: {model: chancery/graph/model.Input}\n",
		"  Membership: {fields: {member: {fieldName: Subject}, organization: {fieldName: Object}, kind: {fieldName: Role}}}\n",
	} {
		if !strings.Contains(rows, line) {
			t.Errorf("there is no row%s", line)
		}
	}
}

// TestFieldsOfInterfacesAreInherited assembles two types by hand: fields of the
// interface come first, those of its extension last, and a later declaration
// keeps what it does not repeat.
func TestFieldsOfInterfacesAreInherited(t *testing.T) {
	a := newAssembly(templates{})
	document, err := parse("test", `
interface I { """First.""" a: Int @cost(weight: 1) }
extend interface I { """Last.""" z(x: Int): I }
type T implements I { """Own.""" m: Int, z: T!, a: Int! }`)
	if err != nil {
		t.Fatal(err)
	}
	a.define(document, "")
	if err := a.extend(document); err != nil {
		t.Fatal(err)
	}
	all, err := a.assembled()
	if err != nil {
		t.Fatal(err)
	}
	got := (&Schema{Definitions: ast.DefinitionList{all.ForName("T")}}).String()
	const want = `
""""""
type T implements I {
  """First."""
  a: Int! @cost(weight: 1)
  """Own."""
  m: Int
  """Last."""
  z(
    """""" x: Int
  ): T!
}
`
	if got != header+want {
		t.Errorf("got %s\nwant %s", strings.TrimPrefix(got, header), want)
	}
}

func TestExtensionOfAnUnknownTypeIsRejected(t *testing.T) {
	document, err := parse("test", `extend type Nowhere { a: Int }`)
	if err != nil {
		t.Fatal(err)
	}
	if err := newAssembly(templates{}).extend(document); err == nil || !strings.Contains(err.Error(), "Nowhere") {
		t.Errorf("%v, want an error that names the type", err)
	}
}
