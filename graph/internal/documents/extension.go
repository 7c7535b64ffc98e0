package documents

import (
	"context"
	"strings"

	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Extension is an extension of gqlgen's executor that replaces the id in a request by
// the document it identifies, before anything else sees the request. It keeps the most
// recently used automatic persisted queries, once they are within the limits and valid.
type Extension struct {
	trusted     *Trusted
	trustedOnly bool
	automatic   *lru.Cache[string, string] // texts by their SHA-256
}

var _ interface {
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*Extension)(nil)

// New returns an extension that keeps up to a positive number of automatic persisted
// queries beside the trusted documents; with trustedOnly it rejects all but these.
func New(trusted *Trusted, trustedOnly bool, automatic int) *Extension {
	kept, err := lru.New[string, string](automatic)
	if err != nil {
		panic(err) // the number is not positive
	}
	return &Extension{trusted, trustedOnly, kept}
}

// newHash is where an operation keeps the SHA-256 of a document that is not stored yet.
const newHash = "documents.newHash"

// ExtensionName implements graphql.HandlerExtension.
func (*Extension) ExtensionName() string { return "PersistedDocuments" }

// Validate implements graphql.HandlerExtension; every schema is valid.
func (*Extension) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters replaces the id in a request by its document,
// and rejects one whose strings are not text.
func (e *Extension) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	id, invalid := idOf(params.Extensions)
	if invalid != nil {
		return invalid
	}
	if id != "" {
		if failure := e.resolve(ctx, id, params); failure != nil {
			return failure
		}
	}
	if e.trustedOnly && !e.trusted.contains(params.Query) {
		return newError(codes.DocumentNotTrusted, "only trusted documents run on this server; send the id or the exact text of one")
	}
	params.Query = e.normal(params.Query)
	return checkEscapes(params.Query)
}

// normal returns a document as it is parsed and cached. Those that are trusted were
// parsed as they are.
func (e *Extension) normal(text string) string {
	if e.trusted.contains(text) {
		return text
	}
	return withLineFeeds(text)
}

// resolve puts the document of an id into the request. A text that came with the id must
// match it, and is to be stored once it is valid.
func (e *Extension) resolve(ctx context.Context, id string, params *graphql.RawParams) *gqlerror.Error {
	text, known := e.trusted.text(id)
	hash := strings.TrimPrefix(id, sha256Prefix)
	if !known && !e.trustedOnly {
		text, known = e.automatic.Get(hash)
	}
	switch {
	case known && (params.Query == "" || params.Query == text):
		params.Query = text
	case known, params.Query != "" && hashOf(params.Query) != hash:
		return newError(codes.BadRequest, "the document does not match its id; an id is the SHA-256 of the text, in lower-case hexadecimal digits")
	case params.Query != "":
		graphql.GetOperationContext(ctx).Stats.SetExtension(newHash, hash)
	case !e.trustedOnly:
		return newError(codes.PersistedQueryNotFound, "PersistedQueryNotFound")
	}
	return nil
}

// Text returns the document of a request, which may be invalid; it is empty if the
// request has an invalid or unknown id.
func (e *Extension) Text(params *graphql.RawParams) string {
	if params.Query != "" {
		return e.normal(params.Query)
	}
	id, invalid := idOf(params.Extensions)
	if invalid != nil {
		return ""
	}
	text, known := e.trusted.text(id)
	if !known {
		text, _ = e.automatic.Peek(strings.TrimPrefix(id, sha256Prefix))
	}
	return text
}

// MutateOperationContext stores an automatic persisted query, since a document that
// comes this far is valid.
func (e *Extension) MutateOperationContext(_ context.Context, o *graphql.OperationContext) *gqlerror.Error {
	if hash, isNew := o.Stats.GetExtension(newHash).(string); isNew && !e.trustedOnly {
		e.automatic.Add(hash, o.RawQuery)
	}
	return nil
}
