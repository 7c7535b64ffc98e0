package streaming

import (
	"net/http"

	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
)

// multipartMixed is the media type of multipart responses.
const multipartMixed = "multipart/mixed"

// subscriptionSpec is the version of the protocol.
const subscriptionSpec = "1.0"

// Multipart sends each response as a part of a multipart response, in the subscription
// protocol of Apollo's clients and routers.
type Multipart struct{ transport.Options }

var _ graphql.Transport = Multipart{}

// Supports accepts requests that prefer multipart responses with the protocol's
// parameter. Multipart without it has other uses, and is not supported.
func (Multipart) Supports(r *http.Request) bool {
	parameters, preferred := transport.Prefers(r.Header, multipartMixed)
	return preferred && parameters["subscriptionspec"] == subscriptionSpec && maySendStream(r)
}

// Do sends responses until the operation ends or the client disconnects.
func (t Multipart) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	serveStream(w, r, exec, t.Options, multipartFormat, "")
}

// multipartFormat writes the delimiter after each part, as Apollo's router does, since
// clients consider a part complete only when they have read it.
var multipartFormat = format{
	media:     multipartMixed + `;boundary="graphql";subscriptionSpec="1.0"`,
	start:     delimiter,
	keepAlive: part("{}"),
	end:       "--\r\n",
	response: func(response []byte, _ string) string {
		return part(`{"payload":` + string(response) + `}`)
	},
	streamErrors: func(errors []byte) string {
		return part(`{"payload":null,"errors":` + string(errors) + `}`)
	},
}

const delimiter = "\r\n--graphql"

func part(text string) string {
	return "\r\nContent-Type: application/json\r\n\r\n" + text + delimiter
}
