package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"
	"chancery/store/bolt"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// served is a graph behind an HTTP server.
type served struct {
	store.Store
	url string
	t   testing.TB
}

// serve opens a graph with a transaction and serves it.
func serve(t testing.TB, options graph.Options, around ...func(http.Handler) http.Handler) *served {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b := serveStore(t, s, options, around...)
	b.put(1)
	return b
}

// serveStore serves a store.
func serveStore(t testing.TB, s store.Store, options graph.Options, around ...func(http.Handler) http.Handler) *served {
	t.Helper()
	if options.Logger == nil {
		options.Logger = slog.New(slog.NewTextHandler(t.Output(), nil)) // shown where the test fails
	}
	handler := graph.NewHandler(s, options)
	for _, wrap := range around {
		handler = wrap(handler)
	}
	var running sync.WaitGroup // sockets, of which the server loses sight
	t.Cleanup(running.Wait)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running.Add(1)
		defer running.Done()
		handler.ServeHTTP(w, r)
	}))
	server.Listener = narrow{server.Listener}
	server.Start()
	t.Cleanup(server.Close)
	return &served{s, server.URL, t}
}

// narrow lets the network keep little for clients that do not read, so that it is
// soon noticed.
type narrow struct{ net.Listener }

const network = 64 << 10 // bytes, either way

func (n narrow) Accept() (net.Conn, error) {
	conn, err := n.Listener.Accept()
	if err == nil {
		err = conn.(*net.TCPConn).SetWriteBuffer(network)
	}
	return conn, err
}

// put makes transactions of a topic each.
func (b *served) put(n int) {
	b.t.Helper()
	for range n {
		last, _ := b.Committed()
		name := fmt.Sprintf("topic-%d", last+1)
		_, err := b.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
			return w.Put(context.Background(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: name, Names: []diplomacy.Name{{Value: name, Language: "en"}}}})
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// putAtOnce makes a transaction of so many topics.
func (b *served) putAtOnce(n int) {
	b.t.Helper()
	_, err := b.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
		for i := range n {
			name := fmt.Sprintf("one-of-many-%d", i)
			if err := w.Put(context.Background(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: name, Names: []diplomacy.Name{{Value: name, Language: "en"}}}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// door knows some tokens, and some that it cannot tell about.
type door struct{}

func (door) Authenticate(_ context.Context, token string) (access.Principal, error) {
	switch token {
	case "reader":
		return access.Principal{Name: token, Role: access.Reader}, nil
	case "stranger":
		return access.Principal{Name: token}, nil
	case "later":
		return access.Principal{}, fmt.Errorf("%w: ask again", access.ErrUnavailable)
	case "fault":
		return access.Principal{}, errors.New("the door is stuck")
	}
	return access.Principal{}, fmt.Errorf("%w: there is no such token", access.ErrUnauthenticated)
}

func (d door) Still(ctx context.Context, token string, _ access.Principal) (access.Principal, error) {
	return d.Authenticate(ctx, token)
}

// by makes all requests those of a principal.
func by(p access.Principal) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r.WithContext(access.With(r.Context(), p)))
		})
	}
}

// soon fails the test if something has not happened after a while.
func soon(t testing.TB, what string, happened func() bool) {
	t.Helper()
	for range 500 {
		if happened() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s: not after five seconds", what)
}

// bare is an answer without what it says about itself.
func bare(answer []byte) []byte {
	if i := bytes.LastIndex(answer, []byte(`,"extensions":{`)); i >= 0 {
		if cut := append(slices.Clone(answer[:i]), '}'); json.Valid(cut) {
			return cut
		}
	}
	return answer
}
