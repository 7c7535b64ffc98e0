package bolt_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// TestCopiesAreWholeWhileManyWrite: each copy that is made beside writers is sound and has
// exactly the transactions up to its number. With -long there are fifty.
func TestCopiesAreWholeWhileManyWrite(t *testing.T) {
	rounds, writers := 4, 16
	if flag.Lookup("long").Value.String() == "true" { // of storetest
		rounds, writers = 50, 64
	}
	db, _ := openNew(t, bolt.Options{NoSync: true})
	host := putState(t, db, "host")
	var acknowledged sync.Map // names by number
	var group sync.WaitGroup
	stop := make(chan struct{})
	for writer := range writers {
		group.Go(func() { writeUntil(t, stop, db, host, fmt.Sprint("writer-", writer), &acknowledged) })
	}
	for range rounds {
		name := filepath.Join(t.TempDir(), "copy.db")
		before, _ := db.Committed()
		last := copyTo(t, db, name)
		if after, _ := db.Committed(); last < before || last > after {
			t.Errorf("the copy ends with transaction %d, begun after %d and done by %d", last, before, after)
		}
		names := map[diplomacy.TxNumber]string{}
		acknowledged.Range(func(number, name any) bool {
			if number := number.(diplomacy.TxNumber); number <= last {
				names[number] = name.(string)
			}
			return true
		})
		stands(t, name, names)
		if got, _ := openAt(t, name, bolt.Options{ReadOnly: true}).Committed(); got != last {
			t.Errorf("the copy ends with transaction %d, Copy says %d", got, last)
		}
	}
	close(stop)
	group.Wait()
}

// writeUntil commits and notes what was acknowledged.
func writeUntil(t *testing.T, stop <-chan struct{}, db *bolt.DB, host diplomacy.ID, prefix string, acknowledged *sync.Map) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		default:
		}
		name := fmt.Sprintf("%s-%d", prefix, i)
		done, err := db.Write(background, store.Commit{}, func(w store.Writer) error { return putSourced(w, host, name) })
		if err != nil {
			t.Error(err)
			return
		}
		acknowledged.Store(done.Number, name)
	}
}

// copyTo copies a graph to a file and returns the last transaction in the copy.
func copyTo(t *testing.T, db *bolt.DB, name string) diplomacy.TxNumber {
	t.Helper()
	f, err := os.Create(name)
	ok(t, err)
	last, err := db.Copy(t.Context(), f)
	ok(t, errors.Join(err, f.Close()))
	return last
}

// TestCutCopiesAreRejected cuts a copy at many places: it is not opened, or found unsound.
func TestCutCopiesAreRejected(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeGraph(t, path)
	db := openAt(t, path, bolt.Options{ReadOnly: true})
	var whole bytes.Buffer
	if _, err := db.Copy(t.Context(), &whole); err != nil {
		t.Fatal(err)
	}
	for range 50 {
		cut := rand.IntN(whole.Len())
		name := filepath.Join(t.TempDir(), "cut.db")
		ok(t, os.WriteFile(name, whole.Bytes()[:cut], 0o600))
		if copied, err := bolt.Open(name, bolt.Options{ReadOnly: true}); err == nil {
			t.Errorf("a copy cut from %d to %d bytes was opened", whole.Len(), cut)
			ok(t, copied.Close())
		}
	}
}

// TestCopyFailsWithItsWriter: what the writer reports is returned, and nothing is held.
func TestCopyFailsWithItsWriter(t *testing.T) {
	db, _ := openNew(t, bolt.Options{NoSync: true})
	putState(t, db, "state")
	full := errors.New("no room left")
	if _, err := db.Copy(t.Context(), failingWriter{full}); !errors.Is(err, full) {
		t.Errorf("Copy returns %v", err)
	}
	putState(t, db, "other")
}

type failingWriter struct{ error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.error }
