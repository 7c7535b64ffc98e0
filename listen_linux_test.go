package main

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

// TestAClientThatVanishes neither takes nor acknowledges what it is sent, as one does
// whose network is gone, while the stream has signs of life only, for which the kernel
// has room for hours. It is noticed in the time there is.
func TestAClientThatVanishes(t *testing.T) {
	const most = 2 * time.Second
	listener, err := listening(most).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s := newSite(listener, &access.Door{Anonymous: true}, log, siteOptions{})
	defer s.server.Close()
	s.gate.open(graph.NewHandler(openGraph(t), graph.Options{Logger: log, Streams: graph.StreamOptions{KeepAlive: 100 * time.Millisecond}}))
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET /graphql?query=subscription%7Btransactions%7Bnumber%7D%7D HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
	if _, err := conn.Read(make([]byte, 1)); err != nil || s.gate.running.Load() != 1 {
		t.Fatal(err, s.gate.running.Load())
	}
	deafen(t, conn.(*net.TCPConn))
	begun := time.Now()
	for s.gate.running.Load() > 0 {
		if time.Since(begun) > 5*most {
			t.Fatalf("it is still told of signs of life after %v", time.Since(begun))
		}
		time.Sleep(10 * time.Millisecond)
	}
	if took := time.Since(begun); took < most/2 {
		t.Errorf("it was given up after %v", took)
	}
	wantStatus(t, http.StatusOK, http.MethodGet, "http://"+listener.Addr().String()+"/graphql?query=%7B__typename%7D", "")
}

// deafen has the kernel drop whatever comes to a connection, before it is looked at.
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
		t.Skipf("a connection cannot be made deaf here: %v, %v", failed, err)
	}
}
