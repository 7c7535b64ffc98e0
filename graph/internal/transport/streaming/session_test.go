package streaming_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// authenticatedServer is a graph whose clients need a token from a file.
type authenticatedServer struct {
	*served
	tokens      *access.Tokens
	path        string
	clockOffset atomic.Int64 // how far the clock is ahead
	secret      string       // of a reader, for an hour
	log         *bytes.Buffer
}

const shortKeepAlive = 10 * time.Millisecond

func serveAuthenticated(t *testing.T, budget graph.Budget) *authenticatedServer {
	t.Helper()
	return serveVerifying(t, budget, shortKeepAlive)
}

// serveVerifying verifies tokens of open streams with each keep-alive.
func serveVerifying(t *testing.T, budget graph.Budget, keepAlive time.Duration) *authenticatedServer {
	t.Helper()
	g := &authenticatedServer{path: filepath.Join(t.TempDir(), "tokens"), log: new(bytes.Buffer)}
	clock := func() time.Time { return time.Now().Add(time.Duration(g.clockOffset.Load())) }
	g.tokens = access.NewTokens(g.path, clock, slog.New(slog.DiscardHandler))
	var err error
	if g.secret, _, err = g.tokens.Create("Edil", access.Reader, time.Hour); err != nil {
		t.Fatal(err)
	}
	door := &access.TokenAuthenticator{Verifiers: []access.Verifier{g.tokens}}
	g.served = serve(t, graph.Options{
		Authenticate: door, Logger: slog.New(slog.NewTextHandler(g.log, nil)),
		Streams: graph.StreamOptions{KeepAlive: keepAlive}, Budget: budget,
	}, authenticate(door))
	t.Cleanup(func() {
		if g.log.Len() > 0 {
			t.Errorf("unexpected log: %s", g.log)
		}
	})
	return g
}

// authenticate returns a middleware that authenticates requests; without a token they have
// no role.
func authenticate(door access.Authenticator) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var p access.Principal
			if token, err := access.BearerToken(r); err == nil {
				p, _ = door.Authenticate(r.Context(), token)
			}
			next.ServeHTTP(w, r.WithContext(access.WithPrincipal(r.Context(), p)))
		})
	}
}

// begin opens a socket with the token in connection_init.
func (g *authenticatedServer) begin() *graphtest.Socket {
	g.T.Helper()
	c := g.Dial(graphtest.Subprotocol)
	c.Send(`{"type": "connection_init", "payload": {"authorization": "Bearer ` + g.secret + `"}}`)
	c.Expect(`{"type": "connection_ack"}`)
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + followNumbers + `"}}`)
	return c
}

const followNumbers = "subscription { transactions(after: 1) { number } }"

// TestRejectedTokensEndStreams ends streams with a reason, whether the token came with
// connection_init or with the request.
func TestRejectedTokensEndStreams(t *testing.T) {
	for name, test := range map[string]struct {
		happens  func(*authenticatedServer) error
		code     int
		reason   string
		inEvents bool // whether events have the reason
	}{
		"revoked": {func(g *authenticatedServer) error { _, err := g.tokens.Revoke("Edil"); return err }, 4403, "Forbidden: not authenticated: the token was revoked at ", true},
		"expired": {func(g *authenticatedServer) error { g.clockOffset.Store(int64(2 * time.Hour)); return nil }, 4403, "Forbidden: not authenticated: the token expired at ", true},
		"gone":    {func(g *authenticatedServer) error { return os.Remove(g.path) }, 4403, "Forbidden: not authenticated: unknown token", true},
		"damaged": {func(g *authenticatedServer) error { return os.WriteFile(g.path, []byte("{"), 0o600) }, 1013, "Token cannot be verified now", false},
	} {
		t.Run(name, func(t *testing.T) {
			g := serveAuthenticated(t, graph.Budget{})
			within, without := g.begin(), g.DialWithHeader(http.Header{"Authorization": {"Bearer " + g.secret}}, graphtest.Subprotocol)
			without.Send(`{"type": "connection_init"}`)
			without.Expect(`{"type": "connection_ack"}`)
			events := g.Events(http.MethodPost, followNumbers, "Authorization", "Bearer "+g.secret)
			g.CommitTopics(1)
			within.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 2}}}}`)
			if err := test.happens(g); err != nil {
				t.Fatal(err)
			}
			within.ExpectClosedFor(test.code, test.reason)
			without.ExpectClosedFor(test.code, test.reason)
			answer := graphtest.ReadAll(t, events.Body)
			_, words, _ := strings.Cut(test.reason, ": ")
			inEvents := strings.Contains(answer, `"message":"`+words) && strings.Contains(answer, `"code":"UNAUTHENTICATED"`) && strings.HasSuffix(answer, completeEvent)
			if inEvents != test.inEvents || strings.Contains(answer, completeEvent) != test.inEvents {
				t.Errorf("unexpected events %q", answer)
			}
		})
	}
}

