package transport_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
)

const (
	plain  = "application/json; charset=utf-8"
	proper = "application/graphql-response+json; charset=utf-8"
)

// exchanged is a request and what is wanted of its answer.
type exchanged struct {
	method string   // POST if empty
	query  string   // of the URL
	header []string // content-type: application/json goes with each body unless it says otherwise
	body   string

	status int
	media  string // not looked at if empty
	allow  string
	answer string // the whole of it, or its part if it ends in …
}

// received is an answer that was read to its end.
type received struct {
	StatusCode int
	Header     http.Header
	text       string
}

func (b *served) send(e exchanged) received {
	b.t.Helper()
	if e.method == "" {
		e.method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(b.t.Context(), e.method, b.url+"?"+e.query, strings.NewReader(e.body))
	if err != nil {
		b.t.Fatal(err)
	}
	if e.body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(e.header); i += 2 {
		request.Header.Set(e.header[i], e.header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	return received{answer.StatusCode, answer.Header, read(b.t, answer.Body)}
}

func (b *served) exchange(t *testing.T, e exchanged) {
	t.Helper()
	answer := b.send(e)
	got := string(bare([]byte(answer.text)))
	if answer.StatusCode != e.status {
		t.Errorf("status %d, want %d: %s", answer.StatusCode, e.status, got)
	}
	if media := answer.Header.Get("Content-Type"); e.media != "" && media != e.media {
		t.Errorf("it is %s, want %s", media, e.media)
	}
	if allow := answer.Header.Get("Allow"); allow != e.allow {
		t.Errorf("it allows %q, want %q", allow, e.allow)
	}
	if part, cut := strings.CutSuffix(e.answer, "…"); got != e.answer && !(cut && strings.Contains(got, part)) {
		t.Errorf("answer: %s\nwant %s", got, e.answer)
	}
	if strings.Contains(got, "spill") || e.status >= 400 && strings.Contains(got, `"data"`) {
		t.Errorf("it tells too much: %s", got)
	}
}

const (
	everything = "GET, HEAD, POST, OPTIONS"
	typename   = `{"query": "{ __typename }"}`
	typenameOf = `{"data":{"__typename":"Query"}}`
)

func TestRequestsAreRead(t *testing.T) {
	b := serve(t, graph.Options{}, limited(200), by(access.Principal{Role: access.Admin}))
	for name, e := range map[string]exchanged{
		"a query":               {body: typename, status: 200, media: plain, answer: typenameOf},
		"in UTF-8":              {body: typename, header: []string{"Content-Type", "application/json; charset=UTF-8"}, status: 200, answer: typenameOf},
		"all parameters":        {body: `{"query": "query A { a: __typename } query B($b: Boolean!) { __typename @skip(if: $b) }", "operationName": "B", "variables": {"b": false}, "extensions": {"x": 1}, "more": 1}`, status: 200, answer: typenameOf},
		"nulls":                 {body: `{"query": "{ __typename }", "operationName": null, "variables": null, "extensions": null}`, status: 200, answer: typenameOf},
		"by GET":                {method: "GET", query: "query=%7B__typename%7D&operationName=", status: 200, media: plain, answer: typenameOf},
		"variables by GET":      {method: "GET", query: "query=query($b:Boolean!)%7B__typename%20@skip(if:$b)%7D&variables=%7B%22b%22:false%7D&extensions=%7B%7D", status: 200, answer: typenameOf},
		"by HEAD":               {method: "HEAD", query: "query=%7B__typename%7D", status: 200, media: plain},
		"OPTIONS":               {method: "OPTIONS", status: 204, allow: everything},
		"a mutation":            {body: `{"query": "mutation { __typename }"}`, status: 200, answer: `{"data":{"__typename":"Mutation"}}`},
		"a mutation by GET":     {method: "GET", query: "query=mutation%7B__typename%7D", status: 405, allow: "POST", answer: `"METHOD_NOT_ALLOWED"}}]}…`},
		"a mutation by HEAD":    {method: "HEAD", query: "query=mutation%7B__typename%7D", status: 405, allow: "POST"},
		"a query beside it":     {method: "GET", query: "operationName=B&query=mutation%20A%7B__typename%7Dquery%20B%7B__typename%7D", status: 200, answer: typenameOf},
		"by PUT":                {method: "PUT", body: typename, status: 405, allow: everything, answer: `by GET or POST…`},
		"no query":              {body: `{"qeury": "{ spill }"}`, status: 400, answer: `there is no query…`},
		"no query by GET":       {method: "GET", status: 400, answer: `there is no query…`},
		"a null":                {body: `{"query": null}`, status: 400, answer: `there is no query…`},
		"no string":             {body: `{"query": {"spill": 1}}`, status: 400, answer: `are strings…`},
		"no name":               {body: `{"query": "{ __typename }", "operationName": ["spill"]}`, status: 400, answer: `are strings…`},
		"no object":             {body: `{"query": "{ __typename }", "variables": ["spill"]}`, status: 400, answer: `are objects…`},
		"no extensions":         {body: `{"query": "{ __typename }", "extensions": "spill"}`, status: 400, answer: `are objects…`},
		"no object by GET":      {method: "GET", query: "query=%7B__typename%7D&variables=%5B%22spill%22%5D", status: 400, answer: `variables is no JSON object…`},
		"no JSON by GET":        {method: "GET", query: "query=%7B__typename%7D&extensions=%7Bspill", status: 400, answer: `extensions is no JSON object…`},
		"no escape":             {method: "GET", query: "query=%7B__typename%7D&a=%zz", status: 400, answer: `encoded…`},
		"no UTF-8 by GET":       {method: "GET", query: "query=%7B__typename%7D%ff", status: 400, answer: `UTF-8…`},
		"no JSON":               {body: `spill`, status: 400, answer: `no JSON…`},
		"half of it":            {body: `{"query": "{ spill }"`, status: 400, answer: `no JSON…`},
		"a null for a request":  {body: `null`, status: 400, answer: `no JSON object…`},
		"a string for one":      {body: `"spill"`, status: 400, answer: `no JSON object…`},
		"something behind it":   {body: typename + `{"spill": 1}`, status: 400, answer: `no JSON…`},
		"no UTF-8":              {body: `{"query": "{ __typename } #` + "\xff\"}", status: 400, answer: `UTF-8…`},
		"no body":               {header: []string{"Content-Type", "application/json"}, status: 400, answer: `no JSON…`},
		"no media type":         {body: typename, header: []string{"Content-Type", ""}, status: 415, answer: `application/json…`},
		"a form":                {body: "query=%7B__typename%7D", header: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415, answer: `application/json…`},
		"plain text":            {body: typename, header: []string{"Content-Type", "text/plain"}, status: 415, answer: `application/json…`},
		"in Latin":              {body: typename, header: []string{"Content-Type", "application/json; charset=iso-8859-1"}, status: 415, answer: `UTF-8…`},
		"compressed":            {body: typename, header: []string{"Content-Encoding", "gzip"}, status: 415, answer: `compressed…`},
		"too large":             {body: `{"query": "{ __typename } # ` + strings.Repeat("x", 200) + `"}`, status: 413, answer: `it may have 200 bytes…`},
		"a subscription":        {body: `{"query": "subscription { transactions { number } }"}`, header: []string{"Accept", "application/graphql-response+json"}, status: 400, answer: `text/event-stream…`},
		"one operation of many": {body: `{"query": "query A { __typename } query B { __typename }"}`, header: []string{"Accept", "application/graphql-response+json"}, status: 400, answer: `the document has 2 operations; say in operationName which is meant…`},
	} {
		t.Run(name, func(t *testing.T) { b.exchange(t, e) })
	}
}

// limited cuts bodies off, as the server does.
func limited(most int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return http.MaxBytesHandler(next, most) }
}

// TestABodyOfNoLengthIsBoundedToo sends one in chunks.
func TestABodyOfNoLengthIsBoundedToo(t *testing.T) {
	b := serve(t, graph.Options{}, limited(100))
	answer, err := http.Post(b.url, "application/json", io.MultiReader(strings.NewReader(typename), strings.NewReader(strings.Repeat(" ", 200))))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := read(t, answer.Body); answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d: %s", answer.StatusCode, got)
	}
}

func TestTheMediaTypeIsNegotiated(t *testing.T) {
	b := serve(t, graph.Options{})
	for accept, want := range map[string]string{
		"":                                  plain,
		"*/*":                               plain,
		"application/json":                  plain,
		"application/*":                     plain,
		"application/graphql-response+json": proper,
		"application/graphql-response+json; charset=utf-8, application/json; charset=utf-8": proper,
		"application/json, application/graphql-response+json":                               plain,
		"application/graphql-response+json, application/json":                               proper,
		"application/json;q=0.9, application/graphql-response+json;q=0.8":                   plain,
		"application/json;q=0.8, application/graphql-response+json;q=0.9":                   proper,
		"application/json;q=0, */*":                                                         proper,
		"application/json, text/plain, */*":                                                 plain,
		"application/graphql-response+json, */*":                                            proper,
		"multipart/mixed, application/json;q=0.5":                                           plain,
		"application/graphql-response+json, application/json, text/event-stream":            proper,
		"text/html":                             "",
		"multipart/mixed":                       "",
		"application/json;q=0":                  "",
		"application/json; charset=iso-8859-1":  "",
		"application/json;q=much":               "",
		"application/json; charset=utf-8;q=1.0": plain,
	} {
		t.Run(accept, func(t *testing.T) {
			e := exchanged{body: typename, header: []string{"Accept", accept}, status: 200, media: want, answer: typenameOf}
			if want == "" {
				e.status, e.media, e.answer = 406, plain, "answers are…"
			}
			b.exchange(t, e)
		})
	}
}

// TestTheStatusSaysHowItWent, to who accepts the media type made for that.
func TestTheStatusSaysHowItWent(t *testing.T) {
	b := serve(t, graph.Options{})
	for name, test := range map[string]struct {
		body, answer string
		status       int
	}{
		"data":               {typename, typenameOf, 200},
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
			got := b.send(exchanged{body: test.body, header: header})
			text := got.text
			if part, _ := strings.CutSuffix(test.answer, "…"); got.StatusCode != test.status || got.Header.Get("Content-Type") != proper || !strings.Contains(text, part) {
				t.Errorf("status %d, want %d, as %s: %s", got.StatusCode, test.status, got.Header.Get("Content-Type"), text)
			}
			if test.status == 400 && strings.Contains(text, `"data"`) {
				t.Errorf("there is data: %s", text)
			}
			legacy := b.send(exchanged{body: test.body, header: []string{"Accept", "application/json"}})
			if same := legacy.text; legacy.StatusCode != 200 || same != text {
				t.Errorf("as plain JSON: status %d, %s", legacy.StatusCode, same)
			}
		})
	}
}

