package server

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"

	"golang.org/x/sys/unix"
)

// TestVanishedClientIsDisconnected opens a stream with keep-alive messages only, which the
// kernel could buffer for hours, on a connection that acknowledges nothing, as if the
// client's network had failed.
func TestVanishedClientIsDisconnected(t *testing.T) {
	const most = 2 * time.Second
	listener, err := listenConfig(most).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s, err := New(listener, Options{Authenticator: &access.TokenAuthenticator{AllowAnonymous: true}, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Ready(Graph{Handler: graph.NewHandler(openGraph(t), graph.Options{Logger: log, Streams: graph.StreamOptions{KeepAlive: 100 * time.Millisecond}})})
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET /graphql?query=subscription%7Btransactions%7Bnumber%7D%7D HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
	if _, err := conn.Read(make([]byte, 1)); err != nil || s.graph.running.Load() != 1 {
		t.Fatal(err, s.graph.running.Load())
	}
	deafen(t, conn.(*net.TCPConn))
	begun := time.Now()
	for s.graph.running.Load() > 0 {
		if time.Since(begun) > 5*most {
			t.Fatalf("the stream is still open after %v", time.Since(begun))
		}
		time.Sleep(10 * time.Millisecond)
	}
	if took := time.Since(begun); took < most/2 {
		t.Errorf("the stream was closed after %v already", took)
	}
	wantStatus(t, http.StatusOK, http.MethodGet, "http://"+listener.Addr().String()+"/graphql?query=%7B__typename%7D", "")
}

// deafen has the kernel drop every packet for a connection before TCP sees it.
func deafen(t *testing.T, conn *net.TCPConn) {
	t.Helper()
	raw, err := conn.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	nothing := []unix.SockFilter{{Code: unix.BPF_RET | unix.BPF_K, K: 0}}
	if failed := raw.Control(func(fd uintptr) {
		err = unix.SetsockoptSockFprog(int(fd), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: 1, Filter: &nothing[0]})
	}); failed != nil || err != nil {
		t.Skipf("packets of a connection cannot be dropped here: %v, %v", failed, err)
	}
}