// TestRevokedTokenIsRejectedAtTheNextOperation: it must not write until the next keep-alive.
func TestRevokedTokenIsRejectedAtTheNextOperation(t *testing.T) {
	g := serveVerifying(t, graph.Budget{}, time.Hour)
	g.changeRole("reader", "editor")
	c := g.begin()
	if _, err := g.tokens.Revoke("Edil"); err != nil {
		t.Fatal(err)
	}
	was, _ := g.Committed()
	c.Send(`{"type": "subscribe", "id": "2", "payload": {"query": "mutation { commit(input: {changes: [{putTopic: {name: \"late\"}}]}) { userErrors { message } } }"}}`)
	c.ExpectClosedFor(4403, "Forbidden: not authenticated: the token was revoked at ")
	if now, _ := g.Committed(); now != was {
		t.Errorf("transaction %d was written with a revoked token", now)
	}
}

// TestChangedRoleAppliesToTheNextEvent changes the role between events: it decides what
// an event shows and which events pass the filter.
func TestChangedRoleAppliesToTheNextEvent(t *testing.T) {
	g := serveAuthenticated(t, graph.Budget{})
	const query = "subscription { transactions(after: 1, touching: {types: [SOURCE]}) { number changes { nodes { record { ... on Source { slug } } } } } }"
	events := g.Events(http.MethodPost, query, "Authorization", "Bearer "+g.secret)
	g.putSources("a", "hidden-b", "c")
	expectEventsAndKeepAlives(t, events, "a", "c") // the reader was past hidden-b before the role changed
	g.changeRole("reader", "editor")
	expectEventsAndKeepAlives(t, events)
	g.putSources("hidden-d")
	expectEventsAndKeepAlives(t, events, "hidden-d")
	g.putSources("e")
	expectEventsAndKeepAlives(t, events, "e")
	g.changeRole("editor", "reader")
	expectEventsAndKeepAlives(t, events)
	g.putSources("hidden-f", "g")
	expectEventsAndKeepAlives(t, events, "g")
}

// TestChangedRoleAppliesToAWaitingEvent takes the role away while an event waits for the
// budget: it must not show what the new role may not see.
func TestChangedRoleAppliesToAWaitingEvent(t *testing.T) {
	g := serveAuthenticated(t, graph.Budget{Burst: 4, Refill: 2}) // the estimate of an event is 4, its cost 3
	g.changeRole("reader", "editor")
	const query = "subscription { transactions(after: 1) { number changes(first: 1) { nodes { record { ... on Source { slug } } } } } }"
	events := g.Events(http.MethodPost, query, "Authorization", "Bearer "+g.secret)
	g.putSources("hidden-a", "hidden-b")
	expectEventsAndKeepAlives(t, events, "hidden-a") // the next event waits for more than a second
	g.changeRole("editor", "reader")
	expectEventsAndKeepAlives(t, events)
	g.putSources("c")
	for text := ""; !strings.Contains(text, `"slug":"c"`); {
		one := make([]byte, 1)
		if _, err := io.ReadFull(events.Body, one); err != nil {
			t.Fatal(err)
		}
		if text += string(one); strings.Contains(text, "hidden-b") {
			t.Fatalf("a reader was shown a restricted source: %s", text)
		}
	}
}

// changeRole changes the role of the token in its file.
func (g *authenticatedServer) changeRole(from, to string) {
	g.T.Helper()
	text, err := os.ReadFile(g.path)
	if err == nil {
		err = os.WriteFile(g.path+".new", bytes.Replace(text, []byte(from), []byte(to), 1), 0o600)
	}
	if err == nil {
		err = os.Rename(g.path+".new", g.path)
	}
	if err != nil {
		g.T.Fatal(err)
	}
}

// putSources commits a transaction for each source; those whose slug begins with hidden
// are restricted.
func (g *authenticatedServer) putSources(slugs ...string) {
	g.T.Helper()
	for _, slug := range slugs {
		_, err := g.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
			return w.Put(context.Background(), &diplomacy.Source{
				Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug}}},
				Type:  "COMMUNIQUE", Restricted: strings.HasPrefix(slug, "hidden"),
			})
		})
		if err != nil {
			g.T.Fatal(err)
		}
	}
}

// expectEventsAndKeepAlives reads events of sources with the given slugs and then three keep-alives,
// by which time the token was verified again.
func expectEventsAndKeepAlives(t *testing.T, from graphtest.Stream, slugs ...string) {
	t.Helper()
	for signs, before := 0, 0; signs < 3; {
		line := ""
		for one := make([]byte, 1); !strings.HasSuffix(line, "\n"); line += string(one) {
			if _, err := io.ReadFull(from.Body, one); err != nil {
				t.Fatal(err)
			}
		}
		switch {
		case line == ":\n" && len(slugs) == 0:
			signs++
		case line == ":\n":
			if before++; before > 500 { // on a busy machine an event may be late
				t.Fatalf("no event of %q", slugs)
			}
		case !strings.HasPrefix(line, "data:"):
		case len(slugs) == 0 || !strings.Contains(line, `"slug":"`+slugs[0]+`"`):
			t.Fatalf("got %swant %q", line, slugs)
		default:
			slugs = slugs[1:]
		}
	}
}
