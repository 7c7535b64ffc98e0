package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/store"
)

// jammed is a store that lets nobody read until it is told to.
type jammed struct {
	store.Store
	free chan struct{}
	in   chan struct{} // told that somebody would read, whether anybody listens yet or not
}

func (j jammed) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	select {
	case j.in <- struct{}{}:
	default:
	}
	select {
	case <-j.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return j.Store.Read(ctx, view)
}

// jam serves a graph in which as many operations are stuck as may run. It says how to
// let them go.
func jam(t *testing.T, options graph.Options) (b *served, release func()) {
	t.Helper()
	plain := serve(t, graph.Options{})
	j := jammed{plain.Store, make(chan struct{}), make(chan struct{}, 1)}
	b = serveStore(t, j, options)
	done := make(chan int)
	go func() { done <- b.status(cheap) }()
	<-j.in
	return b, func() {
		close(j.free)
		if status := <-done; status != http.StatusOK {
			t.Errorf("who was in got %d", status)
		}
	}
}

func (b *served) status(query string) int {
	status, _ := b.ask(query)
	return status
}

func (b *served) ask(query string) (int, http.Header) {
	answer, err := http.Post(b.url, "application/json", strings.NewReader(`{"query": "`+query+`"}`))
	if err != nil {
		b.t.Error(err)
		return 0, nil
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header
}

// one has room for one operation, and none to wait.
var one = graph.Capacity{Operations: 1, Wait: time.Millisecond}

// TestWhatThereIsNoRoomForIsTurnedAway over every transport, and nothing is left of it
// when there is room again.
func TestWhatThereIsNoRoomForIsTurnedAway(t *testing.T) {
	b, release := jam(t, graph.Options{Capacity: one})
	if status, header := b.ask(cheap); status != http.StatusServiceUnavailable || header.Get("Retry-After") != "1" {
		t.Errorf("over HTTP: status %d, Retry-After %q", status, header.Get("Retry-After"))
	}
	if got := read(t, b.events(http.MethodPost, cheap).Body); !strings.Contains(got, `"code":"OVERLOADED"`) || !strings.HasSuffix(got, done) {
		t.Errorf("as events: %s", got)
	}
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + cheap + `"}}`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, `"code":"OVERLOADED"`) {
		t.Errorf("over a socket: %s, %v", got, err)
	}
	release()
	for range 3 {
		if status := b.status(cheap); status != http.StatusOK {
			t.Errorf("with room again: status %d", status)
		}
	}
	c.CloseNow()
}

// TestWhoIsTurnedAwayPaysNothing for it, however often he tries.
func TestWhoIsTurnedAwayPaysNothing(t *testing.T) {
	b, release := jam(t, graph.Options{Capacity: one, Budget: graph.Budget{Size: 5, Refill: 1}}) // two cost 2 each
	for range 10 {
		if status := b.status(cheap); status != http.StatusServiceUnavailable {
			t.Errorf("status %d", status)
		}
	}
	release()
}

// TestOnlySoManyStreams may be open, and only so many subscriptions run on them.
func TestOnlySoManyStreams(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Streams: 2}})
	const follow = `subscription { transactions { number } }`
	c, other := b.begin(), b.begin()
	if answer := b.events(http.MethodPost, follow); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "1" {
		t.Errorf("a third stream: status %d", answer.StatusCode)
	}
	other.CloseNow()
	soon(t, "room for another stream", func() bool {
		answer := b.events(http.MethodPost, cheap)
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	following := func(id string) bool { // or refused
		c.send(`{"type": "subscribe", "id": "` + id + `", "payload": {"query": "` + follow + `"}}`)
		for {
			time.Sleep(10 * time.Millisecond) // until it has begun
			b.put(1)
			got, err := c.receive()
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(got, `{"id":"`+id+`"`) {
				return strings.Contains(got, `"next"`)
			}
		}
	}
	for i, id := range []string{"1", "2", "3"} {
		if got := following(id); got != (i < 2) {
			t.Errorf("subscription %s: follows %v", id, got)
		}
	}
	c.send(`{"type": "complete", "id": "1"}`)
	for n := 4; !following(fmt.Sprint(n)); n++ {
		if n > 50 {
			t.Fatal("no room for another subscription")
		}
	}
	c.CloseNow()
}

// TestOnlySoMuchIsHeld of bodies, messages and answers; what is beyond is turned away,
// and room comes back.
func TestOnlySoMuchIsHeld(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Bytes: 2_000}})
	long := cheap + strings.Repeat(" ", 2_000)
	for range 3 {
		if status, header := b.ask(long); status != http.StatusServiceUnavailable || header.Get("Retry-After") != "1" {
			t.Errorf("a body of %d bytes: status %d", len(long), status)
		}
		if status := b.status(cheap); status != http.StatusOK {
			t.Errorf("a short one: status %d", status)
		}
	}
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + long + `"}}`)
	c.expectClosed(1013, "No room for this now")
	if status := b.status(cheap); status != http.StatusOK {
		t.Errorf("afterwards: status %d", status)
	}
}

