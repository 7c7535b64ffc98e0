package e2e

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "chancery/store/storetest" // for -long
)

// TestManySockets opens many WebSockets, each with a subscription: a transaction reaches
// all, other requests are answered meanwhile, and no memory or file stays in use after the
// clients have vanished.
func TestManySockets(t *testing.T) {
	crowd := 1_000
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		crowd = 10_000
	}
	var most syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &most); err != nil || int(most.Cur) < crowd+200 {
		t.Skipf("a process may have %d files open here, %v; this takes %d", most.Cur, err, crowd+200)
	}
	p := startProgram(t, "--no-sample", "--slow=1m")
	token := p.token("writer")
	p.expectAnswer(t)
	before, files := p.memory(t), p.files(t)
	sockets := make([]*bufio.Reader, crowd)
	begun := time.Now()
	for i := range sockets {
		sockets[i] = p.subscribe(t)
	}
	t.Logf("%d sockets were opened in %v, and take %d kB each", crowd, time.Since(begun), (p.memory(t)-before)>>10/crowd)
	if each := (p.memory(t) - before) / crowd; each > 100<<10 && !racing {
		t.Errorf("a socket takes %d bytes", each)
	}
	p.expectAnswer(t)
	begun = time.Now()
	p.commit(t, token)
	for _, in := range sockets {
		expectFrame(t, in, `{"id":"1","type":"next","payload":{"data":{"transactions":{"number":1}}`)
	}
	t.Logf("all got the transaction in %v", time.Since(begun))
	for _, conn := range p.open {
		conn.Close()
	}
	for begun = time.Now(); p.files(t) > files+5; time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("%d files are open, and were %d", p.files(t), files)
		}
	}
	p.expectAnswer(t)
	if bad := regexp.MustCompile(`level=(ERROR|WARN)|panic`).FindString(p.log.String()); bad != "" {
		t.Errorf("logged %s: %.2000s", bad, p.log.String())
	}
}

// memory returns the resident memory of the process, in bytes.
func (p *running) memory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	resident := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	n, err := strconv.Atoi(string(resident[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n << 10
}

func (p *running) files(t *testing.T) int {
	t.Helper()
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	return len(open)
}

func (p *running) expectAnswer(t *testing.T) {
	t.Helper()
	begun := time.Now()
	_, text := send(t, http.MethodPost, "http://"+p.address+"/graphql", `{"query": "{ __typename }"}`, "Content-Type", "application/json", "Connection", "close")
	if took := time.Since(begun); !strings.HasPrefix(text, `{"data":{"__typename":"Query"}`) || took > time.Second {
		t.Errorf("answered %s after %v", text, took)
	}
}

func (p *running) commit(t *testing.T, token string) {
	t.Helper()
	const body = `{"query":"mutation { commit(input: {changes: [{putSource: {name: \"a\", kind: WEB_PAGE}}]}) { transaction { number } } }"}`
	_, text := send(t, http.MethodPost, "http://"+p.address+"/graphql", body, "Content-Type", "application/json", "Authorization", "Bearer "+token, "Connection", "close")
	if !strings.HasPrefix(text, `{"data":{"commit":{"transaction":{"number":1}}}`) {
		t.Fatal(text)
	}
}

// subscribe opens a WebSocket, with frames written by hand, so that ten thousand clients
// need little memory.
func (p *running) subscribe(t *testing.T) *bufio.Reader {
	t.Helper()
	return p.follow(t, "number")
}

// follow is subscribe with a selection of a transaction's fields.
func (p *running) follow(t *testing.T, selection string) *bufio.Reader {
	t.Helper()
	conn, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	p.open = append(p.open, conn)
	fmt.Fprintf(conn, "GET /graphql HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n", p.address)
	in := bufio.NewReaderSize(conn, 512)
	answer, err := http.ReadResponse(in, nil) //nolint:bodyclose // an upgrade has none
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(answer, err)
	}
	writeFrame(conn, `{"type":"connection_init"}`)
	expectFrame(t, in, `{"type":"connection_ack"}`)
	writeFrame(conn, `{"type":"subscribe","id":"1","payload":{"query":"subscription { transactions(after: 0) { `+selection+` } }"}}`)
	return in
}

// writeFrame writes a short text, masked with zeros; see RFC 6455, section 5.2.
func writeFrame(to io.Writer, text string) {
	frame := bytes.Join([][]byte{{0x81, 0x80 | byte(len(text)), 0, 0, 0, 0}, []byte(text)}, nil)
	_, _ = to.Write(frame) // reading will fail too
}

// expectFrame reads a text frame, skipping pings.
func expectFrame(t *testing.T, in *bufio.Reader, want string) {
	t.Helper()
	for {
		var head [2]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			t.Fatal(err)
		}
		size := int(head[1])
		if size == 126 { // the length follows in two bytes
			var long [2]byte
			if _, err := io.ReadFull(in, long[:]); err != nil {
				t.Fatal(err)
			}
			size = int(binary.BigEndian.Uint16(long[:]))
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(in, text); err != nil {
			t.Fatal(err)
		}
		if head[0] != 0x89 {
			if !strings.HasPrefix(string(text), want) {
				t.Fatalf("got %s, want %s", text, want)
			}
			return
		}
	}
}
