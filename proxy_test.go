package main

import (
	"bufio"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/store"
	"chancery/store/bolt"

	"github.com/coder/websocket"
)

// snippet is a block of docs/operate.md in a language.
func snippet(t *testing.T, language string) string {
	t.Helper()
	found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(read(t, "docs/operate.md"))
	if found == nil {
		t.Fatalf("docs/operate.md has no block of %s", language)
	}
	return string(found[1])
}

// proxied is a server behind a proxy that is told what docs/operate.md says.
type proxied struct {
	*issuer
	graph   store.Store
	dir     string
	address string // of the proxy
	origin  string // the server's own address
	client  *http.Client
	log     transcript // of the server
}

func newProxied(t *testing.T) *proxied {
	t.Helper()
	dir := t.TempDir()
	p := &proxied{issuer: newIssuer(t, dir), dir: dir}
	p.issue(1)
	db, err := bolt.Open(filepath.Join(dir, "graph.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := newTestSiteFor(t, &access.Door{Anonymous: true}, slog.New(slog.NewTextHandler(&p.log, nil)), siteOptions{proxied: true})
	s.gate.open(graph.NewHandler(db, graph.Options{Streams: graph.StreamOptions{Serving: s.serving}}))
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	_, port, _ := net.SplitHostPort(free.Addr().String())
	p.graph, p.address, p.origin = db, "localhost:"+port, s.address.String()
	p.client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.roots}, ForceAttemptHTTP2: true}} // as browsers do
	t.Cleanup(p.client.CloseIdleConnections)
	return p
}

// run starts the proxy, which ends with the test.
func (p *proxied) run(program string, arguments ...string) {
	p.t.Helper()
	command := exec.CommandContext(p.t.Context(), program, arguments...)
	command.Dir, command.Stderr, command.Stdout = p.dir, p.t.Output(), p.t.Output()
	command.Env = append(os.Environ(), "XDG_DATA_HOME="+p.dir, "XDG_CONFIG_HOME="+p.dir, "HOME="+p.dir)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 5 * time.Second
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = command.Wait() })
	for range 100 {
		if answer, err := p.client.Get("https://" + p.address + "/readyz"); err == nil {
			answer.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatal("the proxy does not answer")
}

func (p *proxied) write(name, text string) string {
	p.t.Helper()
	name = filepath.Join(p.dir, name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return name
}

// TestBehindProxies: what docs/operate.md tells proxies lets everything through, and
// holds nothing back.
func TestBehindProxies(t *testing.T) {
	t.Run("nginx", func(t *testing.T) {
		if _, err := exec.LookPath("nginx"); err != nil {
			t.Skip("there is no nginx on this machine")
		}
		p := newProxied(t)
		server := strings.NewReplacer("listen 443 ", "listen "+strings.Replace(p.address, "localhost", "127.0.0.1", 1)+" ", "graph.example.org;", "localhost;", "127.0.0.1:8080", p.origin,
			"/etc/ssl/graph.example.org.pem", p.files.TLSCert, "/etc/ssl/graph.example.org.key", p.files.TLSKey).Replace(snippet(t, "nginx"))
		p.run("nginx", "-p", p.dir, "-e", "stderr", "-c", p.write("nginx.conf", `daemon off; master_process off; pid nginx.pid; events {}
http {
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
`+server+"}\n"))
		p.check()
	})
	t.Run("caddy", func(t *testing.T) {
		if _, err := exec.LookPath("caddy"); err != nil {
			t.Skip("there is no Caddy on this machine")
		}
		p := newProxied(t)
		server := strings.NewReplacer("graph.example.org {", "https://"+p.address+" {\n    tls "+p.files.TLSCert+" "+p.files.TLSKey, "127.0.0.1:8080", p.origin).Replace(snippet(t, "caddyfile"))
		p.run("caddy", "run", "--adapter", "caddyfile", "--config", p.write("Caddyfile", "{\n    admin off\n    auto_https off\n}\n"+server))
		p.check()
	})
}

func (p *proxied) check() {
	p.t.Helper()
	for origin, status := range map[string]int{"https://" + p.address: http.StatusOK, "https://elsewhere.example": http.StatusForbidden} {
		answer := p.post(`{"query": "{ __typename }"}`, "Origin", origin, "X-Forwarded-For", "203.0.113.9")
		if answer.StatusCode != status {
			p.t.Errorf("from %s: %s", origin, answer.Status)
		}
		answer.Body.Close()
	}
	if log := p.log.String(); !strings.Contains(log, "path=/graphql status=200") || !strings.Contains(log, "remote=127.0.0.1:0\n") || strings.Contains(log, "203.0.113.9") {
		p.t.Errorf("the client's address is the proxy's word, and no other: %s", log)
	}
	p.checkEvents()
	p.checkSocket()
}

func (p *proxied) post(body string, header ...string) *http.Response {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, "https://"+p.address+graphPath, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := p.client.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer
}

// checkEvents wants an event while the stream goes on.
func (p *proxied) checkEvents() {
	p.t.Helper()
	answer := p.post(`{"query": "subscription { transactions(after: 0) { number } }"}`, "Accept", "text/event-stream")
	defer answer.Body.Close()
	late := time.AfterFunc(5*time.Second, func() { answer.Body.Close() })
	defer late.Stop()
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() || lines.Text() != ":" {
		p.t.Fatalf("the stream begins with %q, %v", lines.Text(), lines.Err())
	}
	_, err := p.graph.Write(p.t.Context(), store.Commit{}, func(w store.Writer) error { return w.Remember(p.t.Context(), "x", nil) })
	if err != nil {
		p.t.Fatal(err)
	}
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), `data: {"data":{"transactions":{"number":1}}`) {
			return
		}
	}
	p.t.Errorf("no event came: %v", lines.Err())
}

func (p *proxied) checkSocket() {
	p.t.Helper()
	ctx := p.t.Context()
	conn, _, err := websocket.Dial(ctx, "wss://"+p.address+graphPath, &websocket.DialOptions{ //nolint:bodyclose // Dial leaves none to close
		HTTPClient:   &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.roots}}},
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {"https://" + p.address}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	defer conn.CloseNow()
	if err := conn.Write(ctx, websocket.MessageText, []byte(`{"type":"connection_init"}`)); err != nil {
		p.t.Fatal(err)
	}
	if _, text, err := conn.Read(ctx); err != nil || string(text) != `{"type":"connection_ack"}` {
		p.t.Errorf("over a socket: %s, %v", text, err)
	}
}
