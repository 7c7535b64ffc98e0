package transport_test

import (
	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestEvictedPersistedQueriesWaitForCapacity: a request by hash waits like any other whose
// document must be parsed.
func TestEvictedPersistedQueriesWaitForCapacity(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{QueryCache: 1, Capacity: graph.Capacity{QueueTimeout: time.Millisecond}})
	const text = `{ a: __typename }`
	post := func(body string) int {
		answer, err := http.Post(b.URL, "application/json", strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return 0
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if status := post(asked(text, true)); status != http.StatusOK {
		t.Fatalf("storing the persisted query: status %d", status)
	}
	var busy sync.WaitGroup
	defer busy.Wait()
	ended := make(chan struct{})
	defer close(ended)
	for i := range runtime.GOMAXPROCS(0) + 1 { // each keeps a processor busy
		busy.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-ended:
					return
				default:
					post(fmt.Sprintf(`{"query": "{ people(first: 0) { nodes { a%d: id b%d: id %s } } }"}`, i, n, strings.Repeat("name ", 1_900)))
				}
			}
		})
	}
	graphtest.Eventually(t, "the persisted query is rejected as OVERLOADED", func() bool { return post(asked(text, false)) == http.StatusServiceUnavailable })
}

// TestMutationIsAnsweredWithoutCapacityForTheResponse: the client must learn the outcome.
func TestMutationIsAnsweredWithoutCapacityForTheResponse(t *testing.T) {
	const body = `{"query": "mutation { revert(input: {transaction: 1}) { transaction { number reverts { number } } } }"}`
	editor := access.Principal{Name: "editor", Role: access.Editor}
	b := graphtest.Serve(t, graph.Options{Capacity: graph.Capacity{BufferedBytes: int64(len(body))}}, graphtest.As(editor))
	answer, err := http.Post(b.URL, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := graphtest.ReadAll(t, answer.Body); answer.StatusCode != http.StatusOK || !strings.Contains(got, `"reverts":{"number":1}`) {
		t.Errorf("status %d: %s", answer.StatusCode, got)
	}
}

// TestOversizedResponseIsRejectedWithoutRetryAfter, since retrying would not help. The
// responses of a batch count together.
func TestOversizedResponseIsRejectedWithoutRetryAfter(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{Capacity: graph.Capacity{BufferedBytes: 2_000}})
	const long, short = `{"query": "{ __schema { types { name fields { name } } } }"}`, `{"query": "{ __type(name: \"Person\") { fields { name } } }"}`
	const rejection = `: split the request","extensions":{"code":"LIMIT"}}]`
	got := b.Send(graphtest.Exchange{Body: long, Header: []string{"Accept", "application/graphql-response+json"}})
	if got.StatusCode != http.StatusBadRequest || !strings.Contains(got.Text, rejection) || got.Header.Get("Retry-After") != "" {
		t.Errorf("status %d: %s", got.StatusCode, got.Text)
	}
	for n, want := range map[int]int{2: 0, 4: 2} {
		got := b.Send(graphtest.Exchange{Body: "[" + strings.Repeat(short+",", n-1) + short + "]"})
		if rejected := strings.Count(got.Text, rejection); got.StatusCode != http.StatusOK || rejected != want {
			t.Errorf("%d of a batch of %d are rejected, want %d: %s", rejected, n, want, got.Text)
		}
	}
}
