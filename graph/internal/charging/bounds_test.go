package charging_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/graph/internal/charging"
	"chancery/store"
)

// expensive are small requests for which a graph with hubs has very much to do.
var expensive = map[string]string{
	"merged records of merged records": `{ person(by: {slug: "many"}) { mergedFrom { mergedFrom { mergedFrom { mergedFrom { name } } } } } }`,
	"judgements of judged records":     `{ person(by: {slug: "many"}) { judgements { a { judgements { a { judgements { a { name } } } } } } } }`,
	"judgements and merged records":    `{ person(by: {slug: "many"}) { judgements { a { mergedFrom { judgements { a { mergedFrom { id } } } } } } } }`,
	"filters that nothing passes":      `{ state(by: {slug: "hub"}) { ` + graphtest.Repeat(`a%d: meetings(where: {kind: [SESSION]}) { nodes { name } } `, 90) + `} }`,
	"counts that a filter needs":       `{ state(by: {slug: "hub"}) { ` + graphtest.Repeat(`a%d: meetings(where: {kind: [SESSION]}, first: 0) { totalCount } `, 90) + `} }`,
}

// TestOperationsAreStoppedAtAMultipleOfTheirEstimate, and their clients pay for them.
func TestOperationsAreStoppedAtAMultipleOfTheirEstimate(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteHub(t, s, 3_000)
	for about, query := range expensive {
		h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true, Budget: graph.Budget{Burst: 200_000}})
		got, w := graphtest.PostForCost(t, h, query)
		c := got.Extensions.Cost

		if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "COST" || !strings.Contains(got.Errors[0].Message, "was stopped") || got.Data != nil || c.Left == nil {
			t.Errorf("%s: %.300s", about, w.Body)
			continue
		}
		allowed := max(charging.Overrun*c.Asked, charging.MinAllowance)
		if c.Spent < allowed || c.Spent > allowed*11/10 || *c.Left > 200_000-c.Spent || *c.Left < 195_000-c.Spent { // validation is paid, too
			t.Errorf("%s: spent %d of %d, with an estimate of %d; left %d", about, c.Spent, allowed, c.Asked, *c.Left)
		}
	}
}

// TestDuplicatesOfTheWholeGraphAreFound, since they are computed once for everyone; those of
// a past state are computed for one client, who pays for all of it.
func TestDuplicatesOfTheWholeGraphAreFound(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteHub(t, s, 5_000)
	h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true})
	if got, _ := graphtest.PostForCost(t, h, `{ duplicates { nodes { reasons { kind } } } }`); len(got.Errors) > 0 || got.Extensions.Cost.Spent < 1_000 || got.Extensions.Cost.Spent > 2_000 {
		t.Errorf("of the present: %+v %+v", got.Errors, got.Extensions.Cost)
	}
	if got, _ := graphtest.PostForCost(t, h, `query @asOf(knownAt: 9) { duplicates { nodes { reasons { kind } } } }`); got.Extensions.Cost.Spent < 10_000 {
		t.Errorf("of the past: %+v %+v", got.Errors, got.Extensions.Cost)
	}
	if got, _ := graphtest.PostForCost(t, h, `{ findings { nodes { kind } } }`); len(got.Errors) > 0 {
		t.Errorf("findings: %+v %+v", got.Errors, got.Extensions.Cost)
	}
}

// leaving is a store whose clients go away after they have listed something.
type leaving struct {
	store.Store
	leave context.CancelFunc
}

func (l leaving) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := l.Store.Read(ctx, view)
	return leavingSnapshot{snapshot, l.leave}, err
}

type leavingSnapshot struct {
	store.Snapshot
	leave context.CancelFunc
}

func (l leavingSnapshot) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	defer l.leave()
	return l.Snapshot.List(ctx, q)
}

// TestCancelledOperationsPayForWhatTheyUsed: the client leaves after the server has looked
// for a name in all records.
func TestCancelledOperationsPayForWhatTheyUsed(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteHub(t, s, 1_000)
	ctx, cancel := context.WithCancel(access.WithCaller(access.WithPrincipal(t.Context(), access.Anonymous), access.Caller{Remote: graphtest.Address}))
	h := graph.NewHandler(leaving{s, cancel}, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true, Budget: graph.Budget{Burst: 100_000}})
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "{ events(where: {name: {contains: \"nobody\"}}) { nodes { name } } }"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(ctx))
	got, _ := graphtest.PostForCost(t, h, `{ __typename }`)
	if left := *got.Extensions.Cost.Left; left > 99_900 || left < 99_000 {
		t.Errorf("after %q the client has %d left", w.Body, left)
	}
}

// TestCommitsPayForWhatTheyWrite, as commits of more records do more.
func TestCommitsPayForWhatTheyWrite(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true})
	spent := func(topics int) int64 {
		body := `{"query": "mutation($c: CommitInput!) { commit(input: $c) { transaction { number } userErrors { message } } }", "variables": {"c": {"changes": [` +
			strings.TrimSuffix(graphtest.Repeat(`{"putTopic": {"name": "topic"}},`, topics), ",") + `]}}}`
		var got graphtest.CostResponse
		w := graphtest.PostFrom(t, h, body, &got, graphtest.Curator, graphtest.Address)
		if len(got.Errors) > 0 || !strings.Contains(w.Body.String(), `"userErrors":[]`) {
			t.Fatalf("%.500s", w.Body)
		}
		return got.Extensions.Cost.Spent
	}
	if few, many := spent(10), spent(100); few < 50 || many < 9*few {
		t.Errorf("a commit of 10 topics costs %d, of 100 %d", few, many)
	}
}

// TestTransactionsOfImportsCanBeReverted, although a revert is a short request.
func TestTransactionsOfImportsCanBeReverted(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.Commit(t, s, func(w store.Writer) error {
		p := graphtest.NewPutter(w)
		for i := range 3_000 {
			p.Entity(&diplomacy.Topic{}, fmt.Sprint("topic-", i))
		}
		return p.Err
	})
	h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true})
	var got graphtest.CostResponse
	w := graphtest.PostFrom(t, h, `{"query": "mutation { revert(input: {transaction: 1}) { transaction { number } userErrors { message } } }"}`, &got, graphtest.Curator, graphtest.Address)
	if len(got.Errors) > 0 || !strings.Contains(w.Body.String(), `"number":2`) || got.Extensions.Cost.Spent < 3_000 {
		t.Errorf("%.500s", w.Body)
	}
}
