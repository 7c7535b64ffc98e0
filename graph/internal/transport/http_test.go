package transport_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
)

const allMethods = "GET, HEAD, POST, OPTIONS"

func TestRequestsAreParsed(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{}, limited(200), graphtest.As(access.Principal{Role: access.Admin}))
	for name, e := range map[string]graphtest.Exchange{
		"a query":               {Body: graphtest.TypenameRequest, Status: 200, Media: graphtest.PlainJSON, Response: graphtest.TypenameResponse},
		"in UTF-8":              {Body: graphtest.TypenameRequest, Header: []string{"Content-Type", "application/json; charset=UTF-8"}, Status: 200, Response: graphtest.TypenameResponse},
		"all parameters":        {Body: `{"query": "query A { a: __typename } query B($b: Boolean!) { __typename @skip(if: $b) }", "operationName": "B", "variables": {"b": false}, "extensions": {"x": 1}, "more": 1}`, Status: 200, Response: graphtest.TypenameResponse},
		"nulls":                 {Body: `{"query": "{ __typename }", "operationName": null, "variables": null, "extensions": null}`, Status: 200, Response: graphtest.TypenameResponse},
		"by GET":                {Method: "GET", Query: "query=%7B__typename%7D&operationName=", Status: 200, Media: graphtest.PlainJSON, Response: graphtest.TypenameResponse},
		"variables by GET":      {Method: "GET", Query: "query=query($b:Boolean!)%7B__typename%20@skip(if:$b)%7D&variables=%7B%22b%22:false%7D&extensions=%7B%7D", Status: 200, Response: graphtest.TypenameResponse},
		"by HEAD":               {Method: "HEAD", Query: "query=%7B__typename%7D", Status: 200, Media: graphtest.PlainJSON},
		"OPTIONS":               {Method: "OPTIONS", Status: 204, Allow: allMethods},
		"a mutation":            {Body: `{"query": "mutation { __typename }"}`, Status: 200, Response: `{"data":{"__typename":"Mutation"}}`},
		"a mutation by GET":     {Method: "GET", Query: "query=mutation%7B__typename%7D", Status: 405, Allow: "POST", Response: `"METHOD_NOT_ALLOWED"}}]}…`},
		"a mutation by HEAD":    {Method: "HEAD", Query: "query=mutation%7B__typename%7D", Status: 405, Allow: "POST"},
		"a query beside it":     {Method: "GET", Query: "operationName=B&query=mutation%20A%7B__typename%7Dquery%20B%7B__typename%7D", Status: 200, Response: graphtest.TypenameResponse},
		"by PUT":                {Method: "PUT", Body: graphtest.TypenameRequest, Status: 405, Allow: allMethods, Response: `by GET or POST…`},
		"no query":              {Body: `{"qeury": "{ spill }"}`, Status: 400, Response: `the request has no query…`},
		"no query by GET":       {Method: "GET", Status: 400, Response: `the request has no query…`},
		"a null":                {Body: `{"query": null}`, Status: 400, Response: `the request has no query…`},
		"no string":             {Body: `{"query": {"spill": 1}}`, Status: 400, Response: `are strings…`},
		"no name":               {Body: `{"query": "{ __typename }", "operationName": ["spill"]}`, Status: 400, Response: `are strings…`},
		"no object":             {Body: `{"query": "{ __typename }", "variables": ["spill"]}`, Status: 400, Response: `are objects…`},
		"no extensions":         {Body: `{"query": "{ __typename }", "extensions": "spill"}`, Status: 400, Response: `are objects…`},
		"no object by GET":      {Method: "GET", Query: "query=%7B__typename%7D&variables=%5B%22spill%22%5D", Status: 400, Response: `variables is not a JSON object…`},
		"no JSON by GET":        {Method: "GET", Query: "query=%7B__typename%7D&extensions=%7Bspill", Status: 400, Response: `extensions is not a JSON object…`},
		"no escape":             {Method: "GET", Query: "query=%7B__typename%7D&a=%zz", Status: 400, Response: `encoded…`},
		"no UTF-8 by GET":       {Method: "GET", Query: "query=%7B__typename%7D%ff", Status: 400, Response: `UTF-8…`},
		"no JSON":               {Body: `spill`, Status: 400, Response: `not a JSON object…`},
		"half of it":            {Body: `{"query": "{ spill }"`, Status: 400, Response: `not a JSON object…`},
		"a null for a request":  {Body: `null`, Status: 400, Response: `not a JSON object…`},
		"a string for one":      {Body: `"spill"`, Status: 400, Response: `not a JSON object…`},
		"something behind it":   {Body: graphtest.TypenameRequest + `{"spill": 1}`, Status: 400, Response: `not a JSON object…`},
		"a repeated name":       {Body: `{"query": "{ spill }", "query": "{ __typename }"}`, Status: 400, Response: `repeated names…`},
		"one inside":            {Body: `{"query": "{ __typename }", "variables": {"a": {"b": 1, "b": 2}}}`, Status: 400, Response: `repeated names…`},
		"one by GET":            {Method: "GET", Query: "query=%7B__typename%7D&variables=%7B%22a%22:1,%22a%22:2%7D", Status: 400, Response: `repeated names…`},
		"more behind by GET":    {Method: "GET", Query: "query=%7B__typename%7D&variables=%7B%7D,%22a%22:1", Status: 400, Response: `variables is not a JSON object…`},
		"another case":          {Body: `{"QUERY": "{ spill }"}`, Status: 400, Response: `the request has no query…`},
		"another case beside":   {Body: `{"query": "{ __typename }", "Query": "{ spill }"}`, Status: 200, Response: graphtest.TypenameResponse},
		"a lone surrogate":      {Body: `{"query": "{ __typename }", "variables": {"a": "\uD83D"}}`, Status: 400, Response: `lone surrogates…`},
		"a surrogate pair":      {Body: `{"query": "{ __typename }", "variables": {"a": "\uD83D\uDE00"}}`, Status: 200, Response: graphtest.TypenameResponse},
		"half a name":           {Body: `{"query": "{ __typename }", "variables": {"\uDE00": 1}}`, Status: 400, Response: `lone surrogates…`},
		"CR LF in a document":   {Body: `{"query": "{\r\n  a: __typename\r\n  nothing\r\n}"}`, Status: 200, Response: `"locations":[{"line":3,"column":3}]…`},
		"half a pair in one":    {Body: `{"query": "{\r\n  nothing(a: \"\\uD83D\")}"}`, Status: 200, Response: `"locations":[{"line":2,"column":15}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}…`},
		"no UTF-8":              {Body: `{"query": "{ __typename } #` + "\xff\"}", Status: 400, Response: `UTF-8…`},
		"no body":               {Header: []string{"Content-Type", "application/json"}, Status: 400, Response: `not a JSON object…`},
		"no media type":         {Body: graphtest.TypenameRequest, Header: []string{"Content-Type", ""}, Status: 415, Response: `application/json…`},
		"a form":                {Body: "query=%7B__typename%7D", Header: []string{"Content-Type", "application/x-www-form-urlencoded"}, Status: 415, Response: `application/json…`},
		"plain text":            {Body: graphtest.TypenameRequest, Header: []string{"Content-Type", "text/plain"}, Status: 415, Response: `application/json…`},
		"in Latin":              {Body: graphtest.TypenameRequest, Header: []string{"Content-Type", "application/json; charset=iso-8859-1"}, Status: 415, Response: `UTF-8…`},
		"compressed":            {Body: graphtest.TypenameRequest, Header: []string{"Content-Encoding", "gzip"}, Status: 415, Response: `compressed…`},
		"too large":             {Body: `{"query": "{ __typename } # ` + strings.Repeat("x", 200) + `"}`, Status: 413, Response: `it may have 200 bytes…`},
		"a subscription":        {Body: `{"query": "subscription { transactions { number } }"}`, Header: []string{"Accept", "application/graphql-response+json"}, Status: 400, Response: `text/event-stream…`},
		"one operation of many": {Body: `{"query": "query A { __typename } query B { __typename }"}`, Header: []string{"Accept", "application/graphql-response+json"}, Status: 400, Response: `the document has 2 operations; name one in operationName…`},
	} {
		t.Run(name, func(t *testing.T) { b.Expect(t, e) })
	}
}

