package charging_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// TestResponsesReportTheirCost requests ten events of which there are three.
func TestResponsesReportTheirCost(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteWide(t, s, 3)
	h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true})
	got, _ := graphtest.PostForCost(t, h, `{ events(first: 10) { nodes { name participants(first: 5) { nodes { name } } } } }`)
	if c := got.Extensions.Cost; c == nil || c.Asked != 1+10*(1+1+5) || c.Spent <= 1+3*2 || c.Spent > 1+3*(1+1+5) || c.Left != nil || c.Refill != nil {
		t.Errorf("%+v", c)
	}
	quiet, _ := graphtest.PostForCost(t, graphtest.NewHandler(s), `{ events { nodes { name } } }`)
	if quiet.Extensions.Cost != nil {
		t.Errorf("without the option the response has %+v", quiet.Extensions.Cost)
	}
}

func TestOperationsBeyondTheMaximumCostAreNotRun(t *testing.T) {
	counted := &graphtest.CallCounter{Store: graphtest.OpenStore(t)}
	h := graph.NewHandler(counted, graph.Options{Now: graphtest.Clock, Limits: graph.Limits{Cost: 51}, ReportCost: true})
	if got, w := graphtest.PostForCost(t, h, `{ events(first: 50) { nodes { name } } }`); len(got.Errors) > 0 || w.Code != http.StatusOK {
		t.Errorf("at the limit: %d %s", w.Code, w.Body)
	}
	calls := len(counted.Calls)
	got, w := graphtest.PostForCost(t, h, `{ events(first: 51) { nodes { name } } }`)
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" || got.Data != nil || got.Extensions.Cost.Asked != 52 || w.Header().Get("Retry-After") != "" {
		t.Errorf("beyond the limit: %s", w.Body)
	}
	if len(counted.Calls) != calls {
		t.Error("the store was read")
	}
	var batch []graphtest.CostResponse
	graphtest.PostFrom(t, h, `[{"query": "{ events(first: 51) { nodes { name } } }"}, {"query": "{ __typename }"}]`, &batch, access.Anonymous, graphtest.Address)
	if len(batch) != 2 || len(batch[0].Errors) != 1 || len(batch[1].Errors) != 0 {
		t.Errorf("in a batch: %+v", batch)
	}
}

// TestOversizedPagesAreRejectedBeforeExecution requests pages of the maximum size and
// beyond in various places: nothing is read or written then.
func TestOversizedPagesAreRejectedBeforeExecution(t *testing.T) {
	counted := &graphtest.CallCounter{Store: graphtest.OpenStore(t)}
	h := graphtest.As(graphtest.Curator)(graph.NewHandler(counted, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true}))
	for _, query := range []string{
		"query($n: Int) { people { totalCount } events(last: $n) { totalCount } }",
		"{ people { totalCount } events(first: %d) { totalCount } }",
		"query($n: Int) { people { totalCount } ...F } fragment F on Query { events { nodes { participants(last: $n) { totalCount } } } }",
		`mutation { commit(input: {changes: {putTopic: {name: "x"}}, unsourced: true}) { transaction { changes(last: %d) { nodes { recordId } } } } }`,
		`mutation($n: Int) { commit(input: {changes: {putTopic: {name: "y"}}, unsourced: true}) { transaction { changes(first: $n) { nodes { recordId } } } } }`,
	} {
		for _, n := range []int{501, 500} {
			calls := len(counted.Calls)
			before, _ := counted.Committed()
			data, errors := graphtest.PostForErrors(t, h, strings.ReplaceAll(query, "%d", strconv.Itoa(n)), map[string]any{"n": n})
			after, _ := counted.Committed()
			ran := len(counted.Calls) > calls || after > before
			if n == 500 && (!ran || len(errors) > 0 || data == nil) {
				t.Errorf("%s at the limit: ran %v, %s, %v", query, ran, data, errors)
			}
			if n > 500 && (ran || data != nil || len(errors) != 1 || !strings.HasSuffix(errors[0].Message, "t is 501; want 0 to 500") || errors[0].Extensions.Code != "BAD_USER_INPUT") {
				t.Errorf("%s beyond the limit: ran %v, %s, %v", query, ran, data, errors)
			}
		}
	}
}

