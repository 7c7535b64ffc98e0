package main

import (
	"path/filepath"
	"testing"

	"chancery/sample"
	"chancery/store/bolt"
)

// openGraph opens an empty graph until the test ends. Cleanups run backwards: the site
// that serves it, made later, stops before.
func openGraph(t *testing.T) *bolt.DB {
	t.Helper()
	kept, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	return kept
}

// openSample opens a graph with the sample in it.
func openSample(t *testing.T) *bolt.DB {
	t.Helper()
	kept := openGraph(t)
	if _, err := sample.Load(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	return kept
}
