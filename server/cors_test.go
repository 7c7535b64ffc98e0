package server

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"

	"github.com/coder/websocket"
)

const (
	friend   = "https://app.example.org"
	stranger = "https://elsewhere.example"
	typename = `{"query": "{ __typename }"}`
)

// serveTo serves an empty graph, without tokens, to pages of the origins.
func serveTo(t *testing.T, pages ...string) (url string) {
	t.Helper()
	kept := openGraph(t)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s, url := newServerWith(t, Options{Authenticator: &access.TokenAuthenticator{AllowAnonymous: true}, Logger: log, Origins: pages})
	stop(t, s)
	s.Ready(Graph{Handler: graph.NewHandler(kept, graph.Options{Logger: log, Streams: s.Streams()})})
	return url + "/graphql"
}

// TestForeignRequestsWithoutPreflightAreRejected sends what browsers send for any page
// without a preflight.
func TestForeignRequestsWithoutPreflightAreRejected(t *testing.T) {
	named, open := serveTo(t, friend), serveTo(t, AnyOrigin)
	for _, media := range []string{"text/plain", "text/plain;application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} {
		for _, from := range [][]string{{"Origin", stranger}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", stranger, "Sec-Fetch-Site", "cross-site"}} {
			header := append([]string{"Content-Type", media}, from...)
			wantStatus(t, http.StatusForbidden, http.MethodPost, named, typename, header...)
			wantStatus(t, http.StatusUnsupportedMediaType, http.MethodPost, open, typename, header...)
		}
		wantStatus(t, http.StatusUnsupportedMediaType, http.MethodPost, named, typename, "Content-Type", media, "Origin", friend)
	}
	query := named + "?query=%7B__typename%7D"
	for _, from := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", stranger}} {
		wantStatus(t, http.StatusForbidden, http.MethodGet, query, "", from...)
		wantStatus(t, http.StatusForbidden, http.MethodGet, query, "", append(from, "Accept", "text/event-stream")...)
		wantStatus(t, http.StatusForbidden, http.MethodHead, query, "", from...)
	}
	for _, from := range [][]string{nil, {"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "same-origin"}, {"Origin", friend, "Sec-Fetch-Site", "cross-site"}} {
		wantStatus(t, http.StatusOK, http.MethodGet, query, "", from...)
		wantStatus(t, http.StatusOK, http.MethodPost, named, typename, append(from, "Content-Type", "application/json")...)
	}
}

func TestPreflightsAllowListedOriginsOnly(t *testing.T) {
	const all = "apollographql-client-name,authorization,content-type,traceparent"
	for name, test := range map[string]struct {
		pages                   []string
		origin, method, headers string
		allowed                 string // origin, or none
	}{
		"listed":                     {[]string{friend}, friend, "POST", all, friend},
		"one of two":                 {[]string{"http://localhost:3000", friend}, friend, "POST", "content-type", friend},
		"another":                    {[]string{friend}, stranger, "POST", "content-type", ""},
		"another port":               {[]string{friend}, friend + ":8443", "POST", "content-type", ""},
		"no page":                    {[]string{friend}, "null", "POST", "content-type", ""},
		"no such method":             {[]string{friend}, friend, "PUT", "content-type", ""},
		"no such header":             {[]string{friend}, friend, "POST", "x-forwarded-for", ""},
		"none listed":                {nil, friend, "POST", "content-type", ""},
		"all pages":                  {[]string{AnyOrigin}, stranger, "POST", "content-type,traceparent", "*"},
		"all, but with a token":      {[]string{AnyOrigin}, stranger, "POST", "authorization,content-type", ""},
		"one beside all, so a token": {[]string{AnyOrigin, friend}, friend, "POST", all, friend},
	} {
		t.Run(name, func(t *testing.T) {
			answer := do(t, http.MethodOptions, serveTo(t, test.pages...), "", "Origin", test.origin,
				"Access-Control-Request-Method", test.method, "Access-Control-Request-Headers", test.headers)
			header := answer.Header
			if got := header.Get("Access-Control-Allow-Origin"); answer.StatusCode != http.StatusNoContent || got != test.allowed {
				t.Errorf("status %d, allowed to %q, want %q", answer.StatusCode, got, test.allowed)
			}
			if header.Get("Access-Control-Allow-Credentials") != "" {
				t.Error("cookies are allowed")
			}
			if test.allowed != "" && (header.Get("Access-Control-Allow-Headers") != test.headers || header.Get("Access-Control-Max-Age") != "3600") {
				t.Errorf("%v", header)
			}
			if vary := strings.Join(header.Values("Vary"), ", "); test.pages != nil && !strings.Contains(vary, "Origin, Access-Control-Request-Method, Access-Control-Request-Headers") {
				t.Errorf("Vary is %q", vary)
			}
		})
	}
}

