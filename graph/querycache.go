package graph

import (
	"context"
	"sync"

	"chancery/graph/internal/documents"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// queryCache keeps the documents asked last, parsed and validated: so many, and of no
// more weight than documents.MaxKept. A document takes up to two hundred times its text,
// so without that bound whoever sends long ones, each different, could fill a gigabyte.
type queryCache struct {
	kept *lru.Cache[string, *ast.QueryDocument]

	mu     sync.Mutex // held while a document is added
	weight int
}

var _ graphql.Cache[*ast.QueryDocument] = (*queryCache)(nil)

func newQueryCache(most int) *queryCache {
	c := &queryCache{}
	kept, err := lru.NewWithEvict(most, func(text string, _ *ast.QueryDocument) { c.weight -= documents.Weight(text) })
	if err != nil {
		panic(err) // of a size that is not positive
	}
	c.kept = kept
	return c
}

// Get gives the document of a text.
func (c *queryCache) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	return c.kept.Get(text)
}

// Add keeps a document, and lets those go that were not asked for longest.
func (c *queryCache) Add(_ context.Context, text string, document *ast.QueryDocument) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept.Contains(text) {
		return
	}
	c.weight += documents.Weight(text)
	c.kept.Add(text, document)
	for c.weight > documents.MaxKept {
		c.kept.RemoveOldest()
	}
}
