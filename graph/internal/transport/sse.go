package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// SSE answers with server-sent events, one for each answer: GET for EventSource,
// POST for whoever can set headers. Events of a feed have an id; a client that
// gives it back in Last-Event-ID goes on behind it.
type SSE struct{ Options }

var _ graphql.Transport = SSE{}

// Supports takes requests that would rather have events than anything else.
func (SSE) Supports(r *http.Request) bool {
	return r.Header.Get("Upgrade") == "" && r.Method != http.MethodHead && prefersEvents(r.Header)
}

// Do answers until the operation or the client ends.
func (t SSE) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	params, refused := readParams(r)
	if refused != nil {
		if refused.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, POST")
		}
		http.Error(w, refused.reason, refused.status)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(t.Serving, cancel)()
	at := &place{last: r.Header.Get("Last-Event-ID")}
	asker := askerOf(t.Authenticate, r)
	stream := newEvents(ctx, cancel, w, t.Options, asker)
	defer stream.end()
	answer(withPlace(asker.context(ctx), at), exec, params, r.Method, func(response *graphql.Response) {
		stream.next(at.now, response)
	})
	if ctx.Err() == nil {
		stream.complete()
	}
}

// answer gives all answers, those to a request that is refused among them.
func answer(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams, method string, give func(*graphql.Response)) {
	operation, errs := exec.CreateOperationContext(ctx, params)
	if errs == nil && (method == http.MethodGet || method == http.MethodHead) && operation.Operation.Operation == ast.Mutation {
		errs = gqlerror.List{{Message: "a mutation is sent by POST", Extensions: map[string]any{"code": codeMethod}}}
	}
	if errs != nil {
		give(exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs))
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	for response := responses(ctx); response != nil; response = responses(ctx) {
		give(response)
	}
}

// next sends an answer as an event.
func (e *events) next(id string, response *graphql.Response) {
	data, err := json.Marshal(response) // on one line
	if err != nil {
		e.cancel()
		return
	}
	if id != "" {
		id = "id: " + id + "\n"
	}
	e.send(fmt.Sprintf("%sevent: next\ndata: %s\n\n", id, data))
}
