package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"chancery/access"

	"github.com/oauth2-proxy/mockoidc"
)

// answering is an Authenticator that says the same of everybody.
type answering struct {
	access.Principal
	error
}

func (a answering) Authenticate(context.Context, string) (access.Principal, error) {
	return a.Principal, a.error
}

func (a answering) Still(context.Context, string, access.Principal) (access.Principal, error) {
	return a.Principal, a.error
}

// whoAsks answers with the principal and the caller of the request's context.
var whoAsks = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	p, c := access.Of(r.Context()), access.CallerOf(r.Context())
	fmt.Fprintf(w, "%s is %s, from %t to %s", p.Name, p.Role, c.Remote != "", c.Host)
})

func TestTheContextSaysWhoAsks(t *testing.T) {
	editor := answering{Principal: access.Principal{Name: "Edil", Role: access.Editor}}
	for _, test := range []struct {
		by      access.Authenticator
		headers []string
		want    string
	}{
		{editor, []string{"Authorization", "Bearer x"}, "Edil is editor, from true to example.com"},
		{&access.Door{Anonymous: true}, nil, " is reader, from true to example.com"},
		// A WebSocket may bring its token later; until then it is nobody, where
		// nobody may be anonymous.
		{&access.Door{Anonymous: true}, []string{"Upgrade", "websocket"}, " is reader, from true to example.com"},
		{&access.Door{Anonymous: true, Hosts: []string{""}}, []string{"Upgrade", "websocket"}, " is nobody, from true to example.com"},
		{&access.Door{}, []string{"Upgrade", "websocket"}, " is nobody, from true to example.com"},
		{editor, []string{"Upgrade", "websocket", "Authorization", "Bearer x"}, "Edil is editor, from true to example.com"},
	} {
		request := httptest.NewRequest(http.MethodGet, "/graphql", nil)
		for i := 0; i < len(test.headers); i += 2 {
			request.Header.Set(test.headers[i], test.headers[i+1])
		}
		answer := httptest.NewRecorder()
		authenticated(test.by, slog.New(slog.DiscardHandler), whoAsks).ServeHTTP(answer, request)
		if got := answer.Body.String(); got != test.want {
			t.Errorf("%T %v: %s; want %s", test.by, test.headers, got, test.want)
		}
	}
}

func TestWhoIsDeniedIsToldWhy(t *testing.T) {
	const secret = "chancery_secret"
	for _, test := range []struct {
		err          error
		status       int
		code, header string
	}{
		{access.ErrUnauthenticated, 401, "UNAUTHENTICATED", `error="invalid_token"`},
		{access.ErrNoRole, 403, "FORBIDDEN", `error="insufficient_scope"`},
		{access.ErrMisdirected, 421, "MISDIRECTED", ""},
		{access.ErrUnavailable, 503, "UNAVAILABLE", ""},
		{errors.New("the disk of a.example is on fire"), 500, "INTERNAL", ""},
	} {
		var log bytes.Buffer
		request := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		request.Header.Set("Authorization", "Bearer "+secret)
		answer := httptest.NewRecorder()
		authenticated(answering{error: test.err}, slog.New(slog.NewTextHandler(&log, nil)), whoAsks).ServeHTTP(answer, request)
		var body struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code string }
			}
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil || len(body.Errors) != 1 || body.Errors[0].Message == "" {
			t.Fatalf("%v in %s", err, answer.Body)
		}
		if answer.Code != test.status || body.Errors[0].Extensions.Code != test.code || !strings.Contains(answer.Header().Get("WWW-Authenticate"), test.header) {
			t.Errorf("%v: %d %v %s", test.err, answer.Code, answer.Header(), answer.Body)
		}
		if ours := test.status == 500; ours != strings.Contains(log.String(), "on fire") || strings.Contains(answer.Body.String(), "on fire") || strings.Contains(log.String(), secret) {
			t.Errorf("%v: told %s, logged %s", test.err, answer.Body, &log)
		}
	}
}

