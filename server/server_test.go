package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
)

// newServer starts a server on a free port that accepts anonymous requests, and returns
// its URL.
func newServer(t *testing.T, log io.Writer) (*Server, string) {
	t.Helper()
	return newServerWith(t, Options{Authenticator: &access.TokenAuthenticator{AllowAnonymous: true}, Logger: slog.New(slog.NewTextHandler(log, nil))})
}

// newServerWith starts a server on a free port, and returns its URL.
func newServerWith(t *testing.T, options Options) (*Server, string) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(listener, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, "http://" + listener.Addr().String()
}

// stop shuts a server down when the test ends.
func stop(t *testing.T, s *Server) {
	t.Cleanup(func() {
		if err := s.Shutdown(); err != nil {
			t.Error(err)
		}
	})
}

// response is a response with its body.
type response struct {
	*http.Response
	text string
}

func do(t *testing.T, method, url, body string, header ...string) response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{answer, string(text)}
}

func send(t *testing.T, method, url, body string, header ...string) (int, string) {
	t.Helper()
	answer := do(t, method, url, body, header...)
	return answer.StatusCode, answer.text
}

func wantStatus(t *testing.T, want int, method, url, body string, header ...string) {
	t.Helper()
	if got, text := send(t, method, url, body, header...); got != want {
		t.Errorf("%s %s %v: status %d, want %d: %s", method, url, header, got, want, text)
	}
}

func TestReadinessFollowsTheGraph(t *testing.T) {
	s, url := newServer(t, io.Discard)
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "graph") })
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusOK, http.StatusServiceUnavailable} {
		if status == http.StatusOK {
			s.Ready(Graph{Handler: echo})
		}
		wantStatus(t, status, http.MethodGet, url+"/readyz", "")
		wantStatus(t, status, http.MethodPost, url+"/graphql", "{}")
		wantStatus(t, http.StatusOK, http.MethodGet, url+"/healthz", "")
		if status == http.StatusOK {
			s.graph.shut()
		}
	}
}

func TestReadinessFollowsTheProbe(t *testing.T) {
	s, url := newServer(t, io.Discard)
	var failure error
	s.Ready(Graph{Handler: http.NotFoundHandler(), Probe: func(context.Context) error { return failure }})
	wantStatus(t, http.StatusOK, http.MethodGet, url+"/readyz", "")
	failure = errors.New("/data/graph.db was cut")
	if status, text := send(t, http.MethodGet, url+"/readyz", ""); status != http.StatusServiceUnavailable || strings.Contains(text, "graph.db") {
		t.Errorf("status %d: %s", status, text)
	}
	wantStatus(t, http.StatusOK, http.MethodGet, url+"/healthz", "")
}

func TestForeignPagesCannotWrite(t *testing.T) {
	s, url := newServer(t, io.Discard)
	s.Ready(Graph{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})})
	wantStatus(t, http.StatusForbidden, http.MethodPost, url+"/graphql", "{}", "Origin", "https://elsewhere.example")
	wantStatus(t, http.StatusForbidden, http.MethodPost, url+"/graphql", "{}", "Sec-Fetch-Site", "cross-site")
	wantStatus(t, http.StatusOK, http.MethodPost, url+"/graphql", "{}", "Origin", url)
}

func TestForeignPagesCannotOpenWebSockets(t *testing.T) {
	s, url := newServer(t, io.Discard)
	s.Ready(Graph{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})})
	for status, header := range map[int][]string{
		http.StatusForbidden: {"Connection", "Upgrade", "Upgrade", "websocket", "Origin", "https://elsewhere.example"},
		http.StatusOK:        {"Connection", "Upgrade", "Upgrade", "websocket", "Origin", url},
	} {
		wantStatus(t, status, http.MethodGet, url+"/graphql", "", header...)
	}
	wantStatus(t, http.StatusOK, http.MethodGet, url+"/graphql", "", "Upgrade", "websocket") // not from a browser
}

func TestLargeBodiesAreRejected(t *testing.T) {
	s, url := newServer(t, io.Discard)
	s.Ready(Graph{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	})})
	wantStatus(t, http.StatusOK, http.MethodPost, url+"/graphql", strings.Repeat(" ", maxBody))
	wantStatus(t, http.StatusRequestEntityTooLarge, http.MethodPost, url+"/graphql", strings.Repeat(" ", maxBody+1))
}

func TestShutdownFinishesRunningRequests(t *testing.T) {
	var log bytes.Buffer
	s, url := newServer(t, &log)
	running, finish := make(chan bool), make(chan bool)
	s.Ready(Graph{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running <- true
		<-finish
		fmt.Fprint(w, "finished ", r.Context().Err())
	})})
	ctx, signal := context.WithCancel(t.Context())
	stopped := make(chan error)
	go func() { stopped <- s.Wait(ctx) }()
	answer := make(chan string)
	go func() {
		response, err := http.Post(url+"/graphql", "application/json", strings.NewReader("{}"))
		if err != nil {
			answer <- err.Error()
			return
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		answer <- fmt.Sprint(string(text), err)
	}()
	<-running
	signal()
	close(finish)
	if text := <-answer; text != "finished <nil><nil>" {
		t.Errorf("the running request got %q", text)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "msg=request method=POST path=/graphql status=200") {
		t.Errorf("the log is %q", &log)
	}
}
