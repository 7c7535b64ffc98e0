package bolt_test

import (
	"path/filepath"
	"testing"
	"time"

	"chancery/store"
	"chancery/store/bolt"
	"chancery/store/storetest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, clock func() time.Time) store.Store {
		db, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{Clock: clock, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		return db
	})
}
