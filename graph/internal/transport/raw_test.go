package transport_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"chancery/graph"
)

// wire is a client of which every byte is known: that costs little, and can do
// what a well-behaved one would not.
type wire struct {
	net.Conn
	in *bufio.Reader
}

func (b *served) connect() net.Conn {
	b.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.url, "http://"))
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { conn.Close() })
	_ = conn.(*net.TCPConn).SetReadBuffer(network)
	return conn
}

func (b *served) wire() *wire {
	b.t.Helper()
	conn := b.connect()
	w := &wire{conn, bufio.NewReaderSize(conn, 512)}
	fmt.Fprintf(w, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: %s\r\n\r\n", protocol)
	answer, err := http.ReadResponse(w.in, nil) //nolint:bodyclose // an upgrade has none
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols || answer.Header.Get("Sec-WebSocket-Protocol") != protocol {
		b.t.Fatal(answer, err)
	}
	return w
}

// Opcodes of RFC 6455, section 5.2, with the bit that ends a message.
const (
	textFrame  = 0x81
	closeFrame = 0x88
	pingFrame  = 0x89
	pongFrame  = 0x8a
)

// frame sends one, masked with zeros.
func (w *wire) frame(opcode byte, payload string) {
	head := []byte{opcode, 0x80 | byte(min(len(payload), 126))}
	if len(payload) > 125 {
		head = binary.BigEndian.AppendUint16(head, uint16(len(payload)))
	}
	_, _ = w.Write(append(append(head, 0, 0, 0, 0), payload...)) // reading will tell
}

// next reads a frame, which the server never masks.
func (w *wire) next() (opcode byte, payload []byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(w.in, head[:]); err != nil {
		return 0, nil, err
	}
	length := int(head[1])
	if length > 125 {
		more := make([]byte, map[int]int{126: 2, 127: 8}[length])
		if _, err := io.ReadFull(w.in, more); err != nil {
			return 0, nil, err
		}
		length = int(binary.BigEndian.Uint64(append(make([]byte, 8-len(more)), more...)))
	}
	payload = make([]byte, length)
	_, err = io.ReadFull(w.in, payload)
	return head[0], payload, err
}

func (w *wire) expect(t testing.TB, opcode byte, want string) {
	t.Helper()
	got, payload, err := w.next()
	if err != nil || got != opcode || string(payload) != want {
		t.Fatalf("got %#x %q, %v; want %#x %q", got, payload, err, opcode, want)
	}
}

// subscribe begins and makes a subscription with the id 1.
func (w *wire) subscribe(t testing.TB, query string) {
	t.Helper()
	w.frame(textFrame, `{"type":"connection_init"}`)
	w.expect(t, textFrame, `{"type":"connection_ack"}`)
	w.frame(textFrame, `{"type":"subscribe","id":"1","payload":{"query":"`+query+`"}}`)
}

// TestFrames looks at the bytes of pings, answers and closing.
func TestFrames(t *testing.T) {
	b := serve(t, graph.Options{})
	w := b.wire()
	w.frame(pingFrame, "hello")
	w.expect(t, pongFrame, "hello")
	w.subscribe(t, "subscription { transactions(after: 0) { number } }")
	w.expect(t, textFrame, `{"id":"1","type":"next","payload":{"data":{"transactions":{"number":1}},"extensions":{"revision":1}}}`)
	w.frame(textFrame, `{"type":"connection_init"}`)
	w.expect(t, closeFrame, "\x11\x4dToo many initialisation requests") // 4429
	w.frame(closeFrame, "\x11\x4d")
	if _, err := w.in.ReadByte(); err != io.EOF {
		t.Errorf("after both have closed: %v", err)
	}
}

// TestClosingOfTheClients is answered with its own code.
func TestClosingOfTheClients(t *testing.T) {
	w := serve(t, graph.Options{}).wire()
	w.subscribe(t, "subscription { transactions { number } }")
	w.frame(closeFrame, "\x03\xe8bye")
	w.expect(t, closeFrame, "\x03\xe8bye")
}
