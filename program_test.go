package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// running is the program in a process of its own.
type running struct {
	*exec.Cmd
	data, address string
	log           transcript
	open          []net.Conn
}

// startProgram serves a new file with options, until the test ends.
func startProgram(t *testing.T, options ...string) *running {
	t.Helper()
	p := &running{data: filepath.Join(t.TempDir(), "graph.db")}
	p.Cmd = p.command(append([]string{"serve", "--listen=127.0.0.1:0", "--data", p.data}, options...)...)
	p.Stderr = &p.log
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Signal(os.Interrupt)
		if err := p.Wait(); err != nil {
			t.Errorf("%v: %s", err, &p.log)
		}
	})
	ready := regexp.MustCompile(`address=http://([^/]+)/`)
	for range 500 {
		if at := ready.FindStringSubmatch(p.log.String()); at != nil {
			p.address = at[1]
			return p
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(&p.log)
	return nil
}

// command runs this test as the program; see TestMain.
func (p *running) command(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], args...)
	command.Args[0] = "chancery"
	return command
}

func (p *running) token(name string) string {
	out, _ := p.command("token", "create", name, "--role=editor", "--data", p.data).Output()
	return strings.TrimSpace(string(out))
}
