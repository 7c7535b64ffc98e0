package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/graph/graphtest"
	"chancery/store/bolt"
)

// TestHostileClients has 16 clients send the most expensive operations that are allowed,
// bodies that are large or slow, and requests whose responses they do not read, while
// another looks up a record at a time. The server's memory stays bounded, and the look-ups
// are answered.
func TestHostileClients(t *testing.T) {
	const most = 800 << 20 // a quarter more than the figures of docs/performance.md
	links, quiet, siege := 5_000, 2*time.Second, 5*time.Second
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		links, quiet, siege = 100_000, 10*time.Second, 60*time.Second
	}
	p := startOnHub(t, links)
	calm := p.lookUp(t, quiet)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	own := p.watchMemory(ctx)
	var statuses [600]atomic.Int64
	var clients sync.WaitGroup
	for i := range 16 {
		clients.Go(func() { p.attack(ctx, i, &statuses) })
	}
	besieged := p.lookUp(t, siege)
	stop()
	clients.Wait()
	for status := range statuses {
		if n := statuses[status].Load(); n > 0 {
			t.Logf("hostile: %d responses with status %d", n, status)
		}
	}
	peak := <-own
	t.Logf("the server took at most %d MB, and %d MB with pages of its file; %d look-ups without hostile clients: median %v, p99 %v; %d beside them: median %v, p99 %v", peak>>20, p.peak(t)>>20,
		len(calm), percentile(calm, 50), percentile(calm, 99), len(besieged), percentile(besieged, 50), percentile(besieged, 99))
	if peak > most && !racing {
		t.Errorf("the server took %d MB", peak>>20)
	}
	if typical := percentile(besieged, 50); typical > 5*max(percentile(calm, 99), 5*time.Millisecond) && !racing {
		t.Errorf("half of the look-ups took more than %v", typical)
	}
	if statuses[http.StatusOK].Load() == 0 {
		t.Error("none of the operations ran")
	}
	p.expectAnswer(t)
}

// startOnHub serves a graph with hubs as behind a proxy, so that clients have addresses.
func startOnHub(t *testing.T, links int) *running {
	t.Helper()
	p := &running{data: filepath.Join(t.TempDir(), "graph.db")}
	db, err := bolt.Open(p.data, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	graphtest.WriteHub(t, db, links)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	p.Cmd = p.command("serve", "--listen=127.0.0.1:0", "--data", p.data, "--no-sample", "--proxied", "--public", "--slow=1m")
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

// lookUp looks up one record after another for some time, 200 a second, and returns how long
// each took.
func (p *running) lookUp(t *testing.T, during time.Duration) (took []time.Duration) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	overloaded := 0
	for end := time.Now().Add(during); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		begun := time.Now()
		body := strings.NewReader(jsonOf(`{ event(by: {slug: "meeting-7"}) { name } }`))
		status, text := p.pose(t.Context(), client, "198.51.100.1", body)
		took = append(took, time.Since(begun))
		if status == http.StatusOK && !strings.Contains(text, `"name":"meeting-7"`) {
			status = 0
		}
		switch status {
		case http.StatusOK, http.StatusTooManyRequests:
		case http.StatusServiceUnavailable:
			overloaded++
		default:
			t.Errorf("a look-up was answered with status %d: %.300s", status, text)
		}
	}
	if overloaded > len(took)/100 && !racing {
		t.Errorf("%d of %d look-ups were rejected as overloaded", overloaded, len(took))
	}
	return took
}

// pose posts a request as the client of an address; status 0 means that there is no response.
func (p *running) pose(ctx context.Context, client *http.Client, from string, body io.Reader) (status int, text string) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+p.address+"/graphql", body)
	if err != nil {
		return 0, err.Error()
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Forwarded-For", from)
	response, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	kept, _ := io.ReadAll(io.LimitReader(response.Body, 1_000))
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode, string(kept)
}

func jsonOf(query string) string {
	text, _ := json.Marshal(map[string]string{"query": query})
	return string(text)
}