// limited returns a middleware that limits bodies, as the server does.
func limited(most int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return http.MaxBytesHandler(next, most) }
}

func TestCompressedBodyIsRejectedWithTheSupportedCodings(t *testing.T) {
	request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(graphtest.TypenameRequest))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Content-Encoding", "gzip")
	answer := httptest.NewRecorder()
	graphtest.NewHandler(graphtest.OpenSample(t)).ServeHTTP(answer, request)
	if got := answer.Header().Get("Accept-Encoding"); answer.Code != http.StatusUnsupportedMediaType || got != "identity" {
		t.Errorf("status %d, Accept-Encoding %q", answer.Code, got)
	}
}

func TestChunkedBodyIsLimited(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{}, limited(100))
	answer, err := http.Post(b.URL, "application/json", io.MultiReader(strings.NewReader(graphtest.TypenameRequest), strings.NewReader(strings.Repeat(" ", 200))))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := graphtest.ReadAll(t, answer.Body); answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d: %s", answer.StatusCode, got)
	}
}

func TestMediaTypeIsNegotiated(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	for accept, want := range map[string]string{
		"":                                  graphtest.PlainJSON,
		"*/*":                               graphtest.PlainJSON,
		"application/json":                  graphtest.PlainJSON,
		"application/*":                     graphtest.PlainJSON,
		"application/graphql-response+json": graphtest.ResponseJSON,
		"application/graphql-response+json; charset=utf-8, application/json; charset=utf-8": graphtest.ResponseJSON,
		"application/json, application/graphql-response+json":                               graphtest.PlainJSON,
		"application/graphql-response+json, application/json":                               graphtest.ResponseJSON,
		"application/json;q=0.9, application/graphql-response+json;q=0.8":                   graphtest.PlainJSON,
		"application/json;q=0.8, application/graphql-response+json;q=0.9":                   graphtest.ResponseJSON,
		"application/json;q=0, */*":                                                         graphtest.ResponseJSON,
		"application/json, text/plain, */*":                                                 graphtest.PlainJSON,
		"application/graphql-response+json, */*":                                            graphtest.ResponseJSON,
		"multipart/mixed, application/json;q=0.5":                                           graphtest.PlainJSON,
		"application/graphql-response+json, application/json, text/event-stream":            graphtest.ResponseJSON,
		"text/html":                             "",
		"multipart/mixed":                       "",
		"application/json;q=0":                  "",
		"application/json; charset=iso-8859-1":  "",
		"application/json;q=much":               "",
		"application/json; charset=utf-8;q=1.0": graphtest.PlainJSON,
	} {
		t.Run(accept, func(t *testing.T) {
			e := graphtest.Exchange{Body: graphtest.TypenameRequest, Header: []string{"Accept", accept}, Status: 200, Media: want, Response: graphtest.TypenameResponse}
			if want == "" {
				e.Status, e.Media, e.Response = 406, graphtest.PlainJSON, "responses are…"
			}
			b.Expect(t, e)
		})
	}
}

