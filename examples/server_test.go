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

// server is a Chancery of its own, with the sample and what a story writes.
type server struct {
	program, data, address string
}

// start starts one on a free port, and stops it when the test ends.
func start(t *testing.T, program string) *server {
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
			t.Errorf("the server did not stop well: %v", err)
		}
	})
	s.address = addressIn(t, out)
	return s
}

var address = regexp.MustCompile(`http://[^/]+`)

// addressIn waits for the address that a server prints once it is ready.
func addressIn(t *testing.T, out io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := address.FindString(lines.Text()); found != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return found
		}
	}
	t.Fatal("the server printed no address")
	return ""
}

// token makes one of an editor.
func (s *server) token(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), s.program, "token", "create", name, "--role=editor", "--data="+s.data).Output()
	if err != nil {
		t.Fatalf("make a token: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// ask gives the data of an answer.
func (s *server) ask(ctx context.Context, token, query string) (data string, err error) {
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
	var answer struct{ Data, Errors json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return "", err
	}
	if answer.Errors != nil {
		return "", fmt.Errorf("%s", answer.Errors)
	}
	return string(answer.Data), nil
}

// check looks at what was written, which must be each thing once.
func (s *server) check(t *testing.T) {
	t.Helper()
	const want = `{"transactions":{"nodes":[{"number":3,"author":"neighbour"},{"number":2,"author":"desk"},{"number":1,"author":"sample"}]}}`
	got, err := s.ask(t.Context(), s.token(t, "witness"), `{ transactions { nodes { number author } } }`)
	if err != nil || got != want {
		t.Errorf("what was written (-want +got): %v\n%s", err, diff.Diff(want, got))
	}
}