// TestOnlySoMuchIsKeptOfWhatStreamsAsk, for as long as they run: else ten thousand
// subscriptions with an id of a megabyte each would fill the memory. Requests have room
// of their own.
func TestOnlySoMuchIsKeptOfWhatStreamsAsk(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Bytes: 20_000}})
	const follow = `subscription { transactions { number } }`
	c, id := b.begin(), strings.Repeat("x", 8_000)
	for i := range 3 {
		c.send(fmt.Sprintf(`{"type": "subscribe", "id": "%d%s", "payload": {"query": "%s"}}`, i, id, follow))
	}
	if got, err := c.receive(); err != nil || !strings.HasPrefix(got, `{"id":"2`) || !strings.Contains(got, `"code":"OVERLOADED"`) {
		t.Errorf("a third one: %.20s, %v", got, err)
	}
	if answer := b.events(http.MethodPost, follow+strings.Repeat(" ", 8_000)); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "1" {
		t.Errorf("as events: status %d", answer.StatusCode)
	}
	if status := b.status(cheap + strings.Repeat(" ", 8_000)); status != http.StatusOK {
		t.Errorf("a request: status %d", status)
	}
	c.send(`{"type": "complete", "id": "0` + id + `"}`)
	soon(t, "room for another", func() bool {
		answer := b.events(http.MethodPost, follow+strings.Repeat(" ", 8_000))
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	c.CloseNow()
}

// TestDocumentsThatWereForgottenAreReadInTurn, though asked for by their hash: it does
// not get one past those who wait to have theirs read.
func TestDocumentsThatWereForgottenAreReadInTurn(t *testing.T) {
	b := serve(t, graph.Options{QueryCache: 1, Capacity: graph.Capacity{Wait: time.Millisecond}})
	const text = `{ a: __typename }`
	post := func(body string) int {
		answer, err := http.Post(b.url, "application/json", strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return 0
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if status := post(asked(text, true)); status != http.StatusOK {
		t.Fatalf("to be kept: status %d", status)
	}
	var busy sync.WaitGroup
	defer busy.Wait()
	ended := make(chan struct{})
	defer close(ended)
	for i := range runtime.GOMAXPROCS(0) + 1 { // each keeps a processor busy for a good while
		busy.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-ended:
					return
				default:
					b.status(fmt.Sprintf("{ people(first: 0) { nodes { a%d: id b%d: id %s } } }", i, n, strings.Repeat("name ", 1_900)))
				}
			}
		})
	}
	soon(t, "no room to read it", func() bool { return post(asked(text, false)) == http.StatusServiceUnavailable })
}

// TestWhatWasWrittenIsAlwaysTold, even if there is no room for saying so.
func TestWhatWasWrittenIsAlwaysTold(t *testing.T) {
	const body = `{"query": "mutation { revert(input: {transaction: 1}) { transaction { number reverts { number } } } }"}`
	editor := access.Principal{Name: "editor", Role: access.Editor}
	b := serve(t, graph.Options{Capacity: graph.Capacity{Bytes: int64(len(body))}}, by(editor))
	answer, err := http.Post(b.url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := read(t, answer.Body); answer.StatusCode != http.StatusOK || !strings.Contains(got, `"reverts":{"number":1}`) {
		t.Errorf("status %d: %s", answer.StatusCode, got)
	}
}
