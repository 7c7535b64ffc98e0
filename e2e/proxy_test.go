package e2e

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chancery/server"

	"github.com/coder/websocket"
)

// snippet returns the block of docs/operate.md in a language.
func snippet(t *testing.T, language string) string {
	t.Helper()
	found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(read(t, "../docs/operate.md"))
	if found == nil {
		t.Fatalf("docs/operate.md has no block of %s", language)
	}
	return string(found[1])
}

// proxied is the program behind a proxy that is configured as docs/operate.md says.
type proxied struct {
	*running
	t         *testing.T
	dir       string
	cert, key string // the proxy's files
	roots     *x509.CertPool
	public    string // the proxy's address
	client    *http.Client
}

func newProxied(t *testing.T) *proxied {
	t.Helper()
	dir := t.TempDir()
	p := &proxied{running: startProgram(t, "--proxied", "--public", "--no-sample"), t: t, dir: dir, roots: x509.NewCertPool()}
	certificate, key, err := selfSigned()
	if err != nil || !p.roots.AppendCertsFromPEM(certificate) {
		t.Fatal(err)
	}
	p.cert, p.key = p.write("cert.pem", string(certificate)), p.write("key.pem", string(key))
	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	_, port, _ := net.SplitHostPort(free.Addr().String())
	p.public = "localhost:" + port
	p.client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.roots}, ForceAttemptHTTP2: true}} // as browsers do
	t.Cleanup(p.client.CloseIdleConnections)
	return p
}

// run runs the proxy until the test ends.
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
		if answer, err := p.client.Get("https://" + p.public + "/readyz"); err == nil {
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

// TestProxies: the configurations in docs/operate.md pass requests, events and WebSockets
// on, without buffering.
func TestProxies(t *testing.T) {
	t.Run("nginx", func(t *testing.T) {
		if _, err := exec.LookPath("nginx"); err != nil {
			t.Skip("nginx is not installed")
		}
		p := newProxied(t)
		config := strings.NewReplacer("listen 443 ", "listen "+strings.Replace(p.public, "localhost", "127.0.0.1", 1)+" ", "graph.example.org;", "localhost;", "127.0.0.1:8080", p.running.address,
			"/etc/ssl/graph.example.org.pem", p.cert, "/etc/ssl/graph.example.org.key", p.key).Replace(snippet(t, "nginx"))
		p.run("nginx", "-p", p.dir, "-e", "stderr", "-c", p.write("nginx.conf", `daemon off; master_process off; pid nginx.pid; events {}
http {
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
`+config+"}\n"))
		p.check()
	})
	t.Run("caddy", func(t *testing.T) {
		if _, err := exec.LookPath("caddy"); err != nil {
			t.Skip("Caddy is not installed")
		}
		p := newProxied(t)
		config := strings.NewReplacer("graph.example.org {", "https://"+p.public+" {\n    tls "+p.cert+" "+p.key, "127.0.0.1:8080", p.running.address).Replace(snippet(t, "caddyfile"))
		p.run("caddy", "run", "--adapter", "caddyfile", "--config", p.write("Caddyfile", "{\n    admin off\n    auto_https off\n}\n"+config))
		p.check()
	})
}

func (p *proxied) check() {
	p.t.Helper()
	for origin, status := range map[string]int{"https://" + p.public: http.StatusOK, "https://elsewhere.example": http.StatusForbidden} {
		answer := p.post(`{"query": "{ __typename }"}`, "Origin", origin, "X-Forwarded-For", "203.0.113.9")
		if answer.StatusCode != status {
			p.t.Errorf("from %s: %s", origin, answer.Status)
		}
		answer.Body.Close()
	}
	if log := p.log.String(); !strings.Contains(log, "path=/graphql status=200") || !strings.Contains(log, "remote=127.0.0.1:0\n") || strings.Contains(log, "203.0.113.9") {
		p.t.Errorf("the client's address is not the one that the proxy appended: %s", log)
	}
	p.checkEvents()
	p.checkSocket()
}

func (p *proxied) post(body string, header ...string) *http.Response {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, "https://"+p.public+server.Path, strings.NewReader(body))
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

// checkEvents fails unless an event arrives while the stream is open.
func (p *proxied) checkEvents() {
	p.t.Helper()
	answer := p.post(`{"query": "subscription { transactions(after: 0) { number } }"}`, "Accept", "text/event-stream")
	defer answer.Body.Close()
	late := time.AfterFunc(5*time.Second, func() { answer.Body.Close() })
	defer late.Stop()
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() || lines.Text() != ":" {
		p.t.Fatalf("the stream starts with %q, %v", lines.Text(), lines.Err())
	}
	p.commit(p.t, p.token("writer"))
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), `data: {"data":{"transactions":{"number":1}}`) {
			return
		}
	}
	p.t.Errorf("no event arrived: %v", lines.Err())
}

func (p *proxied) checkSocket() {
	p.t.Helper()
	ctx := p.t.Context()
	conn, _, err := websocket.Dial(ctx, "wss://"+p.public+server.Path, &websocket.DialOptions{ //nolint:bodyclose // Dial leaves none to close
		HTTPClient:   &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.roots}}},
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {"https://" + p.public}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	defer conn.CloseNow()
	if err := conn.Write(ctx, websocket.MessageText, []byte(`{"type":"connection_init"}`)); err != nil {
		p.t.Fatal(err)
	}
	if _, text, err := conn.Read(ctx); err != nil || string(text) != `{"type":"connection_ack"}` {
		p.t.Errorf("over WebSocket: %s, %v", text, err)
	}
}
