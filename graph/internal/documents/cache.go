package documents

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Known is a cache that has the trusted documents beside what it keeps of others:
// they are never parsed, weighed or validated again, and never pushed out.
func (t *Trusted) Known(others graphql.Cache[*ast.QueryDocument]) graphql.Cache[*ast.QueryDocument] {
	if t.Len() == 0 {
		return others
	}
	return known{t, others}
}

type known struct {
	trusted *Trusted
	others  graphql.Cache[*ast.QueryDocument]
}

// Get implements graphql.Cache.
func (k known) Get(ctx context.Context, text string) (*ast.QueryDocument, bool) {
	if document := k.trusted.parsed[text]; document != nil {
		return document, true
	}
	return k.others.Get(ctx, text)
}

// Add implements graphql.Cache.
func (k known) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	k.others.Add(ctx, text, document)
}