// TestStatusDependsOnTheMediaType: plain JSON has 200 for all of them.
func TestStatusDependsOnTheMediaType(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	for name, test := range map[string]struct {
		body, answer string
		status       int
	}{
		"data":               {graphtest.TypenameRequest, graphtest.TypenameResponse, 200},
		"partial data":       {`{"query": "{ __typename transaction(number: 1) { changes(first: -1) { nodes { __typename } } } }"}`, `"data":{"__typename":"Query","transaction":null}…`, 294},
		"no data in the end": {`{"query": "{ events(first: -1) { totalCount } }"}`, `"data":null}…`, 294},
		"no document":        {`{"query": "{"}`, `GRAPHQL_PARSE_FAILED…`, 400},
		"no field":           {`{"query": "{ nothing }"}`, `GRAPHQL_VALIDATION_FAILED…`, 400},
		"no operation":       {`{"query": ""}`, `no operation…`, 400},
		"a wrong variable":   {`{"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {}}`, `the variable $id is missing; want ID!…`, 400},
		"beyond a limit":     {`{"query": "{ ` + strings.Repeat("__typename ", 51) + `}"}`, `LIMIT…`, 400},
	} {
		t.Run(name, func(t *testing.T) {
			header := []string{"Accept", "application/graphql-response+json"}
			got := b.Send(graphtest.Exchange{Body: test.body, Header: header})
			text := got.Text
			if part, _ := strings.CutSuffix(test.answer, "…"); got.StatusCode != test.status || got.Header.Get("Content-Type") != graphtest.ResponseJSON || !strings.Contains(text, part) {
				t.Errorf("status %d, want %d, as %s: %s", got.StatusCode, test.status, got.Header.Get("Content-Type"), text)
			}
			if test.status == 400 && strings.Contains(text, `"data"`) {
				t.Errorf("the response has data: %s", text)
			}
			legacy := b.Send(graphtest.Exchange{Body: test.body, Header: []string{"Accept", "application/json"}})
			if same := legacy.Text; legacy.StatusCode != 200 || same != text {
				t.Errorf("as plain JSON: status %d, %s", legacy.StatusCode, same)
			}
		})
	}
}

