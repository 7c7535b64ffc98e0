package bolt_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// writerAt names, in the environment of a copy of this test program, the file
// that it is to write to until it is killed.
const writerAt = "BOLT_TEST_WRITER_AT"

// TestKilledWriterLosesNothingCommitted kills a process in the middle of its writes, again and
// again. What it said was committed is there, and the graph is sound.
func TestKilledWriterLosesNothingCommitted(t *testing.T) {
	if path := os.Getenv(writerAt); path != "" {
		writeUntilKilled(t, path)
	}
	path := filepath.Join(t.TempDir(), "graph.db")
	for round := range 5 {
		committed := killWriter(t, path, time.Duration(20+15*round)*time.Millisecond)
		db := openAt(t, path, bolt.Options{})
		for finding, err := range db.Check(background) {
			t.Fatalf("round %d: check finds %q, %v", round, finding, err)
		}
		s, err := db.Read(background, store.Everything(0))
		ok(t, err)
		if s.Revision() < committed {
			t.Fatalf("round %d: transaction %d was committed, the last is %d", round, committed, s.Revision())
		}
		s.Release()
		ok(t, db.Close())
	}
}

// killWriter gives the number of the last transaction that the writer told of.
func killWriter(t *testing.T, path string, after time.Duration) (committed diplomacy.TxNumber) {
	t.Helper()
	runUntilKilled(t, "TestKilledWriterLosesNothingCommitted", path, after, func(line string) {
		if _, err := fmt.Sscanf(line, "committed %d", &committed); err != nil {
			t.Errorf("the writer says %q", line)
		}
	})
	if committed == 0 {
		t.Error("the writer committed nothing")
	}
	return committed
}

// runUntilKilled runs a test of this program as a process of its own, which is
// killed some time after its first line.
func runUntilKilled(t *testing.T, test, path string, after time.Duration, line func(string)) {
	t.Helper()
	writer := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	writer.Env = append(os.Environ(), writerAt+"="+path)
	out, err := writer.StdoutPipe()
	ok(t, err)
	ok(t, writer.Start())
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		line(lines.Text())
		if first {
			inUse(t, path)
			time.AfterFunc(after, func() { _ = writer.Process.Kill() })
		}
	}
	_ = writer.Wait() // it was killed
}

// inUse checks that the writer's file is closed to others.
func inUse(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{Timeout: time.Millisecond})
	if err == nil {
		db.Close()
		t.Error("two processes have the file open")
	}
}

// writeUntilKilled commits and tells so.
func writeUntilKilled(t *testing.T, path string) {
	db := openAt(t, path, bolt.Options{})
	for {
		done := write(t, db, func(w store.Writer) error {
			state := &diplomacy.State{Thing: named(fmt.Sprint("state-", w.Revision()))}
			if err := w.Put(background, state); err != nil {
				return err
			}
			return putMeetings(w, state.ID, int(w.Revision())*20, 20)
		})
		fmt.Println("committed", done.Number)
	}
}
