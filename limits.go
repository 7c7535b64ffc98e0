package main

import (
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
	Budget          *int64 `placeholder:"UNITS" help:"What each client may spend at once; 0 for no end (default: 200000; on loopback without --proxied no end)."`
	Refill          int64  `placeholder:"UNITS" help:"What comes back to each client every second (default: a tenth of --budget)."`
	NoIntrospection bool   `help:"Keep the schema secret: no introspection, and no guesses in errors."`
	Proxied         bool   `help:"Take callers' addresses from X-Forwarded-For, the last in it; for a server that only a proxy reaches. Nobody is on this machine then, so reading takes a token or --public."`
}

// limit bounds what clients of a server that listens there may ask of the graph.
func (l limiting) limit(options *graph.Options, at net.Addr) {
	budget := graph.Budget{Size: defaultBudget, Refill: l.Refill}
	tcp, ok := at.(*net.TCPAddr)
	if ok && tcp.IP.IsLoopback() && !l.Proxied {
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
