package examples_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"
)

// server is a running Chancery server with a temporary graph that holds the sample.
type server struct {
	program, data, address string
}

// startServer starts a server on a free port and stops it when the test ends.
func startServer(t *testing.T, program string) *server {
	t.Helper()
	s := &server{program: program, data: filepath.Join(t.TempDir(), "chancery.db")}
	command := exec.Command(program, "serve", "--listen=127.0.0.1:0", "--data="+s.data, "--log-level=warn")
	command.Stderr = t.Output()
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(command.Process.Signal(os.Interrupt), command.Wait()); err != nil {
			t.Errorf("stop the server: %v", err)
		}
	})
	s.address = readAddress(t, out)
	return s
}

var addressPattern = regexp.MustCompile(`http://[^/]+`)

// readAddress returns the address that a server prints when it is ready.
func readAddress(t *testing.T, out io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := addressPattern.FindString(lines.Text()); found != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return found
		}
	}
	t.Fatal("the server printed no address")
	return ""
}

// createToken creates a token of an editor.
func (s *server) createToken(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), s.program, "token", "create", name, "--role=editor", "--data="+s.data).Output()
	if err != nil {
		t.Fatalf("create a token: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// execute sends an operation and returns the data of the response.
func (s *server) execute(ctx context.Context, token, query string) (data string, err error) {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var result struct{ Data, Errors json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&result); err != nil {
		return "", err
	}
	if result.Errors != nil {
		return "", fmt.Errorf("%s", result.Errors)
	}
	return string(result.Data), nil
}

// checkTransactions fails the test unless each commit was written exactly once.
func (s *server) checkTransactions(t *testing.T) {
	t.Helper()
	const want = `{"transactions":{"nodes":[{"number":3,"author":"neighbour"},{"number":2,"author":"desk"},{"number":1,"author":"sample"}]}}`
	got, err := s.execute(t.Context(), s.createToken(t, "witness"), `{ transactions { nodes { number author } } }`)
	if err != nil || got != want {
		t.Errorf("transactions (-want +got): %v\n%s", err, diff.Diff(want, got))
	}
}
