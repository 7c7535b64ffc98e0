package server

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
)

// shortTime is the ReadTimeout of these tests.
const shortTime = time.Second

// slowTarget is a server whose clients are slow.
type slowTarget struct {
	url string
	log *logBuffer
}

func newSlowTarget(t *testing.T) slowTarget {
	t.Helper()
	target := slowTarget{log: new(logBuffer)}
	log := slog.New(slog.NewTextHandler(target.log, nil))
	s, url := newServerWith(t, Options{Authenticator: fixedAuthenticator{Principal: access.Principal{Name: "test", Role: access.Admin}}, Logger: log, ReadTimeout: shortTime})
	stop(t, s)
	s.Ready(Graph{Handler: graph.NewHandler(openGraph(t), graph.Options{Logger: log, Streams: s.Streams()})})
	target.url = url + Path
	return target
}

// expectAnswer fails if other requests are not answered, or the log has warnings.
func (b slowTarget) expectAnswer(t *testing.T) {
	t.Helper()
	status, text := send(t, http.MethodPost, b.url, typename, "Content-Type", "application/json")
	if status != http.StatusOK || !strings.HasPrefix(text, `{"data":{"__typename":"Query"}`) {
		t.Errorf("status %d, %s", status, text)
	}
	if log := b.log.String(); regexp.MustCompile(`level=ERROR|level=WARN|panic|goroutine`).MatchString(log) {
		t.Errorf("logged: %.3000s", log)
	}
}

// TestSlowBodiesTimeOut sends many bodies at once, by single bytes or not at all. Each gets
// an error, and other requests are not delayed.
func TestSlowBodiesTimeOut(t *testing.T) {
	b := newSlowTarget(t)
	b.expectAnswer(t)
	before := routines()
	const slow = 100
	answers := make(chan string)
	for i := range slow {
		go func() { answers <- b.trickle(time.Duration(i%2) * 50 * time.Millisecond) }()
	}
	b.expectAnswer(t)
	for range slow {
		if got := <-answers; got != "" {
			t.Error(got)
		}
	}
	b.expectAnswer(t)
	for range 100 {
		if routines() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d goroutines remain of %d before", routines(), before)
}

func routines() int {
	http.DefaultClient.CloseIdleConnections()
	return runtime.NumGoroutine()
}

// TestSlowHeadersTimeOut sends headers that never end; their connections are closed.
func TestSlowHeadersTimeOut(t *testing.T) {
	b := newSlowTarget(t)
	b.expectAnswer(t)
	const slow = 100
	answers := make(chan string)
	for range slow {
		go func() { answers <- b.dawdle() }()
	}
	b.expectAnswer(t)
	for range slow {
		if got := <-answers; got != "" {
			t.Error(got)
		}
	}
	b.expectAnswer(t)
}

// post starts a request without the end of its headers.
func (b slowTarget) post() (net.Conn, error) {
	address, _ := strings.CutPrefix(strings.TrimSuffix(b.url, "/graphql"), "http://")
	conn, err := net.Dial("tcp", address)
	if err == nil {
		_, err = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\n", address)
	}
	return conn, err
}

// dawdle sends headers slowly, and returns what was wrong with the reaction, or "".
func (b slowTarget) dawdle() string {
	conn, err := b.post()
	if err != nil {
		return err.Error()
	}
	defer conn.Close()
	begun := time.Now()
	for i := 0; err == nil && time.Since(begun) < 3*shortTime; i++ {
		time.Sleep(shortTime / 10)
		_, err = fmt.Fprintf(conn, "X-%d: x\r\n", i)
	}
	if err == nil || time.Since(begun) < shortTime/2 {
		return fmt.Sprintf("after %v: %v", time.Since(begun), err)
	}
	return ""
}

// trickle sends a body by single bytes, if at all, and returns what was wrong with the
// response, or "".
func (b slowTarget) trickle(pause time.Duration) string {
	conn, err := b.post()
	if err != nil {
		return err.Error()
	}
	defer conn.Close()
	begun := time.Now()
	fmt.Fprint(conn, "Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{")
	done := make(chan bool)
	defer close(done)
	go func() {
		for pause > 0 {
			select {
			case <-done:
				return
			case <-time.After(pause):
				fmt.Fprint(conn, " ")
			}
		}
	}()
	_ = conn.SetReadDeadline(begun.Add(5 * shortTime))
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	const want = `{"errors":[{"message":"the body took too long to arrive","extensions":{"code":"BAD_REQUEST"}}]}`
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusRequestTimeout || string(text) != want || !answer.Close {
		return fmt.Sprintf("status %d, %s, %v", answer.StatusCode, text, err)
	}
	if took := time.Since(begun); took < shortTime/2 || took > 3*shortTime {
		return fmt.Sprintf("it timed out after %v", took)
	}
	return ""
}
