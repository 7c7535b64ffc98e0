package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// charged is what an answer says of its cost.
type charged struct {
	Errors []struct {
		Message    string
		Extensions struct {
			Code       string
			RetryAfter int
		}
	}
	Data       json.RawMessage
	Extensions struct{ Cost *costs }
}

type costs struct {
	Asked, Spent int64
	Left, Refill *int64
}

// send posts a body as somebody, from an address, and reads the answer into one or
// more.
func send(t *testing.T, h http.Handler, body string, into any, as access.Principal, from string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewBufferString(body))
	r.Header.Set("Content-Type", "application/json")
	ctx := access.With(access.WithCaller(r.Context(), access.Caller{Remote: from}), as)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(ctx))
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return w
}

const here = "203.0.113.7:1000"

func anonymously(t *testing.T, h http.Handler, query string) (charged, *httptest.ResponseRecorder) {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"query": query})
	var c charged
	w := send(t, h, string(body), &c, access.Anonymous, here)
	return c, w
}

// TestAnswersTellTheirCost asks for ten of which there are three.
func TestAnswersTellTheirCost(t *testing.T) {
	s := openStore(t)
	writeWide(t, s, 3)
	h := graph.NewHandler(s, graph.Options{Now: clock, Logger: faults, TellCost: true})
	got, _ := anonymously(t, h, `{ events(first: 10) { nodes { name participants(first: 5) { nodes { name } } } } }`)
	if c := got.Extensions.Cost; c == nil || c.Asked != 1+10*(1+1+5) || c.Spent <= 1+3*2 || c.Spent > 1+3*(1+1+5) || c.Left != nil || c.Refill != nil {
		t.Errorf("%+v", c)
	}
	quiet, _ := anonymously(t, newHandler(s), `{ events { nodes { name } } }`)
	if quiet.Extensions.Cost != nil {
		t.Errorf("nobody asked, and it says %+v", quiet.Extensions.Cost)
	}
}

// TestWhatCostsTooMuchIsNotRun asks at the limit and one beyond it.
func TestWhatCostsTooMuchIsNotRun(t *testing.T) {
	counted := &counter{Store: openStore(t)}
	h := graph.NewHandler(counted, graph.Options{Now: clock, Limits: graph.Limits{Cost: 51}, TellCost: true})
	if got, w := anonymously(t, h, `{ events(first: 50) { nodes { name } } }`); len(got.Errors) > 0 || w.Code != http.StatusOK {
		t.Errorf("at the limit: %d %s", w.Code, w.Body)
	}
	calls := len(counted.calls)
	got, w := anonymously(t, h, `{ events(first: 51) { nodes { name } } }`)
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" || got.Data != nil || got.Extensions.Cost.Asked != 52 || w.Header().Get("Retry-After") != "" {
		t.Errorf("beyond it: %s", w.Body)
	}
	if len(counted.calls) != calls {
		t.Error("and yet the store was asked")
	}
	var batch []charged
	send(t, h, `[{"query": "{ events(first: 51) { nodes { name } } }"}, {"query": "{ __typename }"}]`, &batch, access.Anonymous, here)
	if len(batch) != 2 || len(batch[0].Errors) != 1 || len(batch[1].Errors) != 0 {
		t.Errorf("in a batch: %+v", batch)
	}
}

// TestPagesAreNotTooLong asks for one at the limit and one beyond it, wherever that
// stands: nothing of the operation is run then, not even what it was to write.
func TestPagesAreNotTooLong(t *testing.T) {
	counted := &counter{Store: openStore(t)}
	h := as(curator, graph.NewHandler(counted, graph.Options{Now: clock, Logger: faults, TellCost: true}))
	for _, query := range []string{
		"query($n: Int) { people { totalCount } events(last: $n) { totalCount } }",
		"{ people { totalCount } events(first: %d) { totalCount } }",
		"query($n: Int) { people { totalCount } ...F } fragment F on Query { events { nodes { participants(last: $n) { totalCount } } } }",
		`mutation { commit(input: {changes: {putTopic: {name: "x"}}, unsourced: true}) { transaction { changes(last: %d) { nodes { recordId } } } } }`,
		`mutation($n: Int) { commit(input: {changes: {putTopic: {name: "y"}}, unsourced: true}) { transaction { changes(first: $n) { nodes { recordId } } } } }`,
	} {
		for _, n := range []int{501, 500} {
			calls := len(counted.calls)
			before, _ := counted.Committed()
			data, errors := refusals(t, h, strings.ReplaceAll(query, "%d", strconv.Itoa(n)), map[string]any{"n": n})
			after, _ := counted.Committed()
			ran := len(counted.calls) > calls || after > before
			if n == 500 && (!ran || len(errors) > 0 || data == nil) {
				t.Errorf("%s at the limit: ran %v, %s, %v", query, ran, data, errors)
			}
			if n > 500 && (ran || data != nil || len(errors) != 1 || !strings.HasSuffix(errors[0].Message, "t is 501; want 0 to 500") || errors[0].Extensions.Code != "BAD_USER_INPUT") {
				t.Errorf("%s beyond it: ran %v, %s, %v", query, ran, data, errors)
			}
		}
	}
}

