package subscribers_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
	"chancery/store/bolt"
)

const subscribers = 1_000

// BenchmarkSubscribers imports while a thousand clients subscribe over WebSocket, half
// of them with a filter. It reports the latency from the end of the transaction's
// function, so including the commit, until each client has the event; the memory of a
// subscriber; and the import's time relative to one without subscribers. Clients run in
// the same process.
func BenchmarkSubscribers(b *testing.B) {
	for _, load := range []struct {
		name                  string
		transactions, records int
		pause                 time.Duration
	}{
		{"one transaction a second", 10, 100, time.Second},
		{"ten transactions a second", 50, 100, 100 * time.Millisecond},
		{"as fast as it goes", 100, 600, 0},
		{"all in one", 1, 60_000, 0},
	} {
		b.Run(load.name, func(b *testing.B) {
			b.StopTimer()
			for range b.N {
				alone := newRun(b)
				idle := processorTime()
				alone.importTopics(load.transactions, load.records, load.pause)
				alone.processor = processorTime() - idle
				watched := newRun(b)
				watched.follow(load.transactions)
				before := processorTime()
				b.StartTimer()
				watched.importTopics(load.transactions, load.records, load.pause)
				watched.readers.Wait()
				b.StopTimer()
				watched.processor = processorTime() - before
				watched.report(alone)
			}
		})
	}
}

// benchmarkRun is an import with or without subscribers.
type benchmarkRun struct {
	*graphtest.Server
	b       *testing.B
	readers sync.WaitGroup
	// busy is how long writing took, processor what the whole run took of the
	// processors.
	busy, processor time.Duration

	mu        sync.Mutex
	committed map[diplomacy.TxNumber]time.Time
	arrived   map[diplomacy.TxNumber][]time.Time
	kilobytes float64
	routines  float64
}

func newRun(b *testing.B) *benchmarkRun {
	b.Helper()
	s, err := bolt.Open(filepath.Join(b.TempDir(), "graph.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return &benchmarkRun{Server: graphtest.ServeStore(b, s, graph.Options{}), b: b, committed: map[diplomacy.TxNumber]time.Time{}, arrived: map[diplomacy.TxNumber][]time.Time{}}
}

func (r *benchmarkRun) importTopics(transactions, records int, pause time.Duration) {
	for i := range transactions {
		begun := time.Now()
		_, err := r.Write(context.Background(), store.Commit{Author: "import"}, func(w store.Writer) error {
			for n := range records {
				name := fmt.Sprintf("topic-%d-%d", i, n)
				if err := w.Put(context.Background(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: name, Names: []diplomacy.Name{{Value: name, Language: "en"}}}}); err != nil {
					return err
				}
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.committed[diplomacy.TxNumber(i+1)] = time.Now()
			return nil
		})
		if err != nil {
			r.b.Fatal(err)
		}
		r.busy += time.Since(begun)
		time.Sleep(pause)
	}
}

// follow starts the subscriptions and measures their memory before clients read; that of
// a client, about a kilobyte, is included.
func (r *benchmarkRun) follow(transactions int) {
	wires := make([]*graphtest.Wire, subscribers)
	query := []string{"subscription { transactions { number author changes(first: 1) { nodes { recordId } } } }", "subscription { transactions(touching: {types: [TOPIC]}) { number } }"}
	heap, routines := graphtest.MemoryAndGoroutines()
	for i := range wires {
		wires[i] = r.DialWire()
		wires[i].Subscribe(r.b, query[i%2])
	}
	time.Sleep(time.Second) // all wait
	heapAfter, routinesAfter := graphtest.MemoryAndGoroutines()
	r.kilobytes = float64(heapAfter-heap) / 1024 / subscribers
	r.routines = float64(routinesAfter-routines) / subscribers
	for _, w := range wires {
		r.readers.Go(func() { r.read(w, transactions) })
	}
}

// read records when each transaction arrives, and that none is missing.
func (r *benchmarkRun) read(w *graphtest.Wire, transactions int) {
	times := make([]time.Time, transactions)
	for i := range times {
		opcode, payload, err := w.Next()
		for err == nil && opcode == graphtest.PingFrame {
			w.Frame(graphtest.PongFrame, string(payload))
			opcode, payload, err = w.Next()
		}
		_, rest, _ := bytes.Cut(payload, []byte(`"number":`))
		digits := rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789"))]
		if n, _ := strconv.Atoi(string(digits)); err != nil || n != i+1 {
			r.b.Errorf("want %d: %s, %v", i+1, payload, err)
			return
		}
		times[i] = time.Now()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, at := range times {
		n := diplomacy.TxNumber(i + 1)
		r.arrived[n] = append(r.arrived[n], at)
	}
}

func (r *benchmarkRun) report(alone *benchmarkRun) {
	var took []time.Duration
	for n, all := range r.arrived {
		for _, at := range all {
			took = append(took, at.Sub(r.committed[n]))
		}
	}
	slices.Sort(took)
	for name, at := range map[string]int{"ms-median": len(took) / 2, "ms-p99": len(took) * 99 / 100, "ms-most": len(took) - 1} {
		r.b.ReportMetric(float64(took[at].Microseconds())/1000, name)
	}
	deliveries := float64(len(took))
	r.b.ReportMetric(float64((r.processor-alone.processor).Microseconds())/deliveries, "µs-processor/delivery")
	r.b.ReportMetric(r.kilobytes, "kB/subscriber")
	r.b.ReportMetric(r.routines, "goroutines/subscriber")
	r.b.ReportMetric(float64(r.busy)/float64(alone.busy), "import-ratio")
	r.b.ReportMetric(float64(alone.busy.Milliseconds()), "ms-import-alone")
}

// processorTime returns the processor time of the process so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
