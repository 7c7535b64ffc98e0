package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// shortTime is how long a request may take to arrive here.
const shortTime = time.Second

// TestSlowBodiesAreCutOff sends a byte now and then, which would go on for minutes, and
// nothing at all; many do so at once. Each is told that it takes too long, and none
// holds up others.
func TestSlowBodiesAreCutOff(t *testing.T) {
	b := besiegeFor(t, siteOptions{readTime: shortTime})
	b.expectPeace(t)
	before := routines()
	const slow = 100
	answers := make(chan string)
	for i := range slow {
		go func() { answers <- b.trickle(time.Duration(i%2) * 50 * time.Millisecond) }()
	}
	b.expectPeace(t)
	for range slow {
		if got := <-answers; got != "" {
			t.Error(got)
		}
	}
	b.expectPeace(t)
	for range 100 {
		if routines() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("there are %d goroutines, and were %d", routines(), before)
}

func routines() int {
	http.DefaultClient.CloseIdleConnections()
	return runtime.NumGoroutine()
}

// TestSlowHeadersAreCutOff begins requests whose headers never end. What has said
// nothing yet is told nothing.
func TestSlowHeadersAreCutOff(t *testing.T) {
	b := besiegeFor(t, siteOptions{readTime: shortTime})
	b.expectPeace(t)
	const slow = 100
	answers := make(chan string)
	for range slow {
		go func() { answers <- b.dawdle() }()
	}
	b.expectPeace(t)
	for range slow {
		if got := <-answers; got != "" {
			t.Error(got)
		}
	}
	b.expectPeace(t)
}

// post begins a request, of which the other headers are still to come.
func (b besieged) post() (net.Conn, error) {
	address, _ := strings.CutPrefix(strings.TrimSuffix(b.url, "/graphql"), "http://")
	conn, err := net.Dial("tcp", address)
	if err == nil {
		_, err = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\n", address)
	}
	return conn, err
}

// dawdle sends headers, one now and then, and tells what was not as it should be.
func (b besieged) dawdle() string {
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

// trickle begins a request whose body comes a byte at a time, if at all, and tells what
// was not as it should be.
func (b besieged) trickle(pause time.Duration) string {
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
		return fmt.Sprintf("it was cut off after %v", took)
	}
	return ""
}
