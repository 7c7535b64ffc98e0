package command

import (
	"net"
	"testing"

	"chancery/graph"
)

// TestBudgetIsLimitedUnlessRequestsAreLocal: without flags, only local requests have no
// limit.
func TestBudgetIsLimitedUnlessRequestsAreLocal(t *testing.T) {
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
		limitOptions{Budget: test.said}.limit(&options, at, test.proxied)
		if got := options.Budget.Burst; got != test.want {
			t.Errorf("at %s: a budget of %d; want %d", test.at, got, test.want)
		}
	}
	var filled graph.Options
	limitOptions{Refill: 7}.limit(&filled, &net.TCPAddr{IP: net.IPv6loopback}, false)
	if want := (graph.Budget{Burst: defaultBudget, Refill: 7}); filled.Budget != want {
		t.Errorf("with --refill alone: %+v; want %+v", filled.Budget, want)
	}
}
