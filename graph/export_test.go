package graph

import (
	"net/http"

	"chancery/store"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
)

// NewBareHandler returns gqlgen's own handler and POST transport with only what the
// resolvers need: without limits, charging or timeouts.
func NewBareHandler(s store.Store, options Options) http.Handler {
	options = options.withDefaults()
	schema := newSchema()
	server := handler.New(schema)
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](options.QueryCache))
	addResolvers(server, s, options, schema.Schema())
	return server
}
