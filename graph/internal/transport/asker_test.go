package transport_test

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
	"chancery/store"
)

// guarded is a graph to which one must bring a token of a file.
type guarded struct {
	*served
	tokens *access.Tokens
	path   string
	later  atomic.Int64 // how far the clock is ahead
	secret string       // of a reader, for an hour
	log    *bytes.Buffer
}

const oftenLooked = 10 * time.Millisecond

func serveGuarded(t *testing.T, budget graph.Budget) *guarded {
	t.Helper()
	g := &guarded{path: filepath.Join(t.TempDir(), "tokens"), log: new(bytes.Buffer)}
	clock := func() time.Time { return time.Now().Add(time.Duration(g.later.Load())) }
	g.tokens = access.NewTokens(g.path, clock, slog.New(slog.DiscardHandler))
	var err error
	if g.secret, _, err = g.tokens.Create("Edil", access.Reader, time.Hour); err != nil {
		t.Fatal(err)
	}
	door := &access.Door{Methods: []access.Method{g.tokens}}
	g.served = serve(t, graph.Options{
		Authenticate: door, Logger: slog.New(slog.NewTextHandler(g.log, nil)),
		Streams: graph.StreamOptions{KeepAlive: oftenLooked}, Budget: budget,
	}, entering(door))
	t.Cleanup(func() {
		if g.log.Len() > 0 {
			t.Errorf("logged: %s", g.log)
		}
	})
	return g
}

// entering lets the door say who a request is of; without a token, it is nobody's.
func entering(door access.Authenticator) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var p access.Principal
			if token, err := access.Bearer(r); err == nil {
				p, _ = door.Authenticate(r.Context(), token)
			}
			next.ServeHTTP(w, r.WithContext(access.With(r.Context(), p)))
		})
	}
}

// begin opens a socket with the token inside.
func (g *guarded) begin() *client {
	g.t.Helper()
	c := g.dial(protocol)
	c.send(`{"type": "connection_init", "payload": {"authorization": "Bearer ` + g.secret + `"}}`)
	c.expect(`{"type": "connection_ack"}`)
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + followNumbers + `"}}`)
	return c
}

const followNumbers = "subscription { transactions(after: 1) { number } }"

// TestCredentialsThatHoldNoMore ends streams, whether the token came within or with
// the request, and tells why.
func TestCredentialsThatHoldNoMore(t *testing.T) {
	for name, test := range map[string]struct {
		happens func(*guarded) error
		code    int
		reason  string
		told    bool // to who reads events
	}{
		"revoked": {func(g *guarded) error { _, err := g.tokens.Revoke("Edil"); return err }, 4403, "Forbidden: not authenticated: the token was revoked at ", true},
		"expired": {func(g *guarded) error { g.later.Store(int64(2 * time.Hour)); return nil }, 4403, "Forbidden: not authenticated: the token expired at ", true},
		"gone":    {func(g *guarded) error { return os.Remove(g.path) }, 4403, "Forbidden: not authenticated: the token is not known here", true},
		"damaged": {func(g *guarded) error { return os.WriteFile(g.path, []byte("{"), 0o600) }, 1013, "Cannot tell who asks now", false},
	} {
		t.Run(name, func(t *testing.T) {
			g := serveGuarded(t, graph.Budget{})
			within, without := g.begin(), g.dialWith(http.Header{"Authorization": {"Bearer " + g.secret}}, protocol)
			without.send(`{"type": "connection_init"}`)
			without.expect(`{"type": "connection_ack"}`)
			events := g.events(http.MethodPost, followNumbers, "Authorization", "Bearer "+g.secret)
			g.put(1)
			within.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 2}}}}`)
			if err := test.happens(g); err != nil {
				t.Fatal(err)
			}
			within.expectClosedFor(test.code, test.reason)
			without.expectClosedFor(test.code, test.reason)
			answer := read(t, events.Body)
			_, words, _ := strings.Cut(test.reason, ": ")
			told := strings.Contains(answer, `"message":"`+words) && strings.Contains(answer, `"code":"UNAUTHENTICATED"`) && strings.HasSuffix(answer, done)
			if told != test.told || strings.Contains(answer, done) != test.told {
				t.Errorf("the events were %q", answer)
			}
		})
	}
}