// hostile are operations that cost as much as is allowed, or more.
func hostile() []string {
	aliases := func(n int, field string) string {
		var b bytes.Buffer
		for i := range n {
			fmt.Fprintf(&b, "a%d: %s ", i, field)
		}
		return "{ " + b.String() + "}"
	}
	return []string{
		`{ person(by: {slug: "many"}) { mergedFrom(first: 500) { id mergedFrom(first: 50) { id mergedFrom { id } } } } }`,
		`{ source(by: {slug: "archive"}) { evidence(first: 10) { about { ... on State { evidence(first: 10) { about { ... on State { evidence { source { name } } } } } } } } } }`,
		`{ person(by: {slug: "many"}) { judgements(first: 100) { a { judgements(first: 100) { verdict a { name } } } } } }`,
		`{ state(by: {slug: "hub"}) { meetings(first: 500) { nodes { name states { nodes { name } } organizations { nodes { name } } } } } }`,
		aliases(40, `state(by: {slug: "hub"}) { events(where: {kind: [SUMMIT]}) { nodes { name } } }`),
		aliases(40, `person(by: {slug: "many"}) { meetings { totalCount } }`),
		aliases(15, `events(where: {name: {contains: "nothing has this"}}) { totalCount nodes { name } }`),
		`{ events(where: {name: {contains: "` + strings.Repeat("a", 50_000) + `"}}) { nodes { name } } }`,
		`{ topic(by: {slug: "storied"}) { history(first: 500) { nodes { transaction { number } changes { field before after } } } } }`,
		aliases(20, `source(by: {slug: "archive"}) { snapshot { text } }`),
		`{ events(first: 500) { nodes { id name slug names { value } description kind states { nodes { name } } } } }`,
		`{ duplicates(first: 500) { nodes { __typename } } }`,
	}
}

// attack sends requests of every hostile kind, several at a time, until the context ends.
func (p *running) attack(ctx context.Context, number int, statuses *[600]atomic.Int64) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	defer client.CloseIdleConnections()
	from, queries := fmt.Sprint("203.0.113.", number+1), hostile()
	var lines sync.WaitGroup
	for line := range 3 {
		lines.Go(func() {
			for i := number + 5*line; ctx.Err() == nil; i++ {
				var body io.Reader = strings.NewReader(jsonOf(queries[i%len(queries)]))
				switch i % 17 {
				case 5:
					body = strings.NewReader(jsonOf(strings.Repeat(" ", 10<<20)))
				case 11:
					p.unread(ctx, from, jsonOf(queries[i/17%len(queries)]))
					continue
				}
				status, _ := p.pose(ctx, client, from, body)
				statuses[status].Add(1)
				if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
					time.Sleep(10 * time.Millisecond)
				}
			}
		})
	}
	lines.Go(func() { p.slowBodies(ctx, from) })
	lines.Wait()
}

// unread sends some requests on one connection, and reads no response.
func (p *running) unread(ctx context.Context, from, body string) {
	conn, err := net.Dial("tcp", p.address)
	if err != nil {
		return
	}
	time.AfterFunc(5*time.Second, func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	for range 4 {
		fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", p.address, from, len(body), body)
	}
}

// slowBodies begins large bodies and sends the rest slowly, several at a time.
func (p *running) slowBodies(ctx context.Context, from string) {
	var conns []net.Conn
	for ctx.Err() == nil {
		if conn, err := net.Dial("tcp", p.address); err == nil && len(conns) < 20 {
			conns = append(conns, conn)
			fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", p.address, from, 8<<20)
		} else if err == nil {
			conn.Close()
		}
		for _, conn := range conns {
			_ = conn.SetDeadline(time.Now().Add(10 * time.Millisecond))
			_, _ = conn.Write(bytes.Repeat([]byte(" "), 16<<10))
		}
		time.Sleep(100 * time.Millisecond)
	}
	for _, conn := range conns {
		conn.Close()
	}
}

// peak returns the highest resident memory of the process, in bytes, with the pages of its
// file that are in memory, which the kernel can drop.
func (p *running) peak(t *testing.T) int {
	t.Helper()
	n, err := p.statusLine("VmHWM")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// statusLine returns a line of the status of the process, in bytes.
func (p *running) statusLine(line string) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		return 0, err
	}
	found := regexp.MustCompile(line + `:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		return 0, fmt.Errorf("the status of the process has no %s", line)
	}
	n, err := strconv.Atoi(string(found[1]))
	return n << 10, err
}

// watchMemory sends the highest memory that is the process's own, without pages of files,
// once the context has ended.
func (p *running) watchMemory(ctx context.Context) <-chan int {
	highest := make(chan int, 1)
	go func() {
		most := 0
		for ctx.Err() == nil {
			if n, err := p.statusLine("RssAnon"); err == nil {
				most = max(most, n)
			}
			time.Sleep(10 * time.Millisecond)
		}
		highest <- most
	}()
	return highest
}

func percentile(of []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[(len(sorted)-1)*percent/100]
}
