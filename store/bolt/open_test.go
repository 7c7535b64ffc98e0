package bolt_test

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chancery/store"
	"chancery/store/bolt"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// unopenable are files that make writes and the error of opening them.
var unopenable = []struct {
	name string
	make func(t *testing.T, path string)
	want error
}{
	{"text", func(t *testing.T, path string) { writeFile(t, path, strings.Repeat("not a graph\n", 5000)) }, store.ErrForeign},
	{"short text", func(t *testing.T, path string) { writeFile(t, path, "not a graph") }, store.ErrForeign},
	{"directory", func(t *testing.T, path string) { ok(t, os.Mkdir(path, 0o700)) }, store.ErrForeign},
	{"bbolt of another program", func(t *testing.T, path string) { makeForeign(t, path, "sessions") }, store.ErrForeign},
	{"bbolt with a bucket called as ours", func(t *testing.T, path string) { makeForeign(t, path, "meta") }, store.ErrForeign},
	{"newer", func(t *testing.T, path string) {
		makeGraph(t, path)
		edit(t, path, "meta", func(b *bbolt.Bucket) error {
			value := []byte(string(b.Get([]byte("state"))))
			value[4+8+3]++ // the format, whose checksum is corrected below
			return b.Put([]byte("state"), layout.PutChecksum(value))
		})
	}, store.ErrNewer},
	{"a bucket is missing", func(t *testing.T, path string) {
		makeGraph(t, path)
		plain(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("links")) })
	}, store.ErrCorrupt},
	{"both heads damaged", func(t *testing.T, path string) {
		makeGraph(t, path)
		overwrite(t, path, 40, "damage")
		overwrite(t, path, 4096+40, "damage")
	}, store.ErrCorrupt},
	{"cut in the middle", func(t *testing.T, path string) {
		makeGraph(t, path)
		ok(t, os.Truncate(path, 20_000))
	}, store.ErrCorrupt},
	{"a branch leads to itself", func(t *testing.T, path string) {
		db := openAt(t, path, bolt.Options{NoSync: true})
		state := putState(t, db, "state")
		write(t, db, func(w store.Writer) error { return putMeetings(w, state, 0, 500) })
		ok(t, db.Close())
		loopBranches(t, path)
	}, store.ErrCorrupt},
	{"cut to its head", func(t *testing.T, path string) {
		makeGraph(t, path)
		ok(t, os.Truncate(path, 100))
	}, store.ErrForeign},
	{"in a directory that is not there", func(t *testing.T, path string) { ok(t, os.Remove(filepath.Dir(path))) }, fs.ErrNotExist},
}

// TestFilesThatAreNoGraphAreRejectedUnchanged opens what is no graph, or not one that can be opened: the error
// says so and names the file, and the file stays as it was.
func TestFilesThatAreNoGraphAreRejectedUnchanged(t *testing.T) {
	for _, c := range unopenable {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "dir", "graph.db")
			ok(t, os.Mkdir(filepath.Dir(path), 0o700))
			c.make(t, path)
			before, _ := os.ReadFile(path) // of what is no file, nothing twice
			for _, readOnly := range []bool{true, false} {
				db, err := bolt.Open(path, bolt.Options{ReadOnly: readOnly})
				if err == nil {
					db.Close()
				}
				if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
					t.Errorf("read-only %v: %v, want %v of %s", readOnly, err, c.want, path)
				}
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestOpenCreatesAGraphUnlessReadOnly makes a graph where there is nothing, but not for reading only.
func TestOpenCreatesAGraphUnlessReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	for range 2 {
		if _, err := bolt.Open(path, bolt.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("read-only: %v, want that there is none", err)
		}
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			t.Error("reading made a graph")
		}
		writeFile(t, path, "") // an empty file is as good as none
	}
	putState(t, openAt(t, path, bolt.Options{}), "first")
}

func TestReadOnlyStoreRejectsWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeGraph(t, path)
	ok(t, os.Chmod(path, 0o400))
	db := openAt(t, path, bolt.Options{ReadOnly: true})
	s, err := db.Read(background, store.Everything(0))
	ok(t, err)
	defer s.Release()
	if s.Revision() != 2 {
		t.Errorf("the last transaction is %d, not 2", s.Revision())
	}
	if _, err := db.Write(background, store.Commit{}, func(store.Writer) error { return nil }); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("write: %v, want ErrReadOnly", err)
	}
}

// TestCloseReleasesOpenSnapshots: Close releases what was left open rather than wait.
func TestCloseReleasesOpenSnapshots(t *testing.T) {
	db, _ := openNew(t, bolt.Options{NoSync: true})
	s, err := db.Read(background, store.Everything(0))
	ok(t, err)
	ok(t, db.Close())
	if _, err := s.Records(background, nil); !errors.Is(err, store.ErrReleased) {
		t.Errorf("after Close: %v, want ErrReleased", err)
	}
	if _, err := db.Read(background, store.Everything(0)); err == nil {
		t.Error("a closed store can be read")
	}
	if _, err := db.Write(background, store.Commit{}, func(store.Writer) error { return nil }); err == nil {
		t.Error("a closed store can be written")
	}
}

// TestFileInUseIsRejected: one process has the file to itself, unless all only read.
func TestFileInUseIsRejected(t *testing.T) {
	db, path := openNew(t, bolt.Options{})
	if _, err := bolt.Open(path, bolt.Options{Timeout: 20 * time.Millisecond}); !errors.Is(err, store.ErrInUse) {
		t.Errorf("beside a writer: %v, want ErrInUse", err)
	}
	ok(t, db.Close())
	for range 2 {
		openAt(t, path, bolt.Options{ReadOnly: true})
	}
	if _, err := bolt.Open(path, bolt.Options{Timeout: 20 * time.Millisecond}); !errors.Is(err, store.ErrInUse) {
		t.Errorf("beside readers: %v, want ErrInUse", err)
	}
}

// loopBranches makes the second element of every branch page lead to the page
// itself.
func loopBranches(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	ok(t, err)
	const page, header, element = 4096, 16, 16
	branches := 0
	for at := 2 * page; at < len(data); at += page {
		if id := uint64(at / page); binary.NativeEndian.Uint64(data[at:]) != id || data[at+8] != 1 {
			continue
		}
		copy(data[at+header+element+8:], data[at:at+8])
		branches++
	}
	if branches == 0 {
		t.Fatal("the graph is too small to have branches")
	}
	writeFile(t, path, string(data))
}