// TestARoleThatChanges applies to what is told next, in the view and in what
// touches the filter.
func TestARoleThatChanges(t *testing.T) {
	g := serveGuarded(t, graph.Budget{})
	const query = "subscription { transactions(after: 1, touching: {types: [SOURCE]}) { number changes { nodes { record { ... on Source { slug } } } } } }"
	events := g.events(http.MethodPost, query, "Authorization", "Bearer "+g.secret)
	g.putSources("a", "hidden-b")
	g.becomes("reader", "editor")
	signsOfLife(t, events, "a")
	g.putSources("hidden-c")
	signsOfLife(t, events, "hidden-c")
	g.putSources("d")
	signsOfLife(t, events, "d")
	g.becomes("editor", "reader")
	signsOfLife(t, events)
	g.putSources("hidden-e", "f")
	signsOfLife(t, events, "f")
}

// TestARoleThatChangesMeanwhile: who waits for an event until he may spend again gets
// none that he may see no more by then.
func TestARoleThatChangesMeanwhile(t *testing.T) {
	g := serveGuarded(t, graph.Budget{Size: 4, Refill: 2}) // an answer may cost that, and costs 3
	g.becomes("reader", "editor")
	const query = "subscription { transactions(after: 1) { number changes(first: 1) { nodes { record { ... on Source { slug } } } } } }"
	events := g.events(http.MethodPost, query, "Authorization", "Bearer "+g.secret)
	g.putSources("hidden-a", "hidden-b")
	signsOfLife(t, events, "hidden-a") // the next is waited for, for more than a second
	g.becomes("editor", "reader")
	signsOfLife(t, events)
	g.putSources("c")
	for text := ""; !strings.Contains(text, `"slug":"c"`); {
		one := make([]byte, 1)
		if _, err := io.ReadFull(events.Body, one); err != nil {
			t.Fatal(err)
		}
		if text += string(one); strings.Contains(text, "hidden-b") {
			t.Fatalf("a reader was told: %s", text)
		}
	}
}

// becomes changes the role of the token, as by hand.
func (g *guarded) becomes(from, to string) {
	g.t.Helper()
	text, err := os.ReadFile(g.path)
	if err == nil {
		err = os.WriteFile(g.path+".new", bytes.Replace(text, []byte(from), []byte(to), 1), 0o600)
	}
	if err == nil {
		err = os.Rename(g.path+".new", g.path)
	}
	if err != nil {
		g.t.Fatal(err)
	}
}

// putSources makes a transaction for each; those that are hidden are restricted.
func (g *guarded) putSources(slugs ...string) {
	g.t.Helper()
	for _, slug := range slugs {
		_, err := g.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
			return w.Put(context.Background(), &diplomacy.Source{
				Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug}}},
				Type:  "COMMUNIQUE", Restricted: strings.HasPrefix(slug, "hidden"),
			})
		})
		if err != nil {
			g.t.Fatal(err)
		}
	}
}

// signsOfLife reads on until some have come behind the events wanted, which are of
// a source each: by then it has been looked who asks.
func signsOfLife(t *testing.T, from stream, slugs ...string) {
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
			if before++; before > 500 { // on a busy machine an event may be some signs late
				t.Fatalf("not told of %q", slugs)
			}
		case !strings.HasPrefix(line, "data:"):
		case len(slugs) == 0 || !strings.Contains(line, `"slug":"`+slugs[0]+`"`):
			t.Fatalf("got %swant %q", line, slugs)
		default:
			slugs = slugs[1:]
		}
	}
}
