package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/server"

	"github.com/coder/websocket"
)

// besieged is a server of the sample, whose clients are administrators.
type besieged struct {
	url string
	log *transcript
}

func besiege(t *testing.T) besieged {
	t.Helper()
	kept := openSample(t)
	b := besieged{log: new(transcript)}
	log := slog.New(slog.NewTextHandler(b.log, nil))
	s, url := newServer(t, administrators{}, log)
	s.Ready(server.Graph{Handler: graph.NewHandler(kept, graph.Options{Logger: log, Authenticate: administrators{}, Streams: s.Streams()})})
	b.url = url
	return b
}

// administrators accepts every request as an administrator's.
type administrators struct{}

func (administrators) Authenticate(context.Context, string) (access.Principal, error) {
	return access.Principal{Name: "test", Role: access.Admin}, nil
}

func (a administrators) Recheck(ctx context.Context, token string, _ access.Principal) (access.Principal, error) {
	return a.Authenticate(ctx, token)
}

// maxBody is the most bytes that a request may have.
const maxBody = 8 << 20

// times repeats a text, with the number of the repetition for %d.
func times(text string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

// nested puts a value in n pairs of brackets.
func nested(open, value, shut string, n int) string {
	return strings.Repeat(open, n) + value + strings.Repeat(shut, n)
}

// asking returns the body of a request with a query and variables in JSON.
func asking(query, variables string) string {
	text, _ := json.Marshal(query)
	return `{"query":` + string(text) + `,"variables":` + variables + `}`
}

const (
	event  = `query($by: EventBy!) { event(by: $by) { id } }`
	commit = `mutation($input: CommitInput!) { commit(input: $input) { userErrors { path code message } } }`
	filter = `query($where: EventFilter) { events(where: $where, first: 1) { nodes { id } } }`
)

// bad are excessive or malformed requests, with a pattern of their error.
var bad = map[string]struct{ body, want string }{
	"100,000 tokens":          {asking("{ events { nodes { "+times("a%d: id ", 33_333)+"} } }", "null"), `"LIMIT"`},
	"10,000 repeats":          {asking("{ events { nodes { "+times("name ", 10_000)+"} } }", "null"), `"LIMIT"`},
	"500 aliases":             {asking("{ "+times("a%d: __typename ", 500)+"}", "null"), `"LIMIT"`},
	"40 levels":               {asking("{ events { nodes { "+nested("subevents { nodes { ", "id ", "} } ", 19)+"} } }", "null"), `"LIMIT"`},
	"fragments that overlap":  {asking("{ events { nodes { ...F0 } } } "+times("fragment F%d on Event { ...F99 ...F99 } ", 99)+"fragment F99 on Event { "+times("name ", 300)+"}", "null"), `has too many fields: 59700`},
	"fragments that double":   {asking("{ ...D0 } "+doubled(60), "null"), `"LIMIT"`},
	"fragments in a circle":   {asking("{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }", "null"), `GRAPHQL_VALIDATION_FAILED`},
	"braces without end":      {asking(strings.Repeat("{ a ", 100_000), "null"), `"LIMIT"`},
	"deep lists":              {asking(filter, `{"where":`+nested("[", "1", "]", 9_000)+`}`), `where is a list; want EventFilter`},
	"deep objects":            {asking(filter, `{"where":`+nested(`{"name":`, "1", "}", 9_000)+`}`), `where.name has ..name.., and NameFilter has no such field`},
	"deep input":              {asking(commit, `{"input":{"changes":[{"putTopic":`+nested(`{"name":`, "1", "}", 9_000)+`}]}}`), `the variable .input.changes`},
	"deeper than is read":     {asking(filter, `{"where":`+nested("[", "1", "]", 1_000_000)+`}`), `BAD_REQUEST`},
	"4,000,000 values":        {asking(filter, `{"where":[`+strings.Repeat("1,", 4_000_000)+`1]}`), `it may hold 250000`},
	"2,000,000 operations":    {`[` + strings.Repeat("{},", 2_000_000) + `{}]`, `it may hold 250000`},
	"100,000 operations":      {`[` + strings.Repeat("1,", 100_000) + `{}]`, `this has 100001`},
	"100,000 objects":         {asking(filter, `{"where":[`+strings.Repeat("{},", 100_000)+`1]}`), `it may hold 250000`},
	"too large":               {strings.Repeat(" ", maxBody+1), `too large`},
	"broken UTF-8":            {"{\"query\":\"{ __typename } # \xff\xfe\"}", `UTF-8`},
	"UTF-8 cut short":         {"{\"query\":\"{ __typename }\",\"operationName\":\"\xe2\x82\"}", `UTF-8`},
	"half of a surrogate":     {asking(event, `{"by":{"slug":"\ud800"}}`), `lone surrogates`},
	"a nul":                   {asking("{ __typename \x00 }", "null"), `GRAPHQL_PARSE_FAILED`},
	"a number for a query":    {`{"query":1}`, `BAD_REQUEST`},
	"a list for variables":    {asking(event, `[1]`), `BAD_REQUEST`},
	"a list for extensions":   {`{"query":"{ __typename }","extensions":[]}`, `BAD_REQUEST`},
	"a text for an object":    {asking(event, `{"by":"e"}`), `by is ..e..; want EventBy`},
	"an object for a text":    {asking(event, `{"by":{"slug":{"a":1}}}`), `by.slug is an object; want String`},
	"a number without end":    {asking("query($n: Int!) { transaction(number: $n) { number } }", `{"n":1`+strings.Repeat("0", 1_000_000)+`}`), `n is 10{63}; want Int`},
	"an exponent":             {asking("query($n: Int!) { transaction(number: $n) { number } }", `{"n":1e999999999}`), `n is 1e999999999; want Int`},
	"two keys of one":         {asking(event, `{"by":{"slug":"e","id":"x"}}`), `exactly one key`},
	"a null of one":           {asking(event, `{"by":{"slug":null}}`), `exactly one key`},
	"none of one":             {asking(event, `{"by":{}}`), `exactly one key`},
	"two changes in one":      {asking(commit, `{"input":{"changes":[{"putTopic":{"name":"a"},"putSource":null}]}}`), `userErrors":\[\{`},
	"40,000 changes":          {asking(commit, `{"input":{"changes":[`+strings.Repeat("{},", 39_999)+`{}]}}`), `"code":"COST"`},
	"200,000 ids":             {asking("query($i: [ID!]!) { nodes(ids: $i) { id } }", `{"i":[`+strings.Repeat(`"x",`, 200_000)+`"x"]}`), `"code":"COST"`},
	"30,000 names":            {asking(commit, `{"input":{"changes":[{"putTopic":{"names":[`+times(`{"value":"a%d","language":"?"},`, 30_000)+`{"value":"a"}]}}]}}`), `at most 500 are allowed`},
	"3,000 wrong changes":     {asking(commit, `{"input":{"changes":[`+strings.Repeat(`{"putTopic":{"names":[`+times(`{"value":"a%d","language":"?"},`, 8)+`{"value":"a"}]}},`, 3_000)+`{}]}}`), `more problems; correct these first`},
	"a long text to look for": {asking(filter, `{"where":{"name":{"contains":"`+strings.Repeat("a", 4<<20)+`"}}}`), `at most 200 are allowed`},
}

// doubled returns fragments that each spread the next one twice.
func doubled(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "fragment D%d on Query { ...D%d ...D%d } ", i, i+1, i+1)
	}
	return b.String() + fmt.Sprintf("fragment D%d on Query { __typename }", n)
}

