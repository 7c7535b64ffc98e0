package transport

import (
	"bytes"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// SSE answers with server-sent events, one for each answer: GET for EventSource,
// POST for whoever can set headers. Events of a feed have an id; a client that
// gives it back in Last-Event-ID goes on behind it.
type SSE struct{ Options }

var _ graphql.Transport = SSE{}

// Supports takes requests that would rather have events than anything else.
func (SSE) Supports(r *http.Request) bool {
	_, favoured := favours(r.Header, eventStream)
	return favoured && mayStream(r)
}

// Do answers until the operation or the client ends.
func (t SSE) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	answerStream(w, r, exec, t.Options, serverSent, r.Header.Get("Last-Event-ID"))
}

// serverSent are events as graphql-sse has them. Who cannot be answered any more is
// told so as if it were an answer: there is no other word for it.
var serverSent = framing{
	media: eventStream,
	begin: ":\n\n",
	alive: ":\n\n",
	done:  "event: complete\ndata:\n\n",
	answer: func(answer []byte, at string) string {
		if at != "" {
			at = "id: " + at + "\n"
		}
		return at + "event: next\ndata: " + string(onOneLine(answer)) + "\n\n"
	},
	dismissal: func(errors []byte) string {
		return "event: next\ndata: {\"errors\":" + string(errors) + "}\n\n"
	},
}

// onOneLine takes out what in JSON can only stand between its words.
func onOneLine(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), nil) }
