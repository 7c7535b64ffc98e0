package transport_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
)

// fromWhere makes a request that of the address in its header From.
func fromWhere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := access.Caller{Remote: r.Header.Get("From") + ":1000"}
		next.ServeHTTP(w, r.WithContext(access.With(access.WithCaller(r.Context(), from), access.Anonymous)))
	})
}

// TestOneClientCannotHaveAllStreams, whatever he opens, and has his share again when he
// closes something.
func TestOneClientCannotHaveAllStreams(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Streams: 6, Share: 3}}, fromWhere)
	const follow = `subscription { transactions { number } }`
	open := func(from string, want int) stream {
		t.Helper()
		answer := b.events(http.MethodPost, follow, "From", from)
		if answer.StatusCode != want {
			t.Errorf("a stream of %s: status %d, want %d", from, answer.StatusCode, want)
		}
		return answer
	}
	open("192.0.2.1", http.StatusOK)
	last := open("192.0.2.1", http.StatusOK)
	if got := read(t, open("192.0.2.1", http.StatusServiceUnavailable).Body); !strings.Contains(got, "you have too much open") {
		t.Errorf("why a third one is refused: %s", got)
	}
	open("192.0.2.2", http.StatusOK)
	last.Body.Close()
	soon(t, "room for another", func() bool {
		return b.events(http.MethodPost, follow, "From", "192.0.2.1").StatusCode == http.StatusOK
	})
}

// TestOneClientCannotFillTheMemory with bodies that he is slow to send.
func TestOneClientCannotFillTheMemory(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Bytes: 40_000, Share: 4}}, fromWhere)
	post := func(from string, body io.Reader) int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url, body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("From", from)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Error(err)
			return 0
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	body := `{"query": "` + cheap + strings.Repeat(" ", 6_000) + `"}`
	rest, pen := io.Pipe()
	slow := make(chan int)
	go func() { slow <- post("192.0.2.1", rest) }()
	if _, err := io.WriteString(pen, body[:6_000]); err != nil {
		t.Fatal(err)
	}
	soon(t, "he has his share", func() bool { return post("192.0.2.1", strings.NewReader(body)) == http.StatusServiceUnavailable })
	if status := post("192.0.2.2", strings.NewReader(body)); status != http.StatusOK {
		t.Errorf("another: status %d", status)
	}
	if _, err := io.WriteString(pen, body[6_000:]); err != nil {
		t.Fatal(err)
	}
	pen.Close()
	if status := <-slow; status != http.StatusOK {
		t.Errorf("the slow one: status %d", status)
	}
	if status := post("192.0.2.1", strings.NewReader(body)); status != http.StatusOK {
		t.Errorf("when he is done: status %d", status)
	}
}

// TestSharesGoWithBudgets: where clients may spend without end, one may have all.
func TestSharesGoWithBudgets(t *testing.T) {
	for _, c := range []struct {
		budget int64
		want   int
	}{{0, http.StatusOK}, {1_000, http.StatusServiceUnavailable}} {
		b := serve(t, graph.Options{Budget: graph.Budget{Size: c.budget}, Capacity: graph.Capacity{Streams: 10}}, fromWhere)
		b.events(http.MethodPost, `subscription { transactions { number } }`, "From", "192.0.2.1")
		if answer := b.events(http.MethodPost, cheap, "From", "192.0.2.1"); answer.StatusCode != c.want {
			t.Errorf("with a budget of %d a second stream of ten: status %d", c.budget, answer.StatusCode)
		}
	}
}

// TestAStreamLosesNothing: an answer that there is no room for ends the subscription, and
// who subscribes again from where he was gets it.
func TestAStreamLosesNothing(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Bytes: 2_000}})
	const follow = `subscription { transactions(after: 1) { number changes(first: 100) { nodes { __typename a: __typename b: __typename c: __typename } } } }`
	const refusal = `{"message":"the answer has 3831 bytes; it may have 2000: ask in parts","extensions":{"code":"LIMIT"}}`
	b.put(1)
	b.putAtOnce(60)
	b.put(1)

	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + follow + `"}}`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, `"number":2`) {
		t.Errorf("over a socket, first: %s, %v", got, err)
	}
	c.expect(`{"type": "error", "id": "1", "payload": [` + refusal + `]}`)
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 2) { number } }"}}`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, `"number":3`) {
		t.Errorf("over a socket, again: %s, %v", got, err)
	}
	c.CloseNow()

	got := read(t, b.events(http.MethodPost, follow).Body)
	if !strings.Contains(got, "id: 2\n") || strings.Contains(got, "id: 3\n") || !strings.HasSuffix(got, "event: next\ndata: {\"errors\":["+refusal+"]}\n\n"+done) {
		t.Errorf("as events: %s", got)
	}
}

// TestAnAnswerThatIsTooLongIsSaidToBe, since to try again would be in vain; of a batch it
// is what it has altogether.
func TestAnAnswerThatIsTooLongIsSaidToBe(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Bytes: 2_000}})
	const long, short = `{"query": "{ __schema { types { name fields { name } } } }"}`, `{"query": "{ __type(name: \"Person\") { fields { name } } }"}`
	const refused = `: ask in parts","extensions":{"code":"LIMIT"}}]`
	got := b.send(exchanged{body: long, header: []string{"Accept", "application/graphql-response+json"}})
	if got.StatusCode != http.StatusBadRequest || !strings.Contains(got.text, refused) || got.Header.Get("Retry-After") != "" {
		t.Errorf("status %d: %s", got.StatusCode, got.text)
	}
	for n, want := range map[int]int{2: 0, 4: 2} {
		got := b.send(exchanged{body: "[" + strings.Repeat(short+",", n-1) + short + "]"})
		if told := strings.Count(got.text, refused); got.StatusCode != http.StatusOK || told != want {
			t.Errorf("of a batch of %d %d are refused: %s", n, told, got.text)
		}
	}
}
