package transport

import (
	"chancery/graph/internal/documents"

	"github.com/99designs/gqlgen/graphql"
)

// SetDocument puts the text of a document or its id into a request, and reports whether
// either is given. A null counts as not given.
func SetDocument(params *graphql.RawParams, query, id *string) bool {
	if id != nil {
		if params.Extensions == nil {
			params.Extensions = map[string]any{}
		}
		params.Extensions[documents.ExtensionKey] = *id
	}
	if query != nil {
		params.Query = *query
	}
	return query != nil || documents.HasReference(params.Extensions)
}
