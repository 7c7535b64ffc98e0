package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"chancery/diplomacy"
	"chancery/e2e/internal/powerfailure"
)

// recorded is what a server did with its file, and when it acknowledged commits.
type recorded struct {
	calls   []powerfailure.Call // that change or sync the file
	commits []commitSent
	whole   []byte // the file in the end
	// ready is the line of the log at which the server was ready, lines the number of lines.
	ready, lines int
}

// commitSent is a commit whose response the server sent.
type commitSent struct {
	number     diplomacy.TxNumber
	slug, text string
	sent       int // the line of the log
}

// recordServer runs a server under strace while clients make some commits each, and kills it.
func recordServer(t *testing.T, each int) *recorded {
	t.Helper()
	dir := t.TempDir()
	log, program := filepath.Join(dir, "log"), filepath.Join(dir, "chancery")
	trace := append(slices.Clone(powerfailure.Options), "-o", log)
	if out, err := exec.Command("strace", append(trace, "true")...).CombinedOutput(); err != nil {
		t.Skipf("strace is not installed, too old, or not permitted: %v %s", err, out)
	}
	if err := os.Symlink(os.Args[0], program); err != nil { // see TestMain
		t.Fatal(err)
	}
	p := &running{data: filepath.Join(dir, "graph.db")}
	p.Cmd = exec.Command("strace", append(trace, program, "serve", "--listen=127.0.0.1:0", "--data", p.data)...)
	p.start(t)
	t.Cleanup(func() { p.killTraced(log) })
	p.awaitReady(t)
	commits := p.commitConcurrently(t, each)
	p.killTraced(log)
	return readRecording(t, log, p.data, commits)
}

// killTraced kills the program, whose id is what the log begins with; strace ends with it.
func (p *running) killTraced(log string) {
	text, _ := os.ReadFile(log) // without it there is nothing to kill
	id, _, _ := strings.Cut(string(text[:min(20, len(text))]), " ")
	if traced, err := strconv.Atoi(id); err == nil && p.ProcessState == nil {
		_ = syscall.Kill(traced, syscall.SIGKILL)
	}
	_ = p.Wait() // it was killed
}

var transactionNumber = regexp.MustCompile(`"number":(\d+)`)

// readRecording reads the log. A commit is acknowledged from the line on at which its response is
// sent; a recording that does not lead to the file is none.
func readRecording(t *testing.T, log, data string, commits map[string]commitSent) *recorded {
	t.Helper()
	text := read(t, log)
	all, err := powerfailure.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	r := &recorded{whole: read(t, data), lines: bytes.Count(text, []byte("\n"))}
	for _, c := range all {
		number := transactionNumber.FindSubmatch(c.Data)
		switch {
		case bytes.Contains(c.Data, []byte("msg=ready")):
			r.ready = c.Ended
		case strings.HasPrefix(c.File, "socket:") && number != nil:
			sent, known := commits[string(number[1])]
			if sent.sent = c.Begun; !known {
				t.Fatalf("transaction %s was acknowledged to no client", number[1])
			}
			r.commits = append(r.commits, sent)
		}
	}
	if r.calls, err = powerfailure.Of(all, data); err != nil {
		t.Fatal(err)
	}
	if r.ready == 0 || len(r.commits) != len(commits) || !bytes.Equal(powerfailure.Whole(r.calls), r.whole) {
		t.Fatalf("ready at line %d, %d commits of %d, and a file that differs or not: the log lacks something", r.ready, len(r.commits), len(commits))
	}
	return r
}

// metaPagesWritten returns the lines at which one of the two meta pages was written, without its sync.
func (r *recorded) metaPagesWritten() (lines []int) {
	for _, c := range r.calls {
		if c.Name == "pwrite64" && c.Number < 2*4096 && c.Begun > r.ready {
			lines = append(lines, c.Ended)
		}
	}
	return lines
}

// responsesSent returns the lines at which commits were acknowledged.
func (r *recorded) responsesSent() (lines []int) {
	for _, c := range r.commits {
		lines = append(lines, c.sent)
	}
	return lines
}

// withoutLastSync returns the calls but for the last sync before a line.
func (r *recorded) withoutLastSync(line int) []powerfailure.Call {
	for i, c := range slices.Backward(r.calls) {
		if c.Syncs() && c.Ended < line {
			return slices.Delete(slices.Clone(r.calls), i, i+1)
		}
	}
	return r.calls
}
