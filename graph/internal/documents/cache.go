package documents

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// MaxCachedTokens bounds the tokens of all documents that are kept parsed, or that
// something in a cache refers to. A parsed token takes about half a kilobyte, however
// short it is, so the bound is about a hundred megabytes.
const MaxCachedTokens = 200_000

// Cache keeps the most recently used documents, parsed and validated, up to a number and
// up to MaxCachedTokens. A parsed document takes up to two hundred times the memory of
// its text, so a bound on the number alone would not bound the memory.
type Cache struct {
	documents *lru.Cache[string, *ast.QueryDocument]

	mu     sync.Mutex // held while a document is added
	tokens int
}

var _ graphql.Cache[*ast.QueryDocument] = (*Cache)(nil)

// NewCache returns an empty cache for a positive number of documents.
func NewCache(size int) *Cache {
	c := &Cache{}
	documents, err := lru.NewWithEvict(size, func(text string, _ *ast.QueryDocument) { c.tokens -= TokenCount(text) })
	if err != nil {
		panic(err) // the size is not positive
	}
	c.documents = documents
	return c
}

// Get returns the document of a text, if it is cached.
func (c *Cache) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	return c.documents.Get(text)
}

// Add adds a document and evicts the least recently used ones beyond the bounds.
func (c *Cache) Add(_ context.Context, text string, document *ast.QueryDocument) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.documents.Contains(text) {
		return
	}
	c.tokens += TokenCount(text)
	c.documents.Add(text, document)
	for c.tokens > MaxCachedTokens {
		c.documents.RemoveOldest()
	}
}
