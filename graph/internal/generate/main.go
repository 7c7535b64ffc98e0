// Command generate assembles schema.graphqls and writes the generated code of
// package graph: gqlgen's executor of that schema with the edits of package
// executor, and the resolvers that the table of relations implies. It is run by
// `go generate ./graph/...`.
//
// It works in a temporary copy of the module and replaces the files of the module
// only after the copy compiles, so a failure leaves everything as it was.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"chancery/graph/internal/generate/executor"
	"chancery/graph/internal/generate/schema"
)

// The generated files, as paths from the root of the module.
const (
	publicSchema    = "schema.graphqls"
	schemaFolder    = "graph/schema"
	statementTypes  = "graph/model/statements.generated.go"
	connectionTypes = "graph/model/connections.generated.go"
	executorFolder  = "graph/internal/generated"
	shortFields     = executorFolder + "/short_fields.txt"
	resolvers       = "graph/resolvers.generated.go"
)

// gqlgenConfiguration is written by hand; the copy of the module gets more rows.
const gqlgenConfiguration = "gqlgen.yml"

// outputs are the patterns of all files that generation writes.
var outputs = []string{publicSchema, statementTypes, connectionTypes, executorFolder + "/*.generated.go", shortFields, resolvers}

func main() {
	if err := generate("../"); err != nil { // go generate runs in package graph
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate replaces the generated files of a module.
func generate(module string) error {
	w, err := newWorkspace(module)
	if err != nil {
		return err
	}
	defer w.close()
	if err := assemble(w); err != nil {
		return err
	}
	if err := w.remove(executorFolder + "/*.generated.go"); err != nil {
		return err // gqlgen would leave stale files behind
	}
	if err := w.run("tool", "gqlgen", "generate"); err != nil {
		return err
	}
	short, err := executor.Edit(w.path(executorFolder), decodedByFetch)
	if err != nil {
		return err
	}
	if err := recordShortFields(w.path(shortFields), short); err != nil {
		return err
	}
	if err := writeResolvers(filepath.Join(w.path(executorFolder), "schema.generated.go"), w.path(resolvers)); err != nil {
		return err
	}
	if err := w.run("build", "./graph/..."); err != nil {
		return err
	}
	return w.swap(outputs)
}

// assemble writes the public schema and what follows from it before the executor:
// Go types and the rest of gqlgen's configuration.
func assemble(w *workspace) error {
	assembled, err := schema.Assemble(w.path(schemaFolder))
	if err != nil {
		return err
	}
	configuration, err := os.ReadFile(w.path(gqlgenConfiguration))
	if err != nil {
		return err
	}
	statements, err := schema.StatementTypes()
	if err != nil {
		return err
	}
	connections, err := assembled.ConnectionTypes()
	if err != nil {
		return err
	}
	for name, text := range map[string][]byte{
		publicSchema:        []byte(assembled.String()),
		gqlgenConfiguration: append(configuration, assembled.Bindings(string(configuration))...),
		statementTypes:      statements,
		connectionTypes:     connections,
	} {
		if err := os.WriteFile(w.path(name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
