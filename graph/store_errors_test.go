package graph_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// contractErrors are all errors of the store's contract, by name, with the codes that
// clients see.
var contractErrors = map[string]struct {
	err  error
	code string
}{
	"ErrNotFound":       {store.ErrNotFound, "NOT_FOUND"},
	"ErrConflict":       {store.ErrConflict, "CONFLICT"},
	"ErrRetry":          {store.ErrRetry, "UNAVAILABLE"},
	"ErrOutcomeUnknown": {store.ErrOutcomeUnknown, "OUTCOME_UNKNOWN"},
	"ErrFull":           {store.ErrFull, "UNAVAILABLE"},
	"ErrReplaced":       {store.ErrReplaced, "UNAVAILABLE"},
	"ErrClock":          {store.ErrClock, "UNAVAILABLE"},
	"ErrForbidden":      {store.ErrForbidden, "FORBIDDEN"},
	"ErrReferenced":     {store.ErrReferenced, "CONFLICT"},
	"ErrCursor":         {store.ErrCursor, "BAD_USER_INPUT"},
	"ErrLimit":          {store.ErrLimit, "BAD_USER_INPUT"},
	"ErrExpensive":      {store.ErrExpensive, "COST"},
	"ErrReleased":       {store.ErrReleased, "UNAVAILABLE"},
	"ErrReadOnly":       {store.ErrReadOnly, "FORBIDDEN"},
	"ErrInUse":          {store.ErrInUse, "INTERNAL"},
	"ErrForeign":        {store.ErrForeign, "INTERNAL"},
	"ErrNewer":          {store.ErrNewer, "INTERNAL"},
	"ErrCorrupt":        {store.ErrCorrupt, "INTERNAL"},
	"RefusedError":      {&store.RefusedError{Refusals: []store.Refusal{{Record: &diplomacy.Topic{}, Problems: diplomacy.Problems{{Reason: "secret"}}}}}, "INTERNAL"},
	"canceled":          {context.Canceled, "UNAVAILABLE"},
	"deadline":          {context.DeadlineExceeded, "UNAVAILABLE"},
	"stranger":          {errors.New("secret"), "INTERNAL"},
}

// TestContractErrorsAreListed reads the names of the contract's errors from its source.
func TestContractErrorsAreListed(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../store/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			for _, name := range spec.Names {
				if _, listed := contractErrors[name.Name]; name.IsExported() && !listed {
					t.Errorf("store.%s is not in contractErrors, so nothing shows what clients see of it", name)
				}
			}
		}
		return true
	})
}

// failingStore fails at one place, once it is told to. It is safe for concurrent use.
type failingStore struct {
	store.Store
	fault atomic.Pointer[fault] // nil: it does not fail
}

// fault is an error and where it occurs: read, write or a method of Reader.
type fault struct {
	at  string
	err error
}

func (s *failingStore) fail(at string) error {
	if f := s.fault.Load(); f != nil && f.at == at {
		return fmt.Errorf("read /secret/chancery.db: %w: secret", f.err)
	}
	return nil
}

func (s *failingStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	if err := s.fail("read"); err != nil {
		return nil, err
	}
	snapshot, err := s.Store.Read(ctx, view)
	return failingSnapshot{snapshot, s}, err
}

func (s *failingStore) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if err := s.fail("write"); err != nil {
		return diplomacy.Transaction{}, err
	}
	return s.Store.Write(ctx, by, fn)
}

type failingSnapshot struct {
	store.Snapshot
	of *failingStore
}

func (s failingSnapshot) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	if err := s.of.fail("records"); err != nil {
		return nil, err
	}
	return s.Snapshot.Records(ctx, ids)
}

func (s failingSnapshot) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	if err := s.of.fail("list"); err != nil {
		return store.ListPage{}, err
	}
	return s.Snapshot.List(ctx, q)
}

func (s failingSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if err := s.of.fail("transactions"); err != nil {
		return nil, err
	}
	return s.Snapshot.Transactions(ctx, numbers)
}

