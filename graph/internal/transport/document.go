package transport

import (
	"chancery/graph/internal/documents"

	"github.com/99designs/gqlgen/graphql"
)

// name puts the text of a document, or the id that stands for it, into a request;
// false if neither is given. What is null is as good as left out.
func name(params *graphql.RawParams, query, id *string) bool {
	if id != nil {
		if params.Extensions == nil {
			params.Extensions = map[string]any{}
		}
		params.Extensions[documents.ID] = *id
	}
	if query != nil {
		params.Query = *query
	}
	return query != nil || documents.Named(params.Extensions)
}
