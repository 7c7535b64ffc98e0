package transport

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// Multipart answers with a part for each answer, in Apollo's protocol for
// subscriptions: their clients and routers ask for it.
type Multipart struct{ Options }

var _ graphql.Transport = Multipart{}

// Supports takes requests that would rather have such parts than anything else.
// Parts without the protocol's name are for other ends, and are not made here.
func (Multipart) Supports(r *http.Request) bool {
	parameters, favoured := favours(r.Header, multipart)
	return favoured && parameters["subscriptionspec"] == "1.0" && mayStream(r)
}

// Do answers until the operation or the client ends.
func (t Multipart) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	answerStream(w, r, exec, t.Options, parts, "")
}

// parts have their delimiter behind them, as Apollo's router writes it, since clients
// take a part for whole only when they have read that.
var parts = framing{
	media: multipart + `;boundary="graphql";subscriptionSpec="1.0"`,
	begin: delimiter,
	alive: part("{}"),
	done:  "--\r\n",
	answer: func(answer []byte, _ string) string {
		return part(`{"payload":` + string(answer) + `}`)
	},
	dismissal: func(errors []byte) string {
		return part(`{"payload":null,"errors":` + string(errors) + `}`)
	},
}

const delimiter = "\r\n--graphql"

func part(text string) string {
	return "\r\nContent-Type: application/json\r\n\r\n" + text + delimiter
}
