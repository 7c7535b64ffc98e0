package documents

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Cache is one that has the trusted documents beside what it keeps of others:
// they are never parsed, weighed or validated again, and never pushed out.
func (t *Trusted) Cache(others graphql.Cache[*ast.QueryDocument]) graphql.Cache[*ast.QueryDocument] {
	if t.Len() == 0 {
		return others
	}
	return cache{t, others}
}

type cache struct {
	trusted *Trusted
	others  graphql.Cache[*ast.QueryDocument]
}

// Get implements graphql.Cache.
func (c cache) Get(ctx context.Context, text string) (*ast.QueryDocument, bool) {
	if document := c.trusted.parsed[text]; document != nil {
		return document, true
	}
	return c.others.Get(ctx, text)
}

// Add implements graphql.Cache.
func (c cache) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	c.others.Add(ctx, text, document)
}