func TestBatchesAreAnswered(t *testing.T) {
	b := serve(t, graph.Options{MaxBatch: 3})
	for name, e := range map[string]exchanged{
		"one":            {body: " [" + typename + "]", status: 200, answer: "[" + typenameOf + "]"},
		"three":          {body: "[" + typename + `,{"query": "query A { a: __typename } query B { b: __typename }", "operationName": "B"},` + typename + "]", status: 200, answer: `[` + typenameOf + `,{"data":{"b":"Query"}},` + typenameOf + `]`},
		"one that fails": {body: "[" + typename + `,{"query": "{"}]`, header: []string{"Accept", "application/graphql-response+json"}, status: 200, media: proper, answer: `[` + typenameOf + `,{"errors":…`},
		"none":           {body: "[]", status: 400, answer: "from 1 to 3…"},
		"too many":       {body: "[" + strings.Repeat(typename+",", 3) + typename + "]", status: 400, answer: "this has 4…"},
		"no operation":   {body: "[" + typename + ", 1]", status: 400, answer: "no JSON object…"},
		"a batch within": {body: "[[" + typename + "]]", status: 400, answer: "no JSON object…"},
		"half of it":     {body: "[" + typename, status: 400, answer: "no JSON…"},
		"as events":      {body: "[" + typename + "]", header: []string{"Accept", "text/event-stream"}, status: 400, answer: "at once…"},
	} {
		t.Run(name, func(t *testing.T) { b.exchange(t, e) })
	}
}

func TestLongAnswersAreCompressed(t *testing.T) {
	b := serve(t, graph.Options{})
	const long = "query=%7B__schema%7Btypes%7Bname%7D%7D%7D"
	whole := b.send(exchanged{method: "GET", query: long, header: []string{"Accept-Encoding", "identity"}}).text
	answer := b.send(exchanged{method: "GET", query: long, header: []string{"Accept-Encoding", "gzip"}})
	packed := answer.text
	unpacked, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(unpacked); err != nil || string(text) != whole || len(packed) >= len(whole) {
		t.Errorf("%d bytes, packed from %d: %v", len(packed), len(whole), err)
	}
	if vary := strings.Join(answer.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Encoding") || !strings.HasSuffix(vary, "Accept") {
		t.Errorf("it varies by %q", vary)
	}
	short := b.send(exchanged{body: typename, header: []string{"Accept-Encoding", "gzip"}})
	if got := short.text; short.Header.Get("Content-Encoding") != "" || got != typenameOf {
		t.Errorf("a short one: %s", got)
	}
}
