package bolt

import (
	"chancery/store/bolt/internal/query"

	"go.etcd.io/bbolt"
)

// snapshot is a view with a bbolt transaction of its own.
type snapshot struct {
	query.View
	db *DB
	tx *bbolt.Tx
}

// Release implements store.Snapshot. It waits for running calls.
func (s *snapshot) Release() {
	if s.Close() {
		s.db.forget(s)
		_ = s.tx.Rollback() // fails only when repeated
	}
}
