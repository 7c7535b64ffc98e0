package streaming_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// slowStore is a store whose reads and writes take long, until their context ends.
type slowStore struct{ store.Store }

const shortTime = 100 * time.Millisecond

func (s slowStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return slowSnapshot{snapshot}, err
}

func (s slowStore) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	return s.Store.Write(ctx, by, func(w store.Writer) error {
		if err := delay(ctx); err != nil {
			return err
		}
		return fn(w)
	})
}

// delay blocks until the context ends, at most for a hundred times aWhile.
func delay(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(100 * shortTime):
		return nil
	}
}

type slowSnapshot struct{ store.Snapshot }

func (s slowSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if err := delay(ctx); err != nil {
		return nil, err
	}
	return s.Snapshot.Transactions(ctx, numbers)
}

// TestTimeoutAndLimitsApplyToStreams sends operations that take too long or exceed a
// limit over all stream transports: each has one error and no data.
func TestTimeoutAndLimitsApplyToStreams(t *testing.T) {
	kept := serve(t, graph.Options{}).Store
	b := serveStore(t, slowStore{kept}, graph.Options{OperationTimeout: shortTime / 2}, graphtest.As(access.Principal{Name: "test", Role: access.Admin}))
	for name, test := range map[string]struct{ query, errors string }{
		"a query":      {"{ transaction(number: 1) { number } }", `[{"message":"the operation took longer than 50ms and was stopped; request less data","extensions":{"code":"TIMEOUT"}}]`},
		"a mutation":   {"mutation { revert(input: {transaction: 1}) { transaction { number } } }", `[{"message":"the operation took longer than 50ms and was stopped; it may have been committed: check before retrying","extensions":{"code":"TIMEOUT"}}]`},
		"many fields":  {"{ " + strings.Repeat("__typename ", 51) + "}", `[{"message":"the document has too many fields at its root: 51; the limit is 50","extensions":{"code":"LIMIT"}}]`},
		"many follows": {"subscription { " + strings.Repeat("transactions { number } ", 51) + "}", `[{"message":"the document has too many fields at its root: 51; the limit is 50","extensions":{"code":"LIMIT"}}]`},
	} {
		t.Run(name, func(t *testing.T) {
			c := b.Connect()
			c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + test.query + `"}}`)
			c.Expect(`{"type": "error", "id": "1", "payload": ` + test.errors + `}`)
			c.Send(`{"type": "ping"}`) // nothing follows the error, and the socket stays open
			c.Expect(`{"type": "pong"}`)
			if got, want := graphtest.ReadAll(t, b.Events(http.MethodPost, test.query).Body), ":\n\nevent: next\ndata: {\"errors\":"+test.errors+"}\n\n"+completeEvent; got != want {
				t.Errorf("events: %s\nwant %s", got, want)
			}
			r := b.parts(t, test.query)
			r.expect(`{"payload":{"errors":` + test.errors + `}}`)
			r.expectEnd()
		})
	}
	if last, _ := kept.Committed(); last != 1 {
		t.Errorf("the stopped mutation was committed: %d transactions", last)
	}
}

func TestSubscriptionsHaveNoTimeout(t *testing.T) {
	b := serve(t, graph.Options{OperationTimeout: shortTime / 2, Streams: graph.StreamOptions{KeepAlive: shortTime / 2}})
	c, r := b.Connect(), b.parts(t, "subscription { transactions { number } }")
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number } }"}}`)
	time.Sleep(shortTime)
	b.CommitTopics(1)
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 2}}}}`)
	r.expect(transactionPart(2))
}

func TestInvalidUTF8ClosesTheSocket(t *testing.T) {
	w := serve(t, graph.Options{}).DialWire()
	w.Frame(graphtest.TextFrame, "{\"type\":\"ping\",\"payload\":{\"a\":\"\xff\"}}")
	w.Expect(t, graphtest.CloseFrame, "\x03\xefInvalid UTF-8") // 1007
	w.Frame(graphtest.CloseFrame, "\x03\xef")
}

func TestTooManyValuesCloseTheSocket(t *testing.T) {
	c := serve(t, graph.Options{}).Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": {"a": [` + strings.Repeat("{},", 60_000) + `1]}}}`)
	c.ExpectClosed(4400, "Invalid message received: the payload holds too many values")
}
