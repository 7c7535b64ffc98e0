// Package schema assembles the public schema of the API from the files in
// graph/schema, the vocabulary and the tables of package relations.
//
// The files define by hand what is said once. Templates add what each row of a
// table implies: types and inputs of statements, look-ups, lists and inputs of
// entities, connections, and the fields of relations. The directives of
// generation.graphqls ask for further parts.
package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// subjects are the files in the order of the assembled schema.
var subjects = []string{
	"query", "thing", "person", "state", "organization", "office", "event", "agreement", "observation", "topic", "place",
	"source", "statement", "evidence", "history", "identity", "findings", "lists", "viewer", "mutation", "subscription", "scalars",
	"directives", "generation",
}

// Schema is the assembled schema.
type Schema struct {
	Directives  ast.DirectiveDefinitionList
	Definitions ast.DefinitionList
}

// Assemble reads the files of a folder and assembles the schema.
func Assemble(folder string) (*Schema, error) {
	documents, err := read(folder)
	if err != nil {
		return nil, err
	}
	templates, err := parseTemplates(filepath.Join(folder, "templates"))
	if err != nil {
		return nil, err
	}
	a := newAssembly(templates)
	for _, document := range documents {
		a.define(document, "")
	}
	if err := a.generate(documents); err != nil {
		return nil, err
	}
	for _, document := range documents {
		if err := a.extend(document); err != nil {
			return nil, err
		}
	}
	definitions, err := a.assembled()
	if err != nil {
		return nil, err
	}
	return &Schema{a.directives, definitions}, nil
}

// read parses the files in their order.
func read(folder string) ([]*ast.SchemaDocument, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.graphqls"))
	if err != nil {
		return nil, err
	}
	if len(paths) != len(subjects) {
		return nil, fmt.Errorf("%s has %d files; package schema lists %d", folder, len(paths), len(subjects))
	}
	var documents []*ast.SchemaDocument
	for _, subject := range subjects {
		path := filepath.Join(folder, subject+".graphqls")
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		document, err := parse(path, string(text))
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	return documents, nil
}

func parse(name, text string) (*ast.SchemaDocument, error) {
	document, err := parser.ParseSchema(&ast.Source{Name: name, Input: text})
	if err != nil {
		return nil, fmt.Errorf("%w in\n%s", err, text)
	}
	return document, nil
}

// Definition returns a type by its name; nil if the schema does not have it.
func (s *Schema) Definition(name string) *ast.Definition { return s.Definitions.ForName(name) }

// isMeta reports whether a directive is one of generation.graphqls.
func isMeta(name string) bool {
	return slices.Contains([]string{"page", "connection", "include", "partial"}, name)
}
