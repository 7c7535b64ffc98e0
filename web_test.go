package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
)

// newTestSite serves on a free port, and says at which address.
func newTestSite(t *testing.T, log io.Writer) (*site, string) {
	t.Helper()
	return newTestSiteFor(t, &access.Door{Anonymous: true}, slog.New(slog.NewTextHandler(log, nil)), siteOptions{})
}

// newTestSiteFor lets in who the door does.
func newTestSiteFor(t *testing.T, door access.Authenticator, log *slog.Logger, options siteOptions) (*site, string) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(listener, door, log, options)
	t.Cleanup(func() { s.server.Close() })
	return s, "http://" + listener.Addr().String()
}

// answered is an answer that was read to its end.
type answered struct {
	*http.Response
	text string
}

func answerTo(t *testing.T, method, url, body string, header ...string) answered {
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
	return answered{answer, string(text)}
}

func send(t *testing.T, method, url, body string, header ...string) (int, string) {
	t.Helper()
	answer := answerTo(t, method, url, body, header...)
	return answer.StatusCode, answer.text
}

func wantStatus(t *testing.T, want int, method, url, body string, header ...string) {
	t.Helper()
	if got, text := send(t, method, url, body, header...); got != want {
		t.Errorf("%s %s %v: status %d, want %d: %s", method, url, header, got, want, text)
	}
}

func TestTheGateSaysWhetherTheGraphIsOpen(t *testing.T) {
	s, url := newTestSite(t, io.Discard)
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "graph") })
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusOK, http.StatusServiceUnavailable} {
		if status == http.StatusOK {
			s.gate.open(echo)
		}
		wantStatus(t, status, http.MethodGet, url+"/readyz", "")
		wantStatus(t, status, http.MethodPost, url+"/graphql", "{}")
		wantStatus(t, http.StatusOK, http.MethodGet, url+"/healthz", "")
		if status == http.StatusOK {
			s.gate.shut()
		}
	}
}

func TestOtherSitesCannotWriteThroughABrowser(t *testing.T) {
	s, url := newTestSite(t, io.Discard)
	s.gate.open(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	wantStatus(t, http.StatusForbidden, http.MethodPost, url+"/graphql", "{}", "Origin", "https://elsewhere.example")
	wantStatus(t, http.StatusForbidden, http.MethodPost, url+"/graphql", "{}", "Sec-Fetch-Site", "cross-site")
	wantStatus(t, http.StatusOK, http.MethodPost, url+"/graphql", "{}", "Origin", url)
}

func TestOtherSitesCannotOpenWebSockets(t *testing.T) {
	s, url := newTestSite(t, io.Discard)
	s.gate.open(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for status, header := range map[int][]string{
		http.StatusForbidden: {"Connection", "Upgrade", "Upgrade", "websocket", "Origin", "https://elsewhere.example"},
		http.StatusOK:        {"Connection", "Upgrade", "Upgrade", "websocket", "Origin", url},
	} {
		wantStatus(t, status, http.MethodGet, url+"/graphql", "", header...)
	}
	wantStatus(t, http.StatusOK, http.MethodGet, url+"/graphql", "", "Upgrade", "websocket") // not from a browser
}

func TestBodiesAreBounded(t *testing.T) {
	s, url := newTestSite(t, io.Discard)
	s.gate.open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	}))
	wantStatus(t, http.StatusOK, http.MethodPost, url+"/graphql", strings.Repeat(" ", maxBody))
	wantStatus(t, http.StatusRequestEntityTooLarge, http.MethodPost, url+"/graphql", strings.Repeat(" ", maxBody+1))
}

func TestStoppingLetsRequestsFinish(t *testing.T) {
	var log bytes.Buffer
	s, url := newTestSite(t, &log)
	running, finish := make(chan bool), make(chan bool)
	s.gate.open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running <- true
		<-finish
		fmt.Fprint(w, "finished ", r.Context().Err())
	}))
	ctx, signal := context.WithCancel(t.Context())
	stopped := make(chan error)
	go func() { stopped <- s.wait(ctx) }()
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
		t.Errorf("the running request was answered %q", text)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "msg=request method=POST path=/graphql status=200") {
		t.Errorf("the log is %q", &log)
	}
}
