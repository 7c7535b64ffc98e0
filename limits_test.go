package main

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
)

// TestBudgetsHoldWhereOthersComeIn, and where they were asked for.
func TestBudgetsHoldWhereOthersComeIn(t *testing.T) {
	none, some := int64(0), int64(700)
	for _, test := range []struct {
		at      string
		said    *int64
		proxied bool
		want    int64
	}{
		{"127.0.0.1:8080", nil, false, 0},
		{"[::1]:8080", nil, false, 0},
		{"127.0.0.1:8080", nil, true, defaultBudget},
		{"0.0.0.0:8080", nil, false, defaultBudget},
		{"203.0.113.7:8080", nil, false, defaultBudget},
		{"127.0.0.1:8080", &some, false, 700},
		{"0.0.0.0:8080", &none, true, 0},
	} {
		at, err := net.ResolveTCPAddr("tcp", test.at)
		if err != nil {
			t.Fatal(err)
		}
		var options graph.Options
		limiting{Budget: test.said}.limit(&options, at, test.proxied)
		if got := options.Budget.Size; got != test.want {
			t.Errorf("at %s: a budget of %d; want %d", test.at, got, test.want)
		}
	}
	var filled graph.Options
	limiting{Refill: 7}.limit(&filled, &net.TCPAddr{IP: net.IPv6loopback}, false)
	if want := (graph.Budget{Size: defaultBudget, Refill: 7}); filled.Budget != want {
		t.Errorf("with --refill alone: %+v; want %+v", filled.Budget, want)
	}
}

// TestOnlyTheProxysWordCounts: clients can write into the header what they like.
func TestOnlyTheProxysWordCounts(t *testing.T) {
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
		forwarded(next).ServeHTTP(httptest.NewRecorder(), r)
		if seen != test.want {
			t.Errorf("%q: from %s; want %s", test.header, seen, test.want)
		}
	}
}

// TestTheProxyIsBelievedWhenToldSo: else anybody could say to be somebody else.
func TestTheProxyIsBelievedWhenToldSo(t *testing.T) {
	for _, proxied := range []bool{false, true} {
		log := &strings.Builder{}
		s, url := newTestSiteFor(t, &access.Door{Anonymous: true}, slog.New(slog.NewTextHandler(log, nil)), siteOptions{proxied: proxied})
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
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "remote=203.0.113.7"); got != proxied {
			t.Errorf("with proxied %t: %s", proxied, log)
		}
	}
}
