package streaming_test

import (
	"io"
	"testing"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// TestWebSocketFrames compares the bytes of pongs, messages and close frames.
func TestWebSocketFrames(t *testing.T) {
	b := serve(t, graph.Options{})
	w := b.DialWire()
	w.Frame(graphtest.PingFrame, "hello")
	w.Expect(t, graphtest.PongFrame, "hello")
	w.Subscribe(t, "subscription { transactions(after: 0) { number } }")
	w.Expect(t, graphtest.TextFrame, `{"id":"1","type":"next","payload":{"data":{"transactions":{"number":1}},"extensions":{"revision":1}}}`)
	w.Frame(graphtest.TextFrame, `{"type":"connection_init"}`)
	w.Expect(t, graphtest.CloseFrame, "\x11\x4dToo many initialisation requests") // 4429
	w.Frame(graphtest.CloseFrame, "\x11\x4d")
	if _, err := w.In.ReadByte(); err != io.EOF {
		t.Errorf("after both have closed: %v", err)
	}
}

func TestCloseOfTheClientIsEchoed(t *testing.T) {
	w := serve(t, graph.Options{}).DialWire()
	w.Subscribe(t, "subscription { transactions { number } }")
	w.Frame(graphtest.CloseFrame, "\x03\xe8bye")
	w.Expect(t, graphtest.CloseFrame, "\x03\xe8bye")
}
