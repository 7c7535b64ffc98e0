package streaming_test

import (
	"net"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// TestUnreadResponsesAreBounded: clients subscribe to long responses and never read. What
// the server holds for them, once it has executed all it can, is within BufferedBytes.
func TestUnreadResponsesAreBounded(t *testing.T) {
	const clients, bound = 50, 2 << 20
	b := serve(t, graph.Options{
		Streams:  graph.StreamOptions{WriteTimeout: time.Minute},
		Capacity: graph.Capacity{BufferedBytes: bound},
	})
	connectAll(clients, b.silentStream)
	connectAll(clients, b.silentLongSocket)
	before, _ := graphtest.MemoryAndGoroutines()
	b.CommitLargeTopics(3)
	held, last := int64(0), int64(0)
	for range 100 {
		time.Sleep(300 * time.Millisecond)
		last = held
		if held, _ = graphtest.MemoryAndGoroutines(); abs(held-last) < bound/20 && held-before < bound {
			return
		}
	}
	t.Errorf("%d clients that do not read hold %d bytes; the bound is %d", 2*clients, held-before, bound)
}

func abs(n int64) int64 { return max(n, -n) }

func (b *served) silentLongSocket() net.Conn {
	w := b.DialWire()
	w.Subscribe(b.T, "subscription { transactions { number changes { nodes { record { "+graphtest.EightDescriptions+" } } } } }")
	return w.Conn
}
