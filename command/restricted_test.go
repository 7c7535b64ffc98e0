package command

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/server"
	"chancery/store"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// serveSources serves an open source and one under embargo, as `chancery serve`
// does with these options, and gives a token of each role.
func serveSources(t *testing.T, options authenticationOptions) (address string, tokens map[access.Role]string) {
	t.Helper()
	data := location(filepath.Join(t.TempDir(), "graph.db"))
	kept, err := data.open(false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	_, err = kept.Write(t.Context(), store.Commit{Author: "test"}, func(w store.Writer) error {
		return w.Put(t.Context(), source("communique", false), source("embargoed", true))
	})
	if err != nil {
		t.Fatal(err)
	}
	tokens = map[access.Role]string{}
	for _, role := range []access.Role{access.Reader, access.Editor, access.Admin} {
		if tokens[role], _, err = options.open(data, nil).Create("a person, "+role.String(), role, 0); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	authenticator, err := options.authenticator(t.Context(), data, "127.0.0.1", listener.Addr(), log)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(listener, server.Options{Authenticator: authenticator, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Shutdown(); err != nil {
			t.Error(err)
		}
	})
	s.Ready(server.Graph{Handler: graph.NewHandler(kept, graph.Options{Logger: log, Authenticate: authenticator})})
	return listener.Addr().String(), tokens
}

func source(slug string, restricted bool) *diplomacy.Source {
	return &diplomacy.Source{
		Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug}}},
		Type:  "COMMUNIQUE", Restricted: restricted,
	}
}

const askSources = `{ sources(first: 10) { totalCount nodes { name } } }`

// TestRestrictedSourcesAreShownToEditorsOnly queries over HTTP and over WebSocket.
func TestRestrictedSourcesAreShownToEditorsOnly(t *testing.T) {
	for _, options := range []authenticationOptions{{}, {Public: true}} {
		address, tokens := serveSources(t, options)
		tokens[access.NoRole] = ""
		for role, token := range tokens {
			for way, ask := range map[string]func(*testing.T, string, string) string{"http": askByHTTP, "socket": askBySocket} {
				answer := ask(t, address, token)
				shown := strings.Contains(answer, "embargoed") || strings.Contains(answer, `"totalCount":2`)
				if !strings.Contains(answer, "communique") || shown != (role >= access.Editor) {
					t.Errorf("%+v, %s to %v: %s", options, way, role, answer)
				}
			}
		}
	}
}

// TestPrivateServerRejectsRequestsWithoutToken queries over HTTP and over WebSocket.
func TestPrivateServerRejectsRequestsWithoutToken(t *testing.T) {
	address, tokens := serveSources(t, authenticationOptions{Private: true})
	for _, ask := range []func(*testing.T, string, string) string{askByHTTP, askBySocket} {
		if answer := ask(t, address, tokens[access.Reader]); !strings.Contains(answer, "communique") {
			t.Errorf("with a token: %s", answer)
		}
		for _, bad := range []string{"", access.NoRole.String(), tokens[access.Admin] + "a"} {
			if answer := ask(t, address, bad); strings.Contains(answer, "communique") || strings.Contains(answer, "data") {
				t.Errorf("with the token %q: %s", bad, answer)
			}
		}
	}
}

func askByHTTP(t *testing.T, address, token string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": askSources})
	if err != nil {
		t.Fatal(err)
	}
	header := []string{"Content-Type", "application/json"}
	if token != "" {
		header = append(header, "Authorization", "Bearer "+token)
	}
	_, answer := send(t, http.MethodPost, "http://"+address+"/graphql", string(body), header...)
	return answer
}

// askBySocket brings the token within, as browsers must. It gives the answer, or
// why the socket was closed.
func askBySocket(t *testing.T, address, token string) string {
	t.Helper()
	conn, answer, err := websocket.Dial(t.Context(), "ws://"+address+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if answer.Body != nil {
		defer answer.Body.Close()
	}
	defer conn.CloseNow()
	begin := map[string]any{"type": "connection_init"}
	if token != "" {
		begin["payload"] = map[string]string{"authorization": "Bearer " + token}
	}
	question := map[string]any{"type": "subscribe", "id": "1", "payload": map[string]string{"query": askSources}}
	return dialogue(t.Context(), conn, begin, question)
}

func dialogue(ctx context.Context, conn *websocket.Conn, begin, question any) string {
	var ready, next struct{ Payload json.RawMessage }
	for _, turn := range []struct{ say, hear any }{{begin, &ready}, {question, &next}} {
		if err := wsjson.Write(ctx, conn, turn.say); err != nil {
			return err.Error()
		}
		if err := wsjson.Read(ctx, conn, turn.hear); err != nil {
			return err.Error()
		}
	}
	return string(next.Payload)
}
