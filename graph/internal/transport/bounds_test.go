package transport_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"
)

// slow is a store that takes its time, as long as nobody tells it to stop.
type slow struct{ store.Store }

const aWhile = 100 * time.Millisecond

func (s slow) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return sluggish{snapshot}, err
}

func (s slow) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	return s.Store.Write(ctx, by, func(w store.Writer) error {
		if err := linger(ctx); err != nil {
			return err
		}
		return fn(w)
	})
}

// linger waits until it is told to stop, which on a busy machine may come late, but
// not for ever.
func linger(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(100 * aWhile):
		return nil
	}
}

type sluggish struct{ store.Snapshot }

func (s sluggish) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if err := linger(ctx); err != nil {
		return nil, err
	}
	return s.Snapshot.Transactions(ctx, numbers)
}

// TestBoundsHoldOverStreams asks what takes too long, and too much, over all that
// carries streams: it is refused there as it is over HTTP, and without data.
func TestBoundsHoldOverStreams(t *testing.T) {
	kept := serve(t, graph.Options{}).Store
	b := serveStore(t, slow{kept}, graph.Options{OperationTime: aWhile / 2}, by(access.Principal{Name: "test", Role: access.Admin}))
	for name, test := range map[string]struct{ query, errors string }{
		"a query":      {"{ transaction(number: 1) { number } }", `[{"message":"this took longer than 50ms and was stopped; ask for less","extensions":{"code":"TIMEOUT"}}]`},
		"a mutation":   {"mutation { revert(input: {transaction: 1}) { transaction { number } } }", `[{"message":"this took longer than 50ms and was stopped; it may have been written or not: look before trying again","extensions":{"code":"TIMEOUT"}}]`},
		"many fields":  {"{ " + strings.Repeat("__typename ", 51) + "}", `[{"message":"the document has too many fields at its root: 51; it may have 50","extensions":{"code":"LIMIT"}}]`},
		"many follows": {"subscription { " + strings.Repeat("transactions { number } ", 51) + "}", `[{"message":"the document has too many fields at its root: 51; it may have 50","extensions":{"code":"LIMIT"}}]`},
	} {
		t.Run(name, func(t *testing.T) {
			c := b.begin()
			c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + test.query + `"}}`)
			c.expect(`{"type": "error", "id": "1", "payload": ` + test.errors + `}`)
			c.send(`{"type": "ping"}`) // nothing follows the error, and the socket goes on
			c.expect(`{"type": "pong"}`)
			if got, want := read(t, b.events(http.MethodPost, test.query).Body), ":\n\nevent: next\ndata: {\"errors\":"+test.errors+"}\n\n"+done; got != want {
				t.Errorf("events: %s\nwant %s", got, want)
			}
			r := b.parts(t, test.query)
			r.expect(`{"payload":{"errors":` + test.errors + `}}`)
			r.expectEnd()
		})
	}
	if last, _ := kept.Committed(); last != 1 {
		t.Errorf("what was stopped was done: %d transactions", last)
	}
}

// TestAFeedOutlastsTheTimeOfAnOperation: a subscription may go on.
func TestAFeedOutlastsTheTimeOfAnOperation(t *testing.T) {
	b := serve(t, graph.Options{OperationTime: aWhile / 2, Streams: graph.StreamOptions{KeepAlive: aWhile / 2}})
	c, r := b.begin(), b.parts(t, "subscription { transactions { number } }")
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number } }"}}`)
	time.Sleep(aWhile)
	b.put(1)
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 2}}}}`)
	r.expect(numbered(2))
}

// TestSocketsSpeakUTF8 sends what is not.
func TestSocketsSpeakUTF8(t *testing.T) {
	w := serve(t, graph.Options{}).wire()
	w.frame(textFrame, "{\"type\":\"ping\",\"payload\":{\"a\":\"\xff\"}}")
	w.expect(t, closeFrame, "\x03\xefNot in UTF-8") // 1007
	w.frame(closeFrame, "\x03\xef")
}

// TestSocketsHoldSoMuch sends objects without number.
func TestSocketsHoldSoMuch(t *testing.T) {
	c := serve(t, graph.Options{}).begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": {"a": [` + strings.Repeat("{},", 60_000) + `1]}}}`)
	c.expectClosed(4400, "Invalid message received: its payload holds too many values")
}
