package transport_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/graph"
)

const (
	tooDear   = `{ people(first: 500) { nodes { name } } }`
	cheap     = `{ people(first: 1) { nodes { name } } }`
	costError = `"code":"COST"`
)

// TestStreamsRefuseWhatCostsTooMuch with an error of the operation; the socket stays.
func TestStreamsRefuseWhatCostsTooMuch(t *testing.T) {
	b := serve(t, graph.Options{Limits: graph.Limits{Cost: 100}})
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + tooDear + `"}}`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, costError) {
		t.Errorf("over a socket: %s, %v", got, err)
	}
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + cheap + `"}}`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, `"data":{"people"`) {
		t.Errorf("afterwards: %s, %v", got, err)
	}
	c.CloseNow()
	for _, query := range []string{tooDear, "subscription { transactions { changes(first: 500) { nodes { recordId } } } }"} {
		if got := read(t, b.events(http.MethodPost, query).Body); !strings.Contains(got, costError) || !strings.HasSuffix(got, done) {
			t.Errorf("%s as events: %s", query, got)
		}
	}
}

// TestACrowdOfSubscriptionsIsPaced: one client's share a budget, though each of them
// finds it full when they are told of the same.
func TestACrowdOfSubscriptionsIsPaced(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Size: 50, Refill: 200}})
	c := b.begin()
	const crowd = 6
	for i := range crowd {
		c.send(fmt.Sprintf(`{"type": "subscribe", "id": "%d", "payload": {"query": "subscription { transactions(after: 0) { a: changes(first: 20) { nodes { __typename } } b: changes(first: 20) { nodes { __typename } } } }"}}`, i))
		if got, err := c.receive(); err != nil || !strings.Contains(got, `"next"`) { // of what was there before
			t.Fatal(got, err)
		}
	}
	begun := time.Now()
	b.putAtOnce(20)
	for range crowd { // which cost 43 each
		if got, err := c.receive(); err != nil || !strings.Contains(got, `"next"`) {
			t.Fatal(got, err)
		}
	}
	if took := time.Since(begun); took < 900*time.Millisecond {
		t.Errorf("%d answers came in %v; what they cost comes back in a second", crowd, took)
	}
	c.CloseNow()
}

// TestSearchingThePastIsPaid, though nothing is found there: who has subscribed to
// what never was has nothing left for a while.
func TestSearchingThePastIsPaid(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Size: 100, Refill: 1}})
	b.put(90)
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0, touching: {types: [SOURCE]}) { number } }"}}`)
	time.Sleep(200 * time.Millisecond) // which is long enough for ninety
	if status := b.status(`{ people(first: 50) { nodes { name } } }`); status != http.StatusTooManyRequests {
		t.Errorf("what is left should not do: status %d", status)
	}
	if status := b.status(cheap); status != http.StatusOK {
		t.Errorf("what is left is enough for a cheap one: status %d", status)
	}
	c.CloseNow()
}

// TestStreamsRefuseWhoHasSpentAll until something came back.
func TestStreamsRefuseWhoHasSpentAll(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Size: 5_000, Refill: 1}})
	const all = `{ __schema { queryType { name } } }` // which costs 5,000
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + all + `"}}`)
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"__schema": {"queryType": {"name": "Query"}}}}}`)
	c.expect(`{"type": "complete", "id": "1"}`)
	c.send(`{"type": "subscribe", "id": "2", "payload": {"query": "` + all + `"}}`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, `"code":"THROTTLED","retryAfter":`) {
		t.Errorf("over a socket: %s, %v", got, err)
	}
	c.CloseNow()
	if got := read(t, b.events(http.MethodPost, all).Body); !strings.Contains(got, `"code":"THROTTLED"`) || !strings.HasSuffix(got, done) {
		t.Errorf("as events: %s", got)
	}
}

// TestSubscribersArePaced: each answer is paid, and who has nothing left gets the next
// one later, but gets it.
func TestSubscribersArePaced(t *testing.T) {
	b := serve(t, graph.Options{Budget: graph.Budget{Size: 3, Refill: 20}}) // an answer costs 1
	b.put(9)
	c := b.begin()
	begun := time.Now()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	for i := range 10 {
		if got, err := c.receive(); err != nil || !strings.Contains(got, fmt.Sprintf(`"number":%d}`, i+1)) {
			t.Fatalf("answer %d: %s, %v", i+1, got, err)
		}
	}
	if took := time.Since(begun); took < 250*time.Millisecond {
		t.Errorf("ten answers came in %v; what they cost comes back in 350 ms", took)
	}
	c.CloseNow()
}
