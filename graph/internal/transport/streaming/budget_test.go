package streaming_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
)

const (
	expensive = `{ people(first: 500) { nodes { name } } }`
	cheap     = `{ people(first: 1) { nodes { name } } }`
	costError = `"code":"COST"`
)

// TestExpensiveOperationsAreRejectedOnStreams expects an error of the operation; the
// socket stays open.
func TestExpensiveOperationsAreRejectedOnStreams(t *testing.T) {
	b := serve(t, graph.Options{Limits: graph.Limits{Cost: 100}})
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + expensive + `"}}`)
	if got, err := c.Receive(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, costError) {
		t.Errorf("over WebSocket: %s, %v", got, err)
	}
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + cheap + `"}}`)
	if got, err := c.Receive(); err != nil || !strings.Contains(got, `"data":{"people"`) {
		t.Errorf("the next operation: %s, %v", got, err)
	}
	c.CloseNow()
	for _, query := range []string{expensive, "subscription { transactions { changes(first: 500) { nodes { recordId } } } }"} {
		if got := graphtest.ReadAll(t, b.Events(http.MethodPost, query).Body); !strings.Contains(got, costError) || !strings.HasSuffix(got, completeEvent) {
			t.Errorf("%s as server-sent events: %s", query, got)
		}
	}
}

// TestSubscriptionsOfOneClientShareABudget delivers one event to several subscriptions
// of a client: together they may not spend more than the budget.
func TestSubscriptionsOfOneClientShareABudget(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Burst: 50, Refill: 200}})
	c := b.Connect()
	const crowd = 6
	for i := range crowd {
		c.Send(fmt.Sprintf(`{"type": "subscribe", "id": "%d", "payload": {"query": "subscription { transactions(after: 0) { a: changes(first: 20) { nodes { __typename } } b: changes(first: 20) { nodes { __typename } } } }"}}`, i))
		if got, err := c.Receive(); err != nil || !strings.Contains(got, `"next"`) { // the past event
			t.Fatal(got, err)
		}
	}
	begun := time.Now()
	b.CommitTopicsAtOnce(20)
	for range crowd { // each event costs 43
		if got, err := c.Receive(); err != nil || !strings.Contains(got, `"next"`) {
			t.Fatal(got, err)
		}
	}
	if took := time.Since(begun); took < 900*time.Millisecond {
		t.Errorf("%d events came in %v; the budget needs a second for them", crowd, took)
	}
	c.CloseNow()
}

// TestFilteredTransactionsAreCharged subscribes with a filter that no past transaction
// passes: searching them uses the budget up.
func TestFilteredTransactionsAreCharged(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Burst: 100, Refill: 1}})
	b.CommitTopics(90)
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0, touching: {types: [SOURCE]}) { number } }"}}`)
	time.Sleep(200 * time.Millisecond) // enough to search ninety transactions
	if status := b.status(`{ people(first: 50) { nodes { name } } }`); status != http.StatusTooManyRequests {
		t.Errorf("the remaining budget should not suffice: status %d", status)
	}
	if status := b.status(cheap); status != http.StatusOK {
		t.Errorf("the remaining budget should suffice for a cheap query: status %d", status)
	}
	c.CloseNow()
}

func TestThrottledOperationsAreRejectedOnStreams(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Burst: 5_000, Refill: 1}})
	const all = `{ __schema { queryType { name } } }` // costs 5,000
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + all + `"}}`)
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"__schema": {"queryType": {"name": "Query"}}}}}`)
	c.Expect(`{"type": "complete", "id": "1"}`)
	c.Send(`{"type": "subscribe", "id": "2", "payload": {"query": "` + all + `"}}`)
	if got, err := c.Receive(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, `"code":"THROTTLED","retryAfter":`) {
		t.Errorf("over WebSocket: %s, %v", got, err)
	}
	c.CloseNow()
	if got := graphtest.ReadAll(t, b.Events(http.MethodPost, all).Body); !strings.Contains(got, `"code":"THROTTLED"`) || !strings.HasSuffix(got, completeEvent) {
		t.Errorf("as server-sent events: %s", got)
	}
}

// TestEventsWaitForTheBudget: events beyond the budget are delayed, not lost.
func TestEventsWaitForTheBudget(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Burst: 3, Refill: 20}}) // an event costs 1
	b.CommitTopics(9)
	c := b.Connect()
	begun := time.Now()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	for i := range 10 {
		if got, err := c.Receive(); err != nil || !strings.Contains(got, fmt.Sprintf(`"number":%d}`, i+1)) {
			t.Fatalf("event %d: %s, %v", i+1, got, err)
		}
	}
	if took := time.Since(begun); took < 250*time.Millisecond {
		t.Errorf("ten events came in %v; the budget needs 350 ms for them", took)
	}
	c.CloseNow()
}
