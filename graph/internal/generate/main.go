// Command generate makes the generated code of package graph: gqlgen's executor
// from schema.graphqls, the executor made serial, and the resolvers that the
// table of relations implies. It is run by `go generate ./...` in package graph.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// The folder of the executor, as gqlgen.yml has it, seen from package graph.
const executor = "internal/generated"

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate() error {
	if err := removeStale(); err != nil {
		return err
	}
	if err := runGqlgen(); err != nil {
		return err
	}
	if err := dropInputResolvers(executor); err != nil {
		return err
	}
	if err := answerRouters(executor); err != nil {
		return err
	}
	if err := makeSerial(executor); err != nil {
		return err
	}
	if err := shortenFields(executor); err != nil {
		return err
	}
	if err := writeResolvers(filepath.Join(executor, "schema.generated.go"), "resolvers.generated.go"); err != nil {
		return err
	}
	return compile()
}

// removeStale clears the folder: gqlgen leaves files behind when the schema no
// longer asks for them.
func removeStale() error {
	stale, err := filepath.Glob(filepath.Join(executor, "*.generated.go"))
	if err != nil {
		return err
	}
	for _, file := range stale {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// runGqlgen keeps gqlgen's log, a line for every resolver, for when it fails.
func runGqlgen() error { return run("tool", "gqlgen", "generate") }

// compile is what gqlgen would do itself, if all that it writes did compile before
// it is edited.
func compile() error { return run("build", "./graph/internal/generated") }

func run(arguments ...string) error {
	command := exec.Command("go", arguments...)
	command.Dir = ".."
	if log, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, log)
	}
	return nil
}
