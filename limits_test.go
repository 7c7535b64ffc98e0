package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestBudgetsHoldWhereOthersComeIn, and where they were asked for.
func TestBudgetsHoldWhereOthersComeIn(t *testing.T) {
	none, some := int64(0), int64(700)
	for _, test := range []struct {
		at   string
		said *int64
		want int64
	}{
		{"127.0.0.1:8080", nil, 0},
		{"[::1]:8080", nil, 0},
		{"0.0.0.0:8080", nil, defaultBudget},
		{"203.0.113.7:8080", nil, defaultBudget},
		{"127.0.0.1:8080", &some, 700},
		{"0.0.0.0:8080", &none, 0},
	} {
		at, err := net.ResolveTCPAddr("tcp", test.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := (limiting{Budget: test.said}).options(at).Budget.Size; got != test.want {
			t.Errorf("at %s: a budget of %d; want %d", test.at, got, test.want)
		}
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
	if n := len((limiting{}).around()); n != 0 {
		t.Errorf("without being told so, the header is believed: %d", n)
	}
}
