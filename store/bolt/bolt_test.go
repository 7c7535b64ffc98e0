package bolt_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
	"chancery/store/storetest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, clock func() time.Time) store.Store { return openWith(t, clock) })
}

func openWith(t *testing.T, clock func() time.Time) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{Clock: clock, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// joining is a store in which each write joins a batch with another that is not
// durable yet: a failed write cannot roll back the batch, only undo its own changes.
type joining struct {
	*bolt.DB
	t *testing.T
}

func (j joining) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	bolt.OpenBatch(j.t, j.DB)
	return j.DB.Write(ctx, by, fn)
}

// TestStoreInSharedBatches has every other store take nearly all writes for large ones, which
// leave the batch as they go.
func TestStoreInSharedBatches(t *testing.T) {
	n := 0
	storetest.Run(t, func(t *testing.T, clock func() time.Time) store.Store {
		db := openWith(t, clock)
		if n++; n%2 == 0 {
			bolt.SetLarge(db, 2)
		}
		return joining{db, t}
	})
}