// TestAProviderLetsPeopleIn has a server know the tokens of a provider, and ours.
func TestAProviderLetsPeopleIn(t *testing.T) {
	provider, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = provider.Shutdown() }()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	options := authentication{Private: true, OIDCIssuer: provider.Issuer(), OIDCAudience: provider.ClientID, OIDCClaim: "groups"}
	data := dataFile{filepath.Join(t.TempDir(), "graph.db")}
	door, err := options.door(t.Context(), data, "127.0.0.1", listener.Addr(), logger)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(listener, door, logger, siteOptions{})
	defer s.server.Close()
	s.gate.open(whoAsks)
	ours, _, err := options.open(data, nil).Create("desk", access.Admin, 0)
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String() + "/graphql"
	for token, want := range map[string]string{
		ours:                                "desk is admin",
		idToken(t, provider, "admin"):       "jane.doe is admin",
		idToken(t, provider, "x", "reader"): "jane.doe is reader",
		idToken(t, provider, "x"):           `"code":"FORBIDDEN"`,
		idToken(t, provider, "admin") + "A": "the provider has not signed the token",
	} {
		if _, text := send(t, http.MethodPost, url, "{}", "Authorization", "Bearer "+token); !strings.Contains(text, want) {
			t.Errorf("%s; want %s", text, want)
		}
	}
	wantStatus(t, http.StatusUnauthorized, http.MethodPost, url, "{}")
}

// idToken is what a provider gives to a person of some groups.
func idToken(t *testing.T, by *mockoidc.MockOIDC, groups ...string) string {
	t.Helper()
	user := mockoidc.DefaultUser()
	user.Groups = groups
	session, err := by.SessionStore.NewSession("openid profile groups", "", user, "", "")
	if err != nil {
		t.Fatal(err)
	}
	token, err := session.IDToken(by.Config(), by.Keypair, by.Now())
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestNoOtherRequestComesWithoutAToken has some that pretend.
func TestNoOtherRequestComesWithoutAToken(t *testing.T) {
	door := &access.Door{Methods: []access.Method{access.NewTokens(filepath.Join(t.TempDir(), "tokens"), nil, nil)}}
	for _, test := range []struct{ method, header, value string }{
		{http.MethodGet, "Upgrade", ""},
		{http.MethodGet, "Upgrade", "h2c"},
		{http.MethodPost, "Upgrade", "websocket"},
		{http.MethodPost, "Connection", "Upgrade"},
		{http.MethodGet, "Authorization", ""},
		{http.MethodGet, "Accept", "text/event-stream"},
		{http.MethodOptions, "Access-Control-Request-Method", "POST"},
	} {
		request := httptest.NewRequest(test.method, "/graphql", nil)
		request.Header.Set(test.header, test.value)
		answer := httptest.NewRecorder()
		authenticated(door, slog.New(slog.DiscardHandler), whoAsks).ServeHTTP(answer, request)
		if answer.Code != http.StatusUnauthorized {
			t.Errorf("%v: %d", test, answer.Code)
		}
	}
	bad := httptest.NewRequest(http.MethodGet, "/graphql", nil)
	bad.Header.Set("Upgrade", "websocket")
	bad.Header.Set("Authorization", "Bearer "+"chancery_no")
	answer := httptest.NewRecorder()
	authenticated(door, slog.New(slog.DiscardHandler), whoAsks).ServeHTTP(answer, bad)
	if answer.Code != http.StatusUnauthorized {
		t.Errorf("a socket with a bad token: %d", answer.Code)
	}
}

func TestHeadersAreBounded(t *testing.T) {
	s, url := newTestSite(t, io.Discard)
	s.gate.open(whoAsks)
	status, _ := send(t, http.MethodPost, url+"/graphql", "{}", "Authorization", "Bearer "+strings.Repeat("a", 2*maxHeader))
	if status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", status)
	}
	wantStatus(t, http.StatusBadRequest, http.MethodPost, url+"/graphql", "{}", "Authorization", "Bearer "+strings.Repeat("a", maxHeader/2))
}
