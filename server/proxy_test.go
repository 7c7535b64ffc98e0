package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/access"
)

// TestOnlyLastForwardedAddressIsUsed: clients can send the other entries.
func TestOnlyLastForwardedAddressIsUsed(t *testing.T) {
	for _, test := range []struct {
		header []string
		want   string
	}{
		{nil, "192.0.2.1:1234"},
		{[]string{"203.0.113.7"}, "203.0.113.7:0"},
		{[]string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7:0"},
		{[]string{"198.51.100.1", "203.0.113.7"}, "203.0.113.7:0"},
		{[]string{"2001:db8::1"}, "[2001:db8::1]:0"},
		{[]string{"203.0.113.7, unknown"}, "192.0.2.1:1234"},
		{[]string{""}, "192.0.2.1:1234"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header["X-Forwarded-For"] = test.header
		seen := ""
		next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.RemoteAddr })
		trustForwardedFor(next).ServeHTTP(httptest.NewRecorder(), r)
		if seen != test.want {
			t.Errorf("%q: from %s; want %s", test.header, seen, test.want)
		}
	}
}

// TestForwardedForIsIgnoredUnlessProxied: otherwise clients could forge their address.
func TestForwardedForIsIgnoredUnlessProxied(t *testing.T) {
	for _, proxied := range []bool{false, true} {
		log := &strings.Builder{}
		s, url := newServerWith(t, Options{Authenticator: &access.TokenAuthenticator{AllowAnonymous: true}, Logger: slog.New(slog.NewTextHandler(log, nil)), Proxied: proxied})
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Forwarded-For", "203.0.113.7")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if err := s.Shutdown(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "remote=203.0.113.7"); got != proxied {
			t.Errorf("with proxied %t: %s", proxied, log)
		}
	}
}
