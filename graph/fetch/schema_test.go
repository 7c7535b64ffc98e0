package fetch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chancery/graph/arguments"

	"github.com/vektah/gqlparser/v2"
	gql "github.com/vektah/gqlparser/v2/ast"
)

// TestFieldsThatReadTheStoreHaveSteps checks each field of each object type: its value
// is read from the struct of its object, or a row says what it needs. Fields that lead
// to records need one even if these were fetched before.
func TestFieldsThatReadTheStoreHaveSteps(t *testing.T) {
	s := loadSchema(t)
	checked := 0
	for _, def := range s.Types {
		if def.Kind != gql.Object || def.BuiltIn || def == s.Mutation || def == s.Subscription {
			continue
		}
		for _, field := range def.Fields {
			if strings.HasPrefix(field.Name, "__") || s.readBySelection(def, field) {
				continue
			}
			checked++
			path := def.Name + "." + field.Name
			if !s.hasRow(def, field) && !s.isPlain(def, field) {
				t.Errorf("%s reads the store or leads to records, but no row says what it needs", path)
			}
			if s.hasRow(def, field) && s.isPlain(def, field) {
				t.Errorf("%s has a row but is read from the struct of its object", path)
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d fields were checked", checked)
	}
}

func TestRowsAreOfFieldsOfTheSchema(t *testing.T) {
	s := loadSchema(t)
	for path := range s.rows {
		typeName, field, _ := strings.Cut(path, ".")
		if def := s.Types[typeName]; def == nil || def.Fields.ForName(field) == nil {
			t.Errorf("there is a row for %s, which the schema has not", path)
		}
	}
}

// payloadFields are the fields of mutation payloads that lead to records. Those that Along
// does not fetch are fetched when they are resolved: a payload has only one of each.
var payloadFields = []string{
	"CommitPayload.outcomes", "RevertPayload.outcomes", "ChangeOutcome.node",
	"CommitPayload.transaction", "RevertPayload.transaction",
	"CommitPayload.warnings", "RevertPayload.warnings", "JudgePayload.warnings", "UndoJudgementPayload.warnings", "Warning.records",
	"JudgePayload.judgement", "JudgePayload.entity", "JudgePayload.transaction",
	"UndoJudgementPayload.judgement", "UndoJudgementPayload.entity", "UndoJudgementPayload.transaction",
}

// schema is the schema with what is known of its fields.
type schema struct {
	*gql.Schema
	rows  map[string]bool // fields with a row, as Type.field
	plain map[string]bool // fields that the executor reads from the struct of their object, as Type_field
}

func loadSchema(t *testing.T) *schema {
	t.Helper()
	var sources []*gql.Source
	for _, name := range []string{"schema.graphqls", "federation.graphqls", "graph/router.graphqls"} {
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &gql.Source{Name: name, Input: string(text)})
	}
	parsed, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	s := &schema{Schema: parsed, rows: map[string]bool{}, plain: plainFields(t)}
	for path := range allRows {
		s.rows[path] = true
	}
	addRows(s, versionType)
	addRows(s, changeType)
	addRows(s, checkType)
	addRows(s, duplicateType)
	addRows(s, findingType)
	addRows(s, holdingType)
	addRows(s, impactType)
	addRows(s, transactionType())
	for _, path := range payloadFields {
		s.rows[path] = true
	}
	return s
}

func addRows[T any](s *schema, of objectType[T]) {
	for field := range of.fields {
		s.rows[of.name+"."+field] = true
	}
}

// hasRow reports whether a field has a row, for its type or an interface of it.
func (s *schema) hasRow(def *gql.Definition, field *gql.FieldDefinition) bool {
	has := func(typeName string) bool { return s.rows[typeName+"."+field.Name] }
	return has(def.Name) || slices.ContainsFunc(def.Interfaces, has)
}

// readBySelection reports whether selectionOf knows a field of a connection or edge.
func (s *schema) readBySelection(def *gql.Definition, field *gql.FieldDefinition) bool {
	switch {
	case strings.HasSuffix(def.Name, "Connection"):
		return slices.Contains([]string{"nodes", "edges", "pageInfo", "totalCount", "totalCountCapped"}, field.Name)
	case strings.HasSuffix(def.Name, "Edge"):
		return slices.Contains([]string{"cursor", "node", "statement", "via", "involvement", "match"}, field.Name) || s.isOfStatement(def, field)
	}
	return false
}

// isOfStatement reports whether the field of an edge is one of the statement that makes
// the link, which is then fetched for the edge.
func (s *schema) isOfStatement(edge *gql.Definition, field *gql.FieldDefinition) bool {
	statement := edge.Fields.ForName("statement")
	if linkNodes[strings.TrimSuffix(edge.Name, "Edge")+"Connection"] {
		statement = edge.Fields.ForName("node")
	}
	return statement != nil && s.Types[statement.Type.Name()].Fields.ForName(field.Name) != nil
}

// isPlain reports whether the executor reads a field from the struct of its object, and
// whether the same is true of all that can be selected below the field.
func (s *schema) isPlain(def *gql.Definition, field *gql.FieldDefinition) bool {
	if !s.plain[def.Name+"_"+field.Name] {
		return false
	}
	below := s.Types[field.Type.Name()]
	for _, possible := range s.GetPossibleTypes(below) {
		for _, f := range possible.Fields {
			if possible.Kind == gql.Object && !s.isPlain(possible, f) {
				return false
			}
		}
	}
	return true
}

// plainFields returns the fields for which the executor calls nothing that takes the
// context, as Type_field.
func plainFields(t *testing.T) map[string]bool {
	t.Helper()
	plain := map[string]bool{}
	paths, err := filepath.Glob("../internal/generated/*.generated.go")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no generated executor: %v", err)
	}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && f.Recv != nil && strings.HasPrefix(f.Name.Name, "_") && readsStruct(f) {
				plain[strings.TrimPrefix(f.Name.Name, "_")] = true
			}
		}
	}
	return plain
}

