package charging_test

import (
	"cmp"
	"flag"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/graph/internal/charging"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/generated"
	"chancery/graph/model"
	_ "chancery/store/storetest" // for -long

	"github.com/vektah/gqlparser/v2"
)

// processor returns the processor time of this process so far.
func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// timeOf returns the processor time of a function, without garbage of earlier ones.
func timeOf(do func()) time.Duration {
	runtime.GC()
	begun := processor()
	do()
	return processor() - begun
}

// reference is a query of known cost, whose time tells how fast the machine is now.
const reference = `{ events(first: 500) { nodes { id name participants(first: 20) { nodes { id name } } } } }`

// TestUnitsHoldForEveryShape runs operations of every shape on a graph with hubs, merged
// groups and long histories: a unit that is spent takes a fifth to five times as long as
// one of the reference, and no operation takes 100 MB. With -long the graph is larger and
// there are more.
func TestUnitsHoldForEveryShape(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	operations, hub, wide := 80, 2_000, 15
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		operations, hub, wide = 200, 100_000, 40
	}
	s := graphtest.OpenStore(t)
	graphtest.WriteHub(t, s, hub)
	graphtest.WriteWide(t, s, wide)
	h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true})
	base := measure(t, h, reference)
	t.Logf("the reference takes %.0f ns a unit, of documented %d", base.perUnit(), charging.UnitWork)
	var far []measured
	counted := 0
	for _, query := range randomOperations(t, operations) {
		m := measure(t, h, query)
		if m.spent < 200 {
			continue // the fixed cost of a request dominates
		}
		counted++
		t.Logf("%.0f ns a unit, %d units, %d MB, of %.60s", m.perUnit(), m.spent, m.peak>>20, m.query)
		if ratio := m.perUnit() / base.perUnit(); ratio < 0.2 || ratio > 5 || m.peak > 100<<20 {
			far = append(far, m)
		}
	}
	slices.SortFunc(far, func(a, b measured) int { return cmp.Compare(b.perUnit(), a.perUnit()) })
	for _, m := range far {
		t.Errorf("%.0f ns a unit, %d units, %d MB, of %s", m.perUnit(), m.spent, m.peak>>20, m.query)
	}
	if counted < operations/8 { // how many it is depends on the schema, which recipes change
		t.Errorf("only %d of %d operations cost enough to be measured", counted, operations)
	}
}

// measured is what an operation cost.
type measured struct {
	query string
	spent int64
	took  time.Duration
	peak  uint64
}

func (m measured) perUnit() float64 { return float64(m.took.Nanoseconds()) / float64(max(m.spent, 1)) }

// measure runs an operation for its memory, and then for its time: of three runs the one
// with the quickest units. Later runs may spend less, as duplicates are kept.
func measure(t *testing.T, h http.Handler, query string) measured {
	m := measured{query: query}
	var got graphtest.CostResponse
	m.peak = peakOf(func() { got, _ = graphtest.PostForCost(t, h, query) })
	if got.Extensions.Cost == nil || len(got.Errors) > 0 && !strings.Contains(got.Errors[0].Message, "was stopped") {
		t.Fatalf("%s: %v", query, got.Errors)
	}
	for range 3 {
		run := measured{query: query, peak: m.peak}
		run.took = timeOf(func() { got, _ = graphtest.PostForCost(t, h, query) })
		if run.spent = got.Extensions.Cost.Spent; m.spent == 0 || run.perUnit() < m.perUnit() {
			m = run
		}
	}
	return m
}

// randomOperations returns operations of every field of Query in turn, whose estimates are
// neither trivial nor too high.
func randomOperations(t *testing.T, n int) (all []string) {
	schema := generated.Shown()
	s := &shapes{schema: schema, random: rand.New(rand.NewPCG(1, 2))}
	estimator := cost.NewEstimator(schema, 1, model.MaxPage)
	for i := 0; len(all) < n; i++ {
		for range 30 {
			query := s.operation(schema.Query.Fields[i%len(schema.Query.Fields)])
			document, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
			if errs != nil {
				break // the field cannot be selected
			}
			if estimate := estimator.Plan(document, document.Operations[0], nil).Estimate(nil); estimate > 1_000 && estimate < 100_000 {
				all = append(all, query)
				break
			}
		}
		if i > 100*n {
			t.Fatalf("only %d operations were made", len(all))
		}
	}
	return all
}
