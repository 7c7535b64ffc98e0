package documents_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"chancery/graph/internal/documents"

	"github.com/vektah/gqlparser/v2/ast"
)

// TestCacheEvictsLongDocuments fills the cache concurrently: it keeps all of a hundred
// short documents, but only the last thirty long ones.
func TestCacheEvictsLongDocuments(t *testing.T) {
	const size = 100
	for length, want := range map[int]int{1 << 10: size, 64 << 10: 30} {
		c := documents.NewCache(size)
		text := func(i int) string { return fmt.Sprintf("%0*d", length, i) }
		addAll := func() {
			for i := range size {
				c.Add(t.Context(), text(i), &ast.QueryDocument{})
			}
		}
		var writers sync.WaitGroup
		for range 4 {
			writers.Go(addAll)
		}
		writers.Wait()
		addAll() // in order
		kept := 0
		for i := range size {
			if contains(t, c, text(i)) {
				kept++
			}
		}
		if kept != want || !contains(t, c, text(size-1)) {
			t.Errorf("%d of %d documents of %d bytes are cached, want %d with the last", kept, size, length, want)
		}
	}
}

func TestCacheEvictsDocumentsOfManyTokens(t *testing.T) {
	c := documents.NewCache(1_000)
	text := func(i int) string { return fmt.Sprint(i) + strings.Repeat(" 1", 1_900) } // two bytes a token
	for i := range 1_000 {
		c.Add(t.Context(), text(i), &ast.QueryDocument{})
	}
	if contains(t, c, text(800)) {
		t.Error("documents with more tokens than allowed are cached")
	}
}

func TestOversizedDocumentDoesNotBlockTheCache(t *testing.T) {
	c := documents.NewCache(1_000)
	c.Add(t.Context(), strings.Repeat("x", 3<<20), &ast.QueryDocument{})
	c.Add(t.Context(), "x", &ast.QueryDocument{})
	if !contains(t, c, "x") {
		t.Error("a short document is not cached after an oversized one")
	}
}

func contains(t *testing.T, c *documents.Cache, text string) bool {
	_, ok := c.Get(t.Context(), text)
	return ok
}
