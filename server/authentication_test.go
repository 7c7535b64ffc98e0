package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"chancery/access"
)

// fixedAuthenticator authenticates every request as the same principal, or with the same error.
type fixedAuthenticator struct {
	access.Principal
	error
}

func (a fixedAuthenticator) Authenticate(context.Context, string) (access.Principal, error) {
	return a.Principal, a.error
}

func (a fixedAuthenticator) Recheck(context.Context, string, access.Principal) (access.Principal, error) {
	return a.Principal, a.error
}

// showPrincipal responds with the principal and the caller of the request's context.
var showPrincipal = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	p, c := access.PrincipalFrom(r.Context()), access.CallerFrom(r.Context())
	fmt.Fprintf(w, "%s is %s, from %t to %s", p.Name, p.Role, c.Remote != "", c.Host)
})

func TestContextHasPrincipalAndCaller(t *testing.T) {
	editor := fixedAuthenticator{Principal: access.Principal{Name: "Edil", Role: access.Editor}}
	for _, test := range []struct {
		by      access.Authenticator
		headers []string
		want    string
	}{
		{editor, []string{"Authorization", "Bearer x"}, "Edil is editor, from true to example.com"},
		{&access.TokenAuthenticator{AllowAnonymous: true}, nil, " is reader, from true to example.com"},
		// A WebSocket may send its token later; until then it has no role where
		// anonymous requests are not admitted.
		{&access.TokenAuthenticator{AllowAnonymous: true}, []string{"Upgrade", "websocket"}, " is reader, from true to example.com"},
		{&access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: []string{""}}, []string{"Upgrade", "websocket"}, " is none, from true to example.com"},
		{&access.TokenAuthenticator{}, []string{"Upgrade", "websocket"}, " is none, from true to example.com"},
		{editor, []string{"Upgrade", "websocket", "Authorization", "Bearer x"}, "Edil is editor, from true to example.com"},
	} {
		request := httptest.NewRequest(http.MethodGet, "/graphql", nil)
		for i := 0; i < len(test.headers); i += 2 {
			request.Header.Set(test.headers[i], test.headers[i+1])
		}
		answer := httptest.NewRecorder()
		authenticate(test.by, slog.New(slog.DiscardHandler), showPrincipal).ServeHTTP(answer, request)
		if got := answer.Body.String(); got != test.want {
			t.Errorf("%T %v: %s; want %s", test.by, test.headers, got, test.want)
		}
	}
}

func TestAuthenticationErrorsReachTheClient(t *testing.T) {
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
		authenticate(fixedAuthenticator{error: test.err}, slog.New(slog.NewTextHandler(&log, nil)), showPrincipal).ServeHTTP(answer, request)
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
		if internal := test.status == 500; internal != strings.Contains(log.String(), "on fire") || strings.Contains(answer.Body.String(), "on fire") || strings.Contains(log.String(), secret) {
			t.Errorf("%v: sent %s, logged %s", test.err, answer.Body, &log)
		}
	}
}

// TestOnlyWebSocketsMaySendTheTokenLater sends requests that resemble the opening of a
// WebSocket.
func TestOnlyWebSocketsMaySendTheTokenLater(t *testing.T) {
	door := &access.TokenAuthenticator{Verifiers: []access.Verifier{access.NewTokens(filepath.Join(t.TempDir(), "tokens"), nil, nil)}}
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
		authenticate(door, slog.New(slog.DiscardHandler), showPrincipal).ServeHTTP(answer, request)
		if answer.Code != http.StatusUnauthorized {
			t.Errorf("%v: %d", test, answer.Code)
		}
	}
	bad := httptest.NewRequest(http.MethodGet, "/graphql", nil)
	bad.Header.Set("Upgrade", "websocket")
	bad.Header.Set("Authorization", "Bearer "+"chancery_no")
	answer := httptest.NewRecorder()
	authenticate(door, slog.New(slog.DiscardHandler), showPrincipal).ServeHTTP(answer, bad)
	if answer.Code != http.StatusUnauthorized {
		t.Errorf("a WebSocket with an invalid token: status %d", answer.Code)
	}
}

func TestLargeHeadersAreRejected(t *testing.T) {
	s, url := newServer(t, io.Discard)
	s.Ready(Graph{Handler: showPrincipal})
	status, _ := send(t, http.MethodPost, url+"/graphql", "{}", "Authorization", "Bearer "+strings.Repeat("a", 2*maxHeader))
	if status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", status)
	}
	wantStatus(t, http.StatusBadRequest, http.MethodPost, url+"/graphql", "{}", "Authorization", "Bearer "+strings.Repeat("a", maxHeader/2))
}
