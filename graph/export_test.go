package graph

import (
	"net/http"

	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
)

// NewBareHandler answers as gqlgen does where nothing is added but what the resolvers
// cannot do without: no transport, limit or clock of ours.
func NewBareHandler(s store.Store, options Options) http.Handler {
	options = options.withDefaults()
	schema := newSchema()
	server := handler.New(schema)
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](options.QueryCache))
	server.AroundOperations(operations(s, options, newRepeats(s, schema.Schema())))
	presenter := presenter{options.Logger}
	server.SetErrorPresenter(presenter.present)
	server.SetRecoverFunc(presenter.recovered)
	return server
}

// Defaults are the limits of a document by default.
var Defaults = Limits{}.withDefaults()

// NewQueryCache keeps so many documents.
func NewQueryCache(most int) graphql.Cache[*ast.QueryDocument] { return newQueryCache(most) }
