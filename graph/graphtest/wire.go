package graphtest

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// Wire is a WebSocket client that controls every byte: it is cheap, and can violate the
// protocol.
type Wire struct {
	net.Conn
	In *bufio.Reader
}

// DialTCP opens a connection with a small receive buffer.
func (s *Server) DialTCP() net.Conn {
	s.T.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { conn.Close() })
	_ = conn.(*net.TCPConn).SetReadBuffer(SocketBuffer)
	return conn
}

// DialWire opens a WebSocket.
func (s *Server) DialWire() *Wire {
	s.T.Helper()
	conn := s.DialTCP()
	w := &Wire{conn, bufio.NewReaderSize(conn, 512)}
	fmt.Fprintf(w, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: %s\r\n\r\n", Subprotocol)
	response, err := http.ReadResponse(w.In, nil) //nolint:bodyclose // an upgrade has none
	if err != nil || response.StatusCode != http.StatusSwitchingProtocols || response.Header.Get("Sec-WebSocket-Protocol") != Subprotocol {
		s.T.Fatal(response, err)
	}
	return w
}

// Opcodes of RFC 6455, section 5.2, with the bit that ends a message.
const (
	TextFrame  = 0x81
	CloseFrame = 0x88
	PingFrame  = 0x89
	PongFrame  = 0x8a
)

// Frame sends a frame, masked with zeros. Errors are left to the next read.
func (w *Wire) Frame(opcode byte, payload string) {
	head := []byte{opcode, 0x80 | byte(min(len(payload), 126))}
	if len(payload) > 125 {
		head = binary.BigEndian.AppendUint16(head, uint16(len(payload)))
	}
	_, _ = w.Write(append(append(head, 0, 0, 0, 0), payload...))
}

// Next reads a frame, which the server never masks.
func (w *Wire) Next() (opcode byte, payload []byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(w.In, head[:]); err != nil {
		return 0, nil, err
	}
	length := int(head[1])
	if length > 125 {
		more := make([]byte, map[int]int{126: 2, 127: 8}[length])
		if _, err := io.ReadFull(w.In, more); err != nil {
			return 0, nil, err
		}
		length = int(binary.BigEndian.Uint64(append(make([]byte, 8-len(more)), more...)))
	}
	payload = make([]byte, length)
	_, err = io.ReadFull(w.In, payload)
	return head[0], payload, err
}

// Expect compares the next frame.
func (w *Wire) Expect(t testing.TB, opcode byte, want string) {
	t.Helper()
	got, payload, err := w.Next()
	if err != nil || got != opcode || string(payload) != want {
		t.Fatalf("got %#x %q, %v; want %#x %q", got, payload, err, opcode, want)
	}
}

// Subscribe sends connection_init and a subscription with the id 1.
func (w *Wire) Subscribe(t testing.TB, query string) {
	t.Helper()
	w.Frame(TextFrame, `{"type":"connection_init"}`)
	w.Expect(t, TextFrame, `{"type":"connection_ack"}`)
	w.Frame(TextFrame, `{"type":"subscribe","id":"1","payload":{"query":"`+query+`"}}`)
}