// readsStruct reports whether the function of a field returns obj.X or obj.X().
func readsStruct(f *ast.FuncDecl) bool {
	reads := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		answer, ok := n.(*ast.ReturnStmt)
		if !ok || len(answer.Results) != 2 {
			return true
		}
		value := answer.Results[0]
		if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 0 {
			value = call.Fun
		}
		for {
			selector, ok := value.(*ast.SelectorExpr)
			if !ok {
				break
			}
			value = selector.X
		}
		if name, ok := value.(*ast.Ident); ok && name.Name == "obj" {
			reads = true
		}
		return true
	})
	return reads
}

// TestReferencesInArgumentsAreLookedUp checks each argument of type ID, and each field of
// type ID of its inputs: one of a filter has a row, or the filter would be ignored.
func TestReferencesInArgumentsAreLookedUp(t *testing.T) {
	known := map[string]bool{"id": true, "ids": true, "by.id": true, "of.id": true} // looked up by ReadReference
	for _, reference := range arguments.FilterReferences {
		known[strings.TrimSuffix(reference.Argument+"."+reference.Field, ".")] = true
	}
	s, unused := loadSchema(t), maps.Clone(known)
	for _, def := range s.Types {
		if def.Kind != gql.Object || def.BuiltIn || def == s.Mutation {
			continue
		}
		for _, field := range def.Fields {
			for _, argument := range field.Arguments {
				for _, path := range s.references(argument.Name, argument.Type.Name(), 0) {
					if delete(unused, path); !known[path] {
						t.Errorf("%s.%s(%s) takes references, but nothing looks them up", def.Name, field.Name, path)
					}
				}
			}
		}
	}
	if len(unused) > 0 {
		t.Errorf("no field has the arguments %v", slices.Sorted(maps.Keys(unused)))
	}
}

// references returns the paths of the IDs in an argument.
func (s *schema) references(path, typeName string, depth int) []string {
	def := s.Types[typeName]
	if typeName == "ID" {
		return []string{path}
	}
	var paths []string
	for _, field := range def.Fields {
		if def.Kind == gql.InputObject && field.Type.Name() == typeName {
			continue // nested filters, which are decoded like the outermost
		}
		if def.Kind == gql.InputObject && depth < 5 {
			paths = append(paths, s.references(path+"."+field.Name, field.Type.Name(), depth+1)...)
		}
	}
	return paths
}
