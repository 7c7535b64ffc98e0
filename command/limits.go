package command

import (
	"fmt"
	"net"

	"chancery/graph"
)

// defaultBudget is the burst budget of a client where requests come from other machines:
// two of the most expensive operations. Its refill is about a twentieth of a processor.
const defaultBudget = 200_000

// limitOptions are the flags for limits; docs/limits.md lists the fixed ones too.
type limitOptions struct {
	MaxCost         int    `default:"100000" placeholder:"UNITS" help:"Highest cost of one operation, in the units of @cost; more expensive ones are rejected (default: ${default})."`
	Budget          *int64 `placeholder:"UNITS" help:"Burst budget per client, in cost units; 0 means no limit (default: 200000; on loopback without --refill or --proxied no limit)."`
	Refill          int64  `placeholder:"UNITS" help:"Cost units by which each client's budget is refilled per second (default: a tenth of --budget)."`
	NoIntrospection bool   `help:"Disable introspection, and suggestions in errors; use it to keep the schema secret."`
}

// check rejects limits with which no operation could run.
func (l limitOptions) check() error {
	switch {
	case l.MaxCost < 1:
		return fmt.Errorf("--max-cost=%d would reject every operation; give it at least 1", l.MaxCost)
	case l.Budget != nil && *l.Budget < 0:
		return fmt.Errorf("--budget=%d is negative; 0 means no limit", *l.Budget)
	case l.Refill > 0 && l.Budget != nil && *l.Budget == 0:
		return fmt.Errorf("--refill=%d has no effect, since --budget=0 means no limit; omit one of them", l.Refill)
	case l.Refill < 0:
		return fmt.Errorf("--refill=%d is negative; give it at least 1, or omit it", l.Refill)
	default:
		return nil
	}
}

// limit sets the limits of a graph whose server listens at an address, perhaps behind a
// proxy.
func (l limitOptions) limit(options *graph.Options, at net.Addr, proxied bool) {
	budget := graph.Budget{Burst: defaultBudget, Refill: l.Refill}
	tcp, ok := at.(*net.TCPAddr)
	if ok && tcp.IP.IsLoopback() && !proxied && l.Refill == 0 {
		budget.Burst = 0
	}
	if l.Budget != nil {
		budget.Burst = *l.Budget
	}
	options.Limits.Cost, options.Budget, options.ReportCost, options.DisableIntrospection = l.MaxCost, budget, true, l.NoIntrospection
}