// TestBadInputIsRejected sends each over HTTP, as events and over WebSocket: it gets its
// error in bounded time and memory, and the server goes on as before.
func TestBadInputIsRejected(t *testing.T) {
	b := besiege(t)
	for name, test := range bad {
		for way, ask := range map[string]func(*testing.T, string) (answer string, cut bool){"json": b.inJSON, "events": b.asEvents, "socket": b.overSocket} {
			t.Run(name+" by "+way, func(t *testing.T) {
				var answer string
				var cut bool
				took, peak := spent(func() { answer, cut = ask(t, test.body) })
				b.judge(t, answer)
				if !cut && !regexp.MustCompile(test.want).MatchString(answer) {
					t.Errorf("answered %.300s; want %s", answer, test.want)
				}
				const most = 128 << 20        // for 8 MiB at most
				const long = 10 * time.Second // on a machine with other things to do, where races are looked for
				if took > long || peak > most {
					t.Errorf("it took %v and %d bytes", took, peak)
				}
				t.Logf("%v and %d kB for %d kB", took, peak>>10, len(test.body)>>10)
			})
		}
	}
	b.expectHealthy(t)
}

func (b besieged) inJSON(t *testing.T, body string) (answer string, cut bool) {
	t.Helper()
	_, answer = send(t, http.MethodPost, b.url, body, "Content-Type", "application/json")
	return answer, false
}

