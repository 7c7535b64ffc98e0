package streaming

import (
	"bytes"
	"net/http"

	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
)

// eventStreamMedia is the media type of server-sent events.
const eventStreamMedia = "text/event-stream"

// SSE sends each response as a server-sent event: by GET for EventSource, by POST for
// clients that can set headers. Events of a feed have an id; clients that send it as
// Last-Event-ID resume after it.
type SSE struct{ transport.Options }

var _ graphql.Transport = SSE{}

// Supports accepts requests that prefer server-sent events.
func (SSE) Supports(r *http.Request) bool {
	_, preferred := transport.Prefers(r.Header, eventStreamMedia)
	return preferred && maySendStream(r)
}

// Do sends responses until the operation ends or the client disconnects.
func (t SSE) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	serveStream(w, r, exec, t.Options, sseFormat, r.Header.Get("Last-Event-ID"))
}

// sseFormat is the format of graphql-sse. Errors of the stream itself are sent like responses,
// since the protocol has no other message for them.
var sseFormat = format{
	media:     eventStreamMedia,
	start:     ":\n\n",
	keepAlive: ":\n\n",
	end:       "event: complete\ndata:\n\n",
	response: func(response []byte, position string) string {
		id := ""
		if position != "" {
			id = "id: " + position + "\n"
		}
		return id + "event: next\ndata: " + string(withoutNewlines(response)) + "\n\n"
	},
	streamErrors: func(errors []byte) string {
		return "event: next\ndata: {\"errors\":" + string(errors) + "}\n\n"
	},
}

// withoutNewlines removes newlines, which in JSON only occur between tokens.
func withoutNewlines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), nil) }