// TestIntrospectionIsPaid by how much of the schema is told how often: the tools' query
// costs next to what it always does, and what would answer with 90 MB is refused.
func TestIntrospectionIsPaid(t *testing.T) {
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, TellCost: true})
	if got, w := anonymously(t, h, introspection.Query); len(got.Errors) > 0 || got.Extensions.Cost.Asked > 10_000 || got.Extensions.Cost.Spent < 5_000 {
		t.Errorf("all of it: %+v, status %d", got.Extensions.Cost, w.Code)
	}
	bomb := "{ __schema { types { fields { type { ...F ofType { ...F ofType { ofType { ...F } } } } } } } } fragment F on __Type { " + repeat("a%d: fields { description name } ", 33) + "}"
	if got, w := anonymously(t, h, bomb); len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" {
		t.Errorf("a bomb: %.300s", w.Body)
	}
}

// TestReadingIsPaid: a document that keeps the validator busy costs what that does,
// valid or not, but only when it is new.
func TestReadingIsPaid(t *testing.T) {
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, TellCost: true, Budget: graph.Budget{Size: 100_000}})
	busy := func(id string) string { return "{ events { nodes { " + id + " " + repeat("name ", 1_498) + "} } }" }
	for range 3 {
		if got, w := anonymously(t, h, busy("id")); got.Extensions.Cost == nil || *got.Extensions.Cost.Left > 50_000 {
			t.Fatalf("it left %.300s", w.Body)
		}
	}
	got, w := anonymously(t, h, busy("a: id"))
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "THROTTLED" || got.Errors[0].Extensions.RetryAfter < 1 || w.Code != http.StatusTooManyRequests {
		t.Errorf("another: %.300s", w.Body)
	}
	if got, w := anonymously(t, h, `{ events { nodes { name } } }`); len(got.Errors) > 0 {
		t.Errorf("a short one: %s", w.Body)
	}
}

// TestABudgetIsSpent takes what is asked, gives back what was not spent, refuses who
// has too little left, and forgives with time.
func TestABudgetIsSpent(t *testing.T) {
	s, now := openStore(t), noon
	h := graph.NewHandler(s, graph.Options{Now: func() time.Time { return now }, TellCost: true, Budget: graph.Budget{Size: 100, Refill: 10}})
	const query = `{ events(first: 89) { nodes { name } } }` // asks 90, spends 1: there are none
	expectLeft := func(got charged, spent, left int64) {
		t.Helper()
		c := got.Extensions.Cost
		if c == nil || c.Spent != spent || c.Left == nil || *c.Left != left || c.Refill == nil || *c.Refill != 10 {
			t.Errorf("%+v; want %d spent, %d left", got, spent, left)
		}
	}
	for i := range int64(10) {
		got, _ := anonymously(t, h, query)
		expectLeft(got, 1, 99-i)
	}
	expectLeft(first(anonymously(t, h, query)), 1, 89)
	refused, w := anonymously(t, h, query)
	expectLeft(refused, 0, 89)
	if len(refused.Errors) != 1 || refused.Errors[0].Extensions.Code != "THROTTLED" || refused.Errors[0].Extensions.RetryAfter != 1 {
		t.Errorf("%s", w.Body)
	}
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	now = now.Add(100 * time.Millisecond)
	expectLeft(first(anonymously(t, h, query)), 1, 89)
}

// TestWhatIsLeftIsNotKeptForOthers: a cache may give an answer to GET to anybody.
func TestWhatIsLeftIsNotKeptForOthers(t *testing.T) {
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, TellCost: true, Budget: graph.Budget{Size: 100}})
	r := httptest.NewRequest(http.MethodGet, "/graphql?query={events{totalCount}}", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(access.With(r.Context(), access.Anonymous)))
	if text := w.Body.String(); w.Header().Get("ETag") == "" || !strings.Contains(text, `"spent":`) || strings.Contains(text, `"left"`) {
		t.Errorf("%v: %s", w.Header(), text)
	}
}

