// Command generate makes the generated code of package graph: gqlgen's executor
// from schema.graphqls, the executor made serial, and the resolvers that the
// table of relations implies. It is run by `go generate ./...` in package graph.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate works from the folder of package graph.
func generate() error {
	if err := os.Chdir(".."); err != nil {
		return err
	}
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	// gqlgen leaves files behind when the schema no longer asks for them.
	stale, err := filepath.Glob(filepath.Join(cfg.Exec.DirName, "*.generated.go"))
	if err != nil {
		return err
	}
	for _, file := range stale {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	log.SetOutput(io.Discard) // a line for every resolver; faults are returned
	if err := api.Generate(cfg); err != nil {
		return err
	}
	if err := makeSerial(cfg.Exec.DirName); err != nil {
		return err
	}
	return writeResolvers(filepath.Join(cfg.Exec.DirName, "schema.generated.go"), "graph/resolvers.generated.go")
}
