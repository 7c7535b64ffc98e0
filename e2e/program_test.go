package e2e

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/command"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain runs this binary as the program where it is called chancery.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chancery": func() { os.Exit(command.Run("", os.Args[1:])) }})
}

// running is the program in another process.
type running struct {
	*exec.Cmd
	data, address string
	log           transcript
	open          []net.Conn
}

// startProgram runs chancery serve on a new file until the test ends.
func startProgram(t *testing.T, options ...string) *running {
	t.Helper()
	p := &running{data: filepath.Join(t.TempDir(), "graph.db")}
	p.Cmd = p.command(append([]string{"serve", "--listen=127.0.0.1:0", "--data", p.data}, options...)...)
	p.start(t)
	t.Cleanup(func() {
		_ = p.Process.Signal(os.Interrupt)
		if err := p.Wait(); err != nil {
			t.Errorf("%v: %s", err, &p.log)
		}
	})
	p.awaitReady(t)
	return p
}

func (p *running) start(t *testing.T) {
	t.Helper()
	p.Stderr = &p.log
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
}

// awaitReady waits until the program answers, and reads its address.
func (p *running) awaitReady(t *testing.T) {
	t.Helper()
	ready := regexp.MustCompile(`address=http://([^/]+)/`)
	for range 500 {
		if at := ready.FindStringSubmatch(p.log.String()); at != nil {
			p.address = at[1]
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(&p.log)
}

// command returns the program with arguments; see TestMain.
func (p *running) command(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], args...)
	command.Args[0] = "chancery"
	return command
}

func (p *running) token(name string) string {
	out, _ := p.command("token", "create", name, "--role=editor", "--data", p.data).Output()
	return strings.TrimSpace(string(out))
}

// transcript collects what a program writes; several goroutines may use it.
type transcript struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (o *transcript) Write(p []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.Write(p)
}

func (o *transcript) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.String()
}
