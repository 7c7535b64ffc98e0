package documents

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// sha256Prefix marks an id that is the SHA-256 of its document, in lower-case
// hexadecimal digits.
const sha256Prefix = "sha256:"

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Trusted holds the documents of manifests, parsed and validated. It is immutable; nil
// holds none.
type Trusted struct {
	byID, byHash map[string]*Entry
	parsed       map[string]*ast.QueryDocument // by text
}

// Len returns the number of documents.
func (t *Trusted) Len() int {
	if t == nil {
		return 0
	}
	return len(t.byHash)
}

// text returns the document of an id, or of a SHA-256.
func (t *Trusted) text(id string) (text string, ok bool) {
	if t == nil {
		return "", false
	}
	e := t.byID[id]
	if e == nil {
		e = t.byHash[strings.TrimPrefix(id, sha256Prefix)]
	}
	if e == nil {
		return "", false
	}
	return e.Text, true
}

// contains reports whether a trusted document has this text.
func (t *Trusted) contains(text string) bool { return t != nil && t.parsed[text] != nil }

// Cache returns a cache that finds the trusted documents beside those of another cache.
// They are never parsed or validated again, and never evicted.
func (t *Trusted) Cache(others graphql.Cache[*ast.QueryDocument]) graphql.Cache[*ast.QueryDocument] {
	if t.Len() == 0 {
		return others
	}
	return trustedCache{t, others}
}

type trustedCache struct {
	trusted *Trusted
	others  graphql.Cache[*ast.QueryDocument]
}

// Get implements graphql.Cache.
func (c trustedCache) Get(ctx context.Context, text string) (*ast.QueryDocument, bool) {
	if document := c.trusted.parsed[text]; document != nil {
		return document, true
	}
	return c.others.Get(ctx, text)
}

// Add implements graphql.Cache.
func (c trustedCache) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	c.others.Add(ctx, text, document)
}
