package main

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"chancery/graph"
)

// defaultBudget is what a client may spend where others than those of this machine come in:
// two of the dearest operations at once, and every second some twentieth of a
// processor's time.
const defaultBudget = 200_000

// limiting are the flags that bound what clients may ask; docs/limits.md has the rest.
type limiting struct {
	MaxCost         int    `default:"100000" placeholder:"UNITS" help:"What an operation may cost at most, in units of @cost (default: ${default})."`
	Budget          *int64 `placeholder:"UNITS" help:"What each client may spend at once; 0 for no end (default: 200000; on loopback without --refill or --proxied no end)."`
	Refill          int64  `placeholder:"UNITS" help:"What comes back to each client every second (default: a tenth of --budget)."`
	NoIntrospection bool   `help:"Keep the schema secret: no introspection, and no guesses in errors."`
}

// check wants numbers with which something can be asked.
func (l limiting) check() error {
	switch {
	case l.MaxCost < 1:
		return fmt.Errorf("--max-cost=%d would refuse everything; give it at least 1", l.MaxCost)
	case l.Budget != nil && *l.Budget < 0:
		return fmt.Errorf("--budget=%d is less than nothing; 0 is for no end", *l.Budget)
	case l.Refill > 0 && l.Budget != nil && *l.Budget == 0:
		return fmt.Errorf("--refill=%d has nothing to fill: --budget=0 is for no end; leave one of them out", l.Refill)
	case l.Refill < 0:
		return fmt.Errorf("--refill=%d would take from clients; give it at least 1, or leave it out", l.Refill)
	default:
		return nil
	}
}

// limit bounds what clients of a server that listens there, perhaps behind a proxy, may
// ask of the graph.
func (l limiting) limit(options *graph.Options, at net.Addr, proxied bool) {
	budget := graph.Budget{Size: defaultBudget, Refill: l.Refill}
	tcp, ok := at.(*net.TCPAddr)
	if ok && tcp.IP.IsLoopback() && !proxied && l.Refill == 0 {
		budget.Size = 0
	}
	if l.Budget != nil {
		budget.Size = *l.Budget
	}
	options.Limits.Cost, options.Budget, options.TellCost, options.NoIntrospection = l.MaxCost, budget, true, l.NoIntrospection
}

// forwarded believes the proxy in front of the server whom a request is from. Only the
// last address is the proxy's word: those before it are what it was told.
func forwarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all := r.Header.Values("X-Forwarded-For")
		if len(all) > 0 {
			last := all[len(all)-1]
			last = strings.TrimSpace(last[strings.LastIndex(last, ",")+1:])
			if address, err := netip.ParseAddr(last); err == nil {
				request := *r
				request.RemoteAddr = netip.AddrPortFrom(address, 0).String()
				r = &request
			}
		}
		next.ServeHTTP(w, r)
	})
}
