package graph_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"chancery/graph"

	"github.com/vektah/gqlparser/v2/ast"
)

// TestLongDocumentsAreNotAllKept adds as many as there may be, from several sides: of
// short ones all are kept, of long ones the last.
func TestLongDocumentsAreNotAllKept(t *testing.T) {
	const most = 100
	for length, kept := range map[int]int{1 << 10: most, 64 << 10: 30} {
		c := graph.NewQueryCache(most)
		text := func(i int) string { return fmt.Sprintf("%0*d", length, i) }
		var sides sync.WaitGroup
		for range 4 {
			sides.Go(func() {
				for i := range most {
					c.Add(t.Context(), text(i), &ast.QueryDocument{})
				}
			})
		}
		sides.Wait()
		for i := range most { // in order
			c.Add(t.Context(), text(i), &ast.QueryDocument{})
		}
		found := 0
		for i := range most {
			if _, is := c.Get(t.Context(), text(i)); is {
				found++
			}
		}
		if _, last := c.Get(t.Context(), text(most-1)); found != kept || !last {
			t.Errorf("of %d with %d bytes %d are kept, want %d; the last: %v", most, length, found, kept, last)
		}
	}
	c := graph.NewQueryCache(1_000)
	for i := range 1_000 { // of two bytes a word
		c.Add(t.Context(), fmt.Sprint(i)+strings.Repeat(" 1", 1_900), &ast.QueryDocument{})
	}
	if _, is := c.Get(t.Context(), "800"+strings.Repeat(" 1", 1_900)); is {
		t.Error("documents of many words are all kept")
	}
	c.Add(t.Context(), strings.Repeat("x", 3<<20), &ast.QueryDocument{})
	c.Add(t.Context(), "x", &ast.QueryDocument{})
	if _, is := c.Get(t.Context(), "x"); !is {
		t.Error("one that is too long takes the place of others")
	}
}
