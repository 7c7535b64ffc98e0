package bolt_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// fullBy says, in the environment of a copy of this test program, what keeps its
// file from growing.
const fullBy = "BOLT_TEST_FULL_BY"

// TestFullDiskLosesNothingAcknowledged fills a small disk, and a file up to the size it may have, in
// processes of their own. Writers get an error; what was acknowledged can be
// read; and writing goes on once there is room.
func TestFullDiskLosesNothingAcknowledged(t *testing.T) {
	switch os.Getenv(fullBy) {
	case "disk":
		fillDisk(t)
		return
	case "limit":
		fillLimit(t)
		return
	}
	ran := 0
	for _, by := range []string{"disk", "limit"} {
		t.Run(by, func(t *testing.T) {
			child := exec.Command(os.Args[0], "-test.run=^TestFullDiskLosesNothingAcknowledged$", "-test.v")
			child.Env = append(os.Environ(), fullBy+"="+by)
			if by == "disk" {
				child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
			}
			out, err := child.CombinedOutput()
			if errors.Is(err, syscall.EPERM) || strings.Contains(string(out), noMount) {
				t.Skip("a small disk cannot be mounted here: ", err)
			}
			if err != nil || strings.Contains(string(out), "--- SKIP") {
				t.Fatalf("%v\n%s", err, out)
			}
			ran++
		})
	}
	if ran == 0 {
		t.Error("nothing was filled")
	}
}

const noMount = "may not mount"

// fillDisk has a file system of two megabytes, later of sixteen.
func fillDisk(t *testing.T) {
	dir := t.TempDir()
	mount := func(flags uintptr, size string) error {
		return syscall.Mount("small", dir, "tmpfs", flags, "size="+size)
	}
	if err := syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Skip(noMount, err)
	}
	if err := mount(0, "2m"); err != nil {
		t.Skip(noMount, err)
	}
	defer func() { ok(t, syscall.Unmount(dir, 0)) }()
	fill(t, filepath.Join(dir, "graph.db"), func() { ok(t, mount(syscall.MS_REMOUNT, "16m")) })
}

// fillLimit has a file that may have two megabytes.
func fillLimit(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	ok(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	path, most := filepath.Join(t.TempDir(), "graph.db"), limit.Cur
	limit.Cur = 2 << 20
	ok(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	limit.Cur = most
	fill(t, path, func() { ok(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)) })
}

// fill writes until there is no room, from several goroutines; then on.
func fill(t *testing.T, path string, makeRoom func()) {
	db, err := bolt.Open(path, bolt.Options{})
	ok(t, err)
	var accepted atomic.Int64
	var group sync.WaitGroup
	for client := range 8 {
		group.Go(func() {
			for i := 0; ; i++ {
				_, err := putText(db, fmt.Sprintf("c%d-%d", client, i), 20_000)
				if err != nil {
					isFull(t, err, path)
					return
				}
				accepted.Add(1)
			}
		})
	}
	group.Wait()
	holds(t, db, accepted.Load())
	for range 3 {
		_, err := putText(db, "large", 4<<20)
		isFull(t, err, path)
	}
	holds(t, db, accepted.Load())
	makeRoom()
	done, err := putText(db, "large", 4<<20)
	ok(t, err)
	if done.Number != diplomacy.TxNumber(accepted.Load()+1) {
		t.Errorf("transaction %d follows %d", done.Number, accepted.Load())
	}
	ok(t, db.Close())
	db, err = bolt.Open(path, bolt.Options{})
	ok(t, err)
	holds(t, db, accepted.Load()+1)
	ok(t, db.Close())
}

// putText puts a source with a long text.
func putText(db *bolt.DB, slug string, size int) (diplomacy.Transaction, error) {
	return db.Write(background, store.Commit{}, func(w store.Writer) error {
		return w.Put(background, &diplomacy.Source{Thing: named(slug), Type: "BOOK", Snapshot: strings.Repeat("x", size)})
	})
}

func isFull(t *testing.T, err error, path string) {
	t.Helper()
	if !errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrRetry) || !strings.Contains(err.Error(), path) {
		t.Errorf("%v, want ErrFull of %s", err, path)
	}
}

// holds checks that the graph has as many sources and transactions as were
// accepted, all to be read, and is sound.
func holds(t *testing.T, db *bolt.DB, accepted int64) {
	t.Helper()
	s, err := db.Read(background, store.Everything(0))
	ok(t, err)
	defer s.Release()
	n, err := s.CountList(background, store.ListQuery{Kind: diplomacy.KindSource})
	ok(t, err)
	last, _ := db.Committed()
	if accepted == 0 || int64(n.N) != accepted || int64(s.Revision()) != accepted || last != s.Revision() {
		t.Errorf("%d sources, %d transactions, told of %d; %d were accepted", n.N, s.Revision(), last, accepted)
	}
	for finding, err := range db.Check(background) {
		t.Errorf("check finds %q, %v", finding, err)
	}
}