// TestResponsesAreShownToListedOrigins includes errors and streams.
func TestResponsesAreShownToListedOrigins(t *testing.T) {
	url := serveTo(t, friend)
	for name, test := range map[string]struct {
		origin, accept, body string
		status               int
	}{
		"an answer":      {friend, "application/json", typename, http.StatusOK},
		"a refusal":      {friend, "application/json", "?", http.StatusBadRequest},
		"too much":       {friend, "application/json", strings.Repeat(" ", maxBody+1), http.StatusRequestEntityTooLarge},
		"events":         {friend, "text/event-stream", typename, http.StatusOK},
		"parts":          {friend, "multipart/mixed;subscriptionSpec=1.0", typename, http.StatusOK},
		"without origin": {"", "application/json", typename, http.StatusOK},
		"another origin": {stranger, "application/json", typename, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			header := []string{"Content-Type", "application/json", "Accept", test.accept}
			if test.origin != "" {
				header = append(header, "Origin", test.origin)
			}
			answer := do(t, http.MethodPost, url, test.body, header...)
			allowed, exposed := "", ""
			if test.origin == friend {
				allowed, exposed = friend, "Etag, Retry-After, Www-Authenticate"
			}
			got := answer.Header
			if answer.StatusCode != test.status || got.Get("Access-Control-Allow-Origin") != allowed || !strings.EqualFold(got.Get("Access-Control-Expose-Headers"), exposed) {
				t.Errorf("status %d, want %d; %v", answer.StatusCode, test.status, got)
			}
			if vary := strings.Join(got.Values("Vary"), ", "); !strings.Contains(vary, "Origin") || !strings.Contains(vary, "Accept") {
				t.Errorf("Vary is %q", vary)
			}
		})
	}
	own := do(t, http.MethodPost, serveTo(t), typename, "Content-Type", "application/json")
	if vary := own.Header.Values("Vary"); strings.Contains(strings.Join(vary, ""), "Origin") {
		t.Errorf("without origins, Vary is %q", vary)
	}
}

func TestWebSocketsAreOpenToListedOriginsOnly(t *testing.T) {
	for _, test := range []struct {
		pages  []string
		origin string
		opens  bool
	}{
		{[]string{friend}, friend, true},
		{[]string{friend}, stranger, false},
		{[]string{friend}, "null", false},
		{[]string{"http://[::1]:3000"}, "http://[::1]:3000", true},
		{nil, friend, false},
		{nil, "", true},
		{[]string{AnyOrigin}, stranger, true},
	} {
		options := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{}}
		if test.origin != "" {
			options.HTTPHeader.Set("Origin", test.origin)
		}
		conn, answer, err := websocket.Dial(t.Context(), serveTo(t, test.pages...), options) //nolint:bodyclose // Dial leaves none to close
		if (err == nil) != test.opens {
			t.Errorf("%v: %v", test, err)
		}
		if err == nil {
			conn.CloseNow()
		} else if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusForbidden || !strings.Contains(string(text), `"code":"FORBIDDEN"`) {
			t.Errorf("%v: status %d, %s", test, answer.StatusCode, text)
		}
	}
}

func TestOriginsMustBeAsBrowsersSendThem(t *testing.T) {
	for origin, good := range map[string]bool{
		friend: true, "http://localhost:3000": true, "http://[::1]:3000": true, "capacitor://localhost": true, "*": true,
		"https://app.example.org/": false, "https://App.example.org": false, "HTTPS://app.example.org": false, "app.example.org": false,
		"https://app.example.org:443": false, "http://app.example.org:80": false, "https://me@app.example.org": false,
		"https://app.example.org?x": false, "null": false, "": false, "https://*.example.org": false, "https://": false,
	} {
		if err := (Origins{origin}).Validate(); (err == nil) != good {
			t.Errorf("%q: %v", origin, err)
		}
	}
}