// TestIntrospectionIsCharged: the query of tools costs its minimum, one with a response
// of 90 MB is rejected.
func TestIntrospectionIsCharged(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, ReportCost: true})
	if got, w := graphtest.PostForCost(t, h, introspection.Query); len(got.Errors) > 0 || got.Extensions.Cost.Asked > 10_000 || got.Extensions.Cost.Spent < 5_000 {
		t.Errorf("the query of tools: %+v, status %d", got.Extensions.Cost, w.Code)
	}
	bomb := "{ __schema { types { fields { type { ...F ofType { ...F ofType { ofType { ...F } } } } } } } } fragment F on __Type { " + graphtest.Repeat("a%d: fields { description name } ", 33) + "}"
	if got, w := graphtest.PostForCost(t, h, bomb); len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" {
		t.Errorf("the large query: %.300s", w.Body)
	}
}

// TestValidationOfNewDocumentsIsCharged, but not that of cached ones.
func TestValidationOfNewDocumentsIsCharged(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, ReportCost: true, Budget: graph.Budget{Burst: 100_000}})
	busy := func(id string) string {
		return "{ events { nodes { " + id + " " + graphtest.Repeat("name ", 1_498) + "} } }"
	}
	for range 3 {
		if got, w := graphtest.PostForCost(t, h, busy("id")); got.Extensions.Cost == nil || *got.Extensions.Cost.Left > 50_000 {
			t.Fatalf("the remaining budget is too high: %.300s", w.Body)
		}
	}
	got, w := graphtest.PostForCost(t, h, busy("a: id"))
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "THROTTLED" || got.Errors[0].Extensions.RetryAfter < 1 || w.Code != http.StatusTooManyRequests {
		t.Errorf("another document: %.300s", w.Body)
	}
	if got, w := graphtest.PostForCost(t, h, `{ events { nodes { name } } }`); len(got.Errors) > 0 {
		t.Errorf("a short document: %s", w.Body)
	}
}

func TestBudgetIsChargedRefundedAndRefilled(t *testing.T) {
	s, now := graphtest.OpenStore(t), graphtest.Noon
	h := graph.NewHandler(s, graph.Options{Now: func() time.Time { return now }, ReportCost: true, Budget: graph.Budget{Burst: 100, Refill: 10}})
	const query = `{ events(first: 89) { nodes { name } } }` // estimate 90; there are no events
	spent := int64(0)
	expectLeft := func(got graphtest.CostResponse, left int64) {
		t.Helper()
		c := got.Extensions.Cost
		if c == nil || c.Left == nil || *c.Left != left || c.Refill == nil || *c.Refill != 10 {
			t.Errorf("%+v %+v; want %d left", got, c, left)
		}
	}
	for left := int64(100); left >= 90; {
		got, _ := graphtest.PostForCost(t, h, query)
		if spent = got.Extensions.Cost.Spent; spent < 1 || spent > 5 {
			t.Fatalf("an empty list cost %d", spent)
		}
		left -= spent
		expectLeft(got, left)
	}
	refused, w := graphtest.PostForCost(t, h, query)
	left := *refused.Extensions.Cost.Left
	if refused.Extensions.Cost.Spent != 0 || left >= 90 || len(refused.Errors) != 1 || refused.Errors[0].Extensions.Code != "THROTTLED" || refused.Errors[0].Extensions.RetryAfter != 1 {
		t.Errorf("%s", w.Body)
	}
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	now = now.Add(time.Second)
	expectLeft(first(graphtest.PostForCost(t, h, query)), left+10-spent)
}

// TestCacheableResponsesOmitTheRemainingBudget, since a cache may send them to other
// clients.
func TestCacheableResponsesOmitTheRemainingBudget(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, ReportCost: true, Budget: graph.Budget{Burst: 100}})
	r := httptest.NewRequest(http.MethodGet, "/graphql?query={events{totalCount}}", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(access.WithPrincipal(r.Context(), access.Anonymous)))
	if text := w.Body.String(); w.Header().Get("ETag") == "" || !strings.Contains(text, `"spent":`) || strings.Contains(text, `"left"`) {
		t.Errorf("%v: %s", w.Header(), text)
	}
}