func (s failingSnapshot) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	if err := s.of.fail("changes"); err != nil {
		return nil, err
	}
	return s.Snapshot.Changes(ctx, number, after, limit)
}

// TestTextsOfTheStoreReachNoClient fails each operation, through each transport, with each
// error of the store: the response has a code and nothing of the error's text.
func TestTextsOfTheStoreReachNoClient(t *testing.T) {
	const (
		list      = `{ topics(first: 1) { nodes { name history(first: 1) { nodes { transaction { number } } } } } }`
		past      = `query @asOf(knownAt: 1) { topics(first: 1) { nodes { name } } }`
		mutation  = `mutation { commit(input: {changes: []}) { userErrors { message } } }`
		following = `subscription { transactions(after: 0, touching: {types: [TOPIC]}) { number changes { nodes { action } } } }`
	)
	var secrets secretCounter
	s := &failingStore{Store: graphtest.OpenStore(t)}
	server := graphtest.ServeStore(t, s, graph.Options{Logger: slog.New(slog.NewTextHandler(&secrets, nil))}, graphtest.As(graphtest.Editor))
	server.CommitTopics(2)
	for name, of := range contractErrors {
		for _, c := range []struct{ at, query string }{
			{"read", list}, {"list", list}, {"transactions", list}, {"read", past}, {"list", past}, {"write", mutation},
			{"read", following}, {"transactions", following}, {"changes", following},
		} {
			s.fault.Store(&fault{c.at, of.err})
			for via, response := range responses(server, c.query) {
				shown := strings.Contains(response, "secret") || of.code == "INTERNAL" && strings.Contains(response, of.err.Error())
				if shown || !strings.Contains(response, `"code":"`+of.code+`"`) {
					t.Errorf("%s at %s of %.30s, via %s: %s", name, c.at, c.query, via, response)
				}
			}
			s.fault.Store(nil)
		}
	}
	if secrets.Load() == 0 {
		t.Error("nothing was logged, so the errors did not occur")
	}
}

// secretCounter counts the lines of a log that contain the text of an error.
type secretCounter struct{ atomic.Int64 }

func (c *secretCounter) Write(line []byte) (int, error) {
	c.Add(int64(bytes.Count(line, []byte("secret"))))
	return len(line), nil
}

// responses returns the responses to an operation, by transport. It returns after the
// operations have ended, so that none is still running when the store works again: what it
// read then would be cached, and the next fault would not occur.
func responses(s *graphtest.Server, query string) map[string]string {
	s.T.Helper()
	found := map[string]string{}
	for _, accept := range []string{"application/json", "application/graphql-response+json", "text/event-stream", `multipart/mixed; subscriptionSpec="1.0"`} {
		if strings.HasPrefix(query, "subscription") == strings.HasPrefix(accept, "application/") {
			continue
		}
		response := s.Events(http.MethodPost, strings.ReplaceAll(query, `"`, `\"`), "Accept", accept)
		late := time.AfterFunc(time.Minute, func() { response.Body.Close() })
		found[accept] = graphtest.ReadAll(s.T, response.Body)
		late.Stop()
		response.Body.Close()
	}
	found["WebSocket"] = messages(s, query)
	return found
}

// messages returns all messages of an operation over a WebSocket.
func messages(s *graphtest.Server, query string) (all string) {
	s.T.Helper()
	socket := s.Connect()
	socket.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + query + `"}}`)
	for !strings.Contains(all, `"type":"complete"`) && !strings.Contains(all, `"type":"error"`) {
		text, err := socket.Receive()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.T.Fatalf("after %s: %v", all, err)
		}
		all += text
	}
	_ = socket.CloseNow()
	return all
}

// TestStateThatIsNotThereIsNamed asks for the state after a transaction that was not made.
func TestStateThatIsNotThereIsNamed(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	_, shown := graphtest.PostForErrors(t, h, `query @asOf(knownAt: 77) { topics(first: 1) { nodes { name } } }`, nil)
	if want := "[[topics] NOT_FOUND knownAt: there is no transaction 77]"; fmt.Sprint(shown) != want {
		t.Errorf("shown %v, want %s", shown, want)
	}
}
