package examples_test

import (
	"bytes"
	"cmp"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
)

var (
	clients = flag.Bool("clients", false, "run the example clients; examples/check builds them first")
	update  = flag.Bool("update", false, "replace the expected output with that of a client")
)

// commands start the clients in their folders, after examples/check has built them.
var commands = map[string][]string{
	"typescript": {"node", "dist/example.js"},
	"go":         {"go", "run", "."},
	"python":     {cmp.Or(os.Getenv("PYTHON"), "python3"), "example.py"}, // needs httpx
	"curl":       {"bash", "example.sh"},
}

// expectedOutput is the file with the output of every client.
const expectedOutput = "output.txt"

// clientTimeout includes one second in which the client waits for a busy server.
const clientTimeout = time.Minute

func TestExampleOutput(t *testing.T) {
	if !*clients {
		t.Skip("examples/check builds the clients and runs this test")
	}
	program := build(t)
	for client, command := range commands {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			server := startServer(t, program)
			proxy := startFaultyProxy(t, server)
			run := exec.CommandContext(t.Context(), command[0], command[1:]...)
			run.Dir = client
			run.Env = append(os.Environ(), "CHANCERY_URL="+proxy.address, "CHANCERY_TOKEN="+server.createToken(t, "desk"))
			compareOutput(t, outputOf(t, run))
			proxy.check(t)
			server.checkTransactions(t)
		})
	}
}

// outputOf returns the standard output of a command, whose standard error goes to the test's.
func outputOf(t *testing.T, command *exec.Cmd) []byte {
	t.Helper()
	command.Stderr = t.Output()
	command.WaitDelay = time.Second
	timeout := time.AfterFunc(clientTimeout, func() { _ = command.Cancel() })
	defer timeout.Stop()
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v; its output was:\n%s", command, err, output)
	}
	return output
}

func compareOutput(t *testing.T, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(expectedOutput, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(expectedOutput)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the output differs from %s (-want +got):\n%s", expectedOutput, diff.Diff(string(want), string(got)))
	}
}

// build compiles the server and returns its path.
func build(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "chancery")
	command := exec.CommandContext(t.Context(), "go", "build", "-o", program, "chancery")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return program
}