func TestBatchesAreAnswered(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{MaxBatch: 3})
	for name, e := range map[string]graphtest.Exchange{
		"one":            {Body: " [" + graphtest.TypenameRequest + "]", Status: 200, Response: "[" + graphtest.TypenameResponse + "]"},
		"three":          {Body: "[" + graphtest.TypenameRequest + `,{"query": "query A { a: __typename } query B { b: __typename }", "operationName": "B"},` + graphtest.TypenameRequest + "]", Status: 200, Response: `[` + graphtest.TypenameResponse + `,{"data":{"b":"Query"}},` + graphtest.TypenameResponse + `]`},
		"one that fails": {Body: "[" + graphtest.TypenameRequest + `,{"query": "{"}]`, Header: []string{"Accept", "application/graphql-response+json"}, Status: 200, Media: graphtest.ResponseJSON, Response: `[` + graphtest.TypenameResponse + `,{"errors":…`},
		"none":           {Body: "[]", Status: 400, Response: "from 1 to 3…"},
		"too many":       {Body: "[" + strings.Repeat(graphtest.TypenameRequest+",", 3) + graphtest.TypenameRequest + "]", Status: 400, Response: "this has 4…"},
		"no operation":   {Body: "[" + graphtest.TypenameRequest + ", 1]", Status: 400, Response: "not a JSON object…"},
		"a batch within": {Body: "[[" + graphtest.TypenameRequest + "]]", Status: 400, Response: "not a JSON object…"},
		"half of it":     {Body: "[" + graphtest.TypenameRequest, Status: 400, Response: "not valid JSON…"},
		"as events":      {Body: "[" + graphtest.TypenameRequest + "]", Header: []string{"Accept", "text/event-stream"}, Status: 400, Response: "batches are not…"},
	} {
		t.Run(name, func(t *testing.T) { b.Expect(t, e) })
	}
}

func TestLongResponsesAreCompressed(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	const long = "query=%7B__schema%7Btypes%7Bname%7D%7D%7D"
	whole := b.Send(graphtest.Exchange{Method: "GET", Query: long, Header: []string{"Accept-Encoding", "identity"}}).Text
	answer := b.Send(graphtest.Exchange{Method: "GET", Query: long, Header: []string{"Accept-Encoding", "gzip"}})
	packed := answer.Text
	unpacked, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(unpacked); err != nil || string(text) != whole || len(packed) >= len(whole) {
		t.Errorf("%d bytes, compressed from %d: %v", len(packed), len(whole), err)
	}
	if vary := strings.Join(answer.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Encoding") || !strings.Contains(vary, "Authorization, Accept") {
		t.Errorf("Vary is %q", vary)
	}
	short := b.Send(graphtest.Exchange{Body: graphtest.TypenameRequest, Header: []string{"Accept-Encoding", "gzip"}})
	if got := short.Text; short.Header.Get("Content-Encoding") != "" || got != graphtest.TypenameResponse {
		t.Errorf("a short response: %s", got)
	}
}
