package transport

import (
	"context"
	"net/http"
	"strings"

	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/ast"
)

// HTTP answers each operation with one response, as GraphQL over HTTP specifies: queries
// by GET, HEAD or POST, mutations by POST. A JSON array of operations is answered with an
// array of responses.
type HTTP struct {
	Options
	compressed func(http.Handler) http.HandlerFunc
}

var _ graphql.Transport = HTTP{}

// NewHTTP returns the transport. Responses over a kilobyte are compressed for clients
// that accept gzip.
func NewHTTP(options Options) HTTP {
	compressed, err := gzhttp.NewWrapper(gzhttp.MinSize(1<<10), gzhttp.EnableZstd(false),
		gzhttp.ContentTypes([]string{PlainJSON, responseJSON}))
	if err != nil {
		panic(err) // the options are constants
	}
	return HTTP{options, compressed}
}

// Supports accepts every request; the transport is added last.
func (HTTP) Supports(*http.Request) bool { return true }

// Do answers the request.
func (t HTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	quota := t.Capacity.Buffered.For(t.ClientKey(r.Context()))
	body := quota.Reader(r.Body)
	defer body.Release()
	r.Body = body
	w.Header().Add("Vary", "Authorization, Accept")
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", allowedMethods)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	media := mediaFor(r.Header)
	if media == "" {
		reject(w, PlainJSON, &Rejection{http.StatusNotAcceptable, "responses are " + responseJSON + " or " + PlainJSON + ", in UTF-8"})
		return
	}
	operations, batch, rejection := readOperations(r, t.MaxBatch)
	if rejection != nil {
		reject(w, media, rejection)
		return
	}
	if !batch && t.subscribe(w, r, exec, operations[0], body) {
		return
	}
	t.compressed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.respond(w, r, exec, operations, batch, media, body)
	})).ServeHTTP(w, r)
}

// subscribe streams the responses to a subscription if the client accepts a stream, though
// it prefers one response: that is what it prefers for its other operations.
func (t HTTP) subscribe(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams, body *capacity.Reader) bool {
	if params.Query != "" && !strings.Contains(params.Query, string(ast.Subscription)) {
		return false // saves validating it twice
	}
	stream := t.StreamFor(r)
	if stream == nil {
		return false
	}
	operation, errs := t.validate(r.Context(), exec, params)
	if errs != nil || operation.Operation.Operation != ast.Subscription {
		return false // executing it reports the errors
	}
	size := body.Reserved()
	body.Release() // streams are counted separately
	stream(w, r, exec, params, size)
	return true
}

// respond executes operations and writes their responses.
func (t HTTP) respond(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, operations []*graphql.RawParams, batch bool, media string, body *capacity.Reader) {
	buffer := NewResponseBuffer(t.Capacity.Buffered.For(t.ClientKey(r.Context())), body.Reserved())
	defer buffer.Release()
	conditional := newConditional(r, media)
	responses := t.executeAll(withConditional(r.Context(), conditional), exec, operations, r.Method, buffer)
	switch {
	case responses == nil: // the client is gone
	case batch:
		writeBatch(w, media, responses)
	default:
		write(w, media, responses[0], conditional)
	}
}

// executeAll executes operations one after another; it returns nil if the client goes
// away meanwhile.
func (t HTTP) executeAll(ctx context.Context, exec graphql.GraphExecutor, operations []*graphql.RawParams, method string, buffer *ResponseBuffer) []*graphql.Response {
	responses := make([]*graphql.Response, len(operations))
	for i, params := range operations {
		t.Execute(ctx, exec, params, method, func(response *graphql.Response, isMutation bool) bool {
			responses[i], _ = buffer.Add(response, isMutation)
			return true
		})
		if responses[i] == nil {
			return nil
		}
	}
	return responses
}
