package transport

import (
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// Rejection is the response to a request without a readable operation. Its reason repeats
// nothing of the request.
type Rejection struct {
	status int
	reason string
}

func badRequest(reason string) *Rejection { return &Rejection{http.StatusBadRequest, reason} }

// ReadOperation reads the one operation of a request, as GraphQL over HTTP specifies.
func ReadOperation(r *http.Request) (*graphql.RawParams, *Rejection) {
	operations, batch, rejection := readOperations(r, 1)
	if rejection != nil {
		return nil, rejection
	}
	if batch {
		return nil, badRequest("batches are not supported on this transport; send one operation")
	}
	return operations[0], nil
}

// readOperations reads the operations of a request: one, or a batch of up to maxBatch.
func readOperations(r *http.Request, maxBatch int) (operations []*graphql.RawParams, batch bool, rejection *Rejection) {
	start := graphql.Now()
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		operations, rejection = readURL(r.URL.RawQuery)
	case http.MethodPost:
		operations, batch, rejection = readBody(r, maxBatch)
	default:
		rejection = &Rejection{http.StatusMethodNotAllowed, "an operation is sent by GET or POST"}
	}
	if rejection != nil {
		return nil, false, rejection
	}
	for _, params := range operations {
		params.Headers = r.Header
		params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	}
	return operations, batch, nil
}

func readURL(query string) ([]*graphql.RawParams, *Rejection) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, badRequest("the URL's query is not correctly encoded")
	}
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	if !utf8.ValidString(params.Query) || !utf8.ValidString(params.OperationName) {
		return nil, badRequest("the query is not in UTF-8")
	}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if decodeText(text, into) != nil {
				return nil, badRequest(name + " is not a JSON object, without repeated names and lone surrogates")
			}
		}
	}
	if !SetDocument(params, optional(values, "query"), optional(values, "documentId")) {
		return nil, badRequest("the request has no query")
	}
	return []*graphql.RawParams{params}, nil
}

func optional(values url.Values, name string) *string {
	if !values.Has(name) {
		return nil
	}
	return new(values.Get(name))
}