func first(c graphtest.CostResponse, _ *httptest.ResponseRecorder) graphtest.CostResponse { return c }

func TestBatchStatusIs429OnlyIfAllAreThrottled(t *testing.T) {
	const dear, free = `{"query": "{ __type(name: \"Event\") { name } }"}`, `{"query": "{ __typename }"}`
	for _, body := range []string{"[" + dear + "]", "[" + dear + "," + dear + "]", "[" + dear + "," + free + "]"} {
		h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, Budget: graph.Budget{Burst: 100}})
		var batch []graphtest.CostResponse
		// The budget suffices for the first operation.
		if w := graphtest.PostFrom(t, h, body, &batch, access.Anonymous, graphtest.Address); w.Code != http.StatusOK || w.Header().Get("Retry-After") != "" {
			t.Errorf("%s: status %d, Retry-After %q", body, w.Code, w.Header().Get("Retry-After"))
		}
		w := graphtest.PostFrom(t, h, body, &batch, access.Anonymous, graphtest.Address)
		some := strings.Contains(body, free)
		if turnedAway := w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "1"; turnedAway == some {
			t.Errorf("%s again: status %d, Retry-After %q", body, w.Code, w.Header().Get("Retry-After"))
		}
	}
}

func TestBudgetIsChargedPerTokenOrAddress(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, Budget: graph.Budget{Burst: 100}})
	aigul := access.Principal{Name: "Aigul", ID: "1", Role: access.Reader}
	spend := func(as access.Principal, from string) int {
		t.Helper()
		var c graphtest.CostResponse
		return graphtest.PostFrom(t, h, `{"query": "{ __type(name: \"Event\") { name } }"}`, &c, as, from).Code // costs 100
	}
	for i, test := range []struct {
		as   access.Principal
		from string
		want int
	}{
		{access.Anonymous, graphtest.Address, 200},
		{access.Anonymous, "203.0.113.7:2222", 429},
		{access.Anonymous, "203.0.113.8:2222", 200},
		{aigul, graphtest.Address, 200},
		{aigul, "198.51.100.1:1", 429},
		{access.Principal{Name: "Bakyt", ID: "2", Role: access.Reader}, graphtest.Address, 200},
	} {
		if got := spend(test.as, test.from); got != test.want {
			t.Errorf("%d: %s from %s: status %d; want %d", i, test.as.Name, test.from, got, test.want)
		}
	}
}

// TestOperationsBeyondTheBurstAreRejected with COST, since waiting would not help.
func TestOperationsBeyondTheBurstAreRejected(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, Budget: graph.Budget{Burst: 20}})
	got, w := graphtest.PostForCost(t, h, `{ events { nodes { name } } }`)
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" {
		t.Errorf("status %s: %s", strconv.Itoa(w.Code), w.Body)
	}
}

// TestActualCostIsWithinTheEstimate runs the playground's examples.
func TestActualCostIsWithinTheEstimate(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenSample(t), graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true})
	for name, query := range graphtest.ExampleQueries(t) {
		got, w := graphtest.PostForCost(t, h, query)
		c := got.Extensions.Cost
		if c == nil || len(got.Errors) > 0 || c.Spent > c.Asked || c.Spent < 1 {
			t.Errorf("%s: %+v\n%.300s", name, c, w.Body)
		}
	}
}

func TestLargestCommitIsWithinTheMaximumCost(t *testing.T) {
	const change = `{"recordTenure": {"person": "a", "office": "b", "evidence": [{"source": "c", "locator": {"page": 1}, "quote": {"exact": "d"}}, {"source": "e"}]}}`
	body := `{"query": "mutation($c: CommitInput!) { commit(input: $c) { transaction { number } outcomes { recordId node { id } } userErrors { message } } }", "variables": {"c": {"changes": [` +
		strings.Repeat(change+",", 4_999) + change + `]}}}`
	var got graphtest.CostResponse
	graphtest.PostFrom(t, graphtest.NewHandler(graphtest.OpenStore(t)), body, &got, access.Principal{Name: "test", Role: access.Editor}, graphtest.Address)
	if len(got.Errors) > 0 || !bytes.Contains(got.Data, []byte(`"userErrors":[{`)) {
		t.Errorf("%+v %.300s", got.Errors, got.Data)
	}
}