func (b besieged) asEvents(t *testing.T, body string) (answer string, cut bool) {
	t.Helper()
	_, answer = send(t, http.MethodPost, b.url, body, "Content-Type", "application/json", "Accept", "text/event-stream")
	return answer, strings.HasPrefix(body, "[") // batches are not possible here
}

// overSocket also reports whether the server closed the socket because of the message.
func (b besieged) overSocket(t *testing.T, body string) (answer string, cut bool) {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), b.url, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // Dial leaves none to close
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	conn.SetReadLimit(1 << 20)
	for _, text := range []string{`{"type":"connection_init"}`, `{"type":"subscribe","id":"1","payload":` + body + `}`} {
		if err := conn.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
			return err.Error(), true
		}
	}
	for range 2 {
		_, text, err := conn.Read(t.Context())
		if err != nil {
			return err.Error(), closedFor(t, err)
		}
		answer = string(text)
	}
	return answer, false
}

// closedFor fails unless the socket was closed because of the message.
func closedFor(t *testing.T, err error) bool {
	t.Helper()
	switch websocket.CloseStatus(err) {
	case websocket.StatusMessageTooBig, websocket.StatusInvalidFramePayloadData, 4400:
	default:
		t.Errorf("the socket was closed with %v", err)
	}
	return true
}

// judge fails if a response reveals internals of the server.
func (b besieged) judge(t *testing.T, answer string) {
	t.Helper()
	if regexp.MustCompile(`(?i)internal|panic|goroutine|runtime error|\.go:|gqlgen|bbolt|interface \{\}|map\[`).MatchString(answer) || len(answer) > 200<<10 {
		t.Errorf("it reveals too much: %d bytes, %.300s", len(answer), answer)
	}
}

// spent returns the time that a function takes, and the growth of memory meanwhile, which
// includes the test's own.
func spent(do func()) (time.Duration, uint64) {
	runtime.GC()
	before, most := occupied(), uint64(0)
	done, watched := make(chan bool), make(chan bool)
	go func() {
		defer close(watched)
		for {
			most = max(most, occupied())
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	begun := time.Now()
	do()
	took := time.Since(begun)
	close(done)
	<-watched
	return took, most - min(most, before)
}

// occupied returns the bytes of all objects on the heap, garbage included.
func occupied() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// expectHealthy fails if the server does not answer as before, or has logged warnings.
func (b besieged) expectHealthy(t *testing.T) {
	t.Helper()
	status, text := send(t, http.MethodPost, b.url, `{"query":"{ state(by: {slug: \"azerbaijan\"}) { name } }"}`, "Content-Type", "application/json")
	if status != http.StatusOK || !strings.HasPrefix(text, `{"data":{"state":{"name":"Azerbaijan"}}`) {
		t.Errorf("afterwards: status %d, %s", status, text)
	}
	if log := b.log.String(); regexp.MustCompile(`level=ERROR|level=WARN|panic|goroutine`).MatchString(log) {
		t.Errorf("logged: %.3000s", log)
	}
}