func first(c charged, _ *httptest.ResponseRecorder) charged { return c }

// TestABatchTurnedAway says so in its status only if all of it was.
func TestABatchTurnedAway(t *testing.T) {
	const dear, free = `{"query": "{ __type(name: \"Event\") { name } }"}`, `{"query": "{ __typename }"}`
	for _, body := range []string{"[" + dear + "]", "[" + dear + "," + dear + "]", "[" + dear + "," + free + "]"} {
		h := graph.NewHandler(openStore(t), graph.Options{Now: clock, Budget: graph.Budget{Size: 100}})
		var batch []charged
		// There is enough for the first of it, and then for none.
		if w := send(t, h, body, &batch, access.Anonymous, here); w.Code != http.StatusOK || w.Header().Get("Retry-After") != "" {
			t.Errorf("%s: status %d, Retry-After %q", body, w.Code, w.Header().Get("Retry-After"))
		}
		w := send(t, h, body, &batch, access.Anonymous, here)
		some := strings.Contains(body, free)
		if turnedAway := w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "10"; turnedAway == some {
			t.Errorf("%s again: status %d, Retry-After %q", body, w.Code, w.Header().Get("Retry-After"))
		}
	}
}

// TestWhoSpends: a budget is that of a client, wherever he comes from if he is known.
func TestWhoSpends(t *testing.T) {
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, Budget: graph.Budget{Size: 100}})
	aigul := access.Principal{Name: "Aigul", ID: "1", Role: access.Reader}
	spend := func(as access.Principal, from string) int {
		t.Helper()
		var c charged
		return send(t, h, `{"query": "{ __type(name: \"Event\") { name } }"}`, &c, as, from).Code // which costs 100
	}
	for i, test := range []struct {
		as   access.Principal
		from string
		want int
	}{
		{access.Anonymous, here, 200},
		{access.Anonymous, "203.0.113.7:2222", 429},
		{access.Anonymous, "203.0.113.8:2222", 200},
		{aigul, here, 200},
		{aigul, "198.51.100.1:1", 429},
		{access.Principal{Name: "Bakyt", ID: "2", Role: access.Reader}, here, 200},
	} {
		if got := spend(test.as, test.from); got != test.want {
			t.Errorf("%d: %s from %s: status %d; want %d", i, test.as.Name, test.from, got, test.want)
		}
	}
}

// TestNobodyMaySaveUpForMore: what costs more than a budget holds is refused for good.
func TestNobodyMaySaveUpForMore(t *testing.T) {
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, Budget: graph.Budget{Size: 20}})
	got, w := anonymously(t, h, `{ events { nodes { name } } }`)
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" {
		t.Errorf("status %s: %s", strconv.Itoa(w.Code), w.Body)
	}
}

// TestSpentIsWithinWhatWasAsked, of all that the golden files and examples ask.
func TestSpentIsWithinWhatWasAsked(t *testing.T) {
	h := graph.NewHandler(openSample(t), graph.Options{Now: clock, Logger: faults, TellCost: true})
	for name, query := range sampleQueries(t) {
		got, w := anonymously(t, h, query)
		c := got.Extensions.Cost
		if c == nil || len(got.Errors) > 0 || c.Spent > c.Asked || c.Spent < 1 {
			t.Errorf("%s: %+v\n%.300s", name, c, w.Body)
		}
	}
}

// TestTheGreatestCommitMayBeMade: no cost stands in the way of as many sourced changes
// as a commit may hold.
func TestTheGreatestCommitMayBeMade(t *testing.T) {
	const change = `{"recordTenure": {"person": "a", "office": "b", "evidence": [{"source": "c", "locator": {"page": 1}, "quote": {"exact": "d"}}, {"source": "e"}]}}`
	body := `{"query": "mutation($c: CommitInput!) { commit(input: $c) { transaction { number } outcomes { recordId node { id } } userErrors { message } } }", "variables": {"c": {"changes": [` +
		strings.Repeat(change+",", 4_999) + change + `]}}}`
	var got charged
	send(t, newHandler(openStore(t)), body, &got, access.Principal{Name: "test", Role: access.Editor}, here)
	if len(got.Errors) > 0 || !bytes.Contains(got.Data, []byte(`"userErrors":[{`)) {
		t.Errorf("%+v %.300s", got.Errors, got.Data)
	}
}
