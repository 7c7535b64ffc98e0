package bolt

import "testing"

// SetLarge changes how many records make a write a large one.
func SetLarge(db *DB, n int) { db.large = n }

// OpenBatch opens a batch as if somebody had written, so that the next to write
// has to leave it as it was if it fails.
func OpenBatch(t testing.TB, db *DB) {
	t.Helper()
	db.writing <- struct{}{}
	defer db.unlock()
	if db.batch != nil {
		return
	}
	tx, err := db.beginFile()
	if err != nil {
		t.Error(err)
		return
	}
	db.batch = &batch{tx: tx, members: 1, last: db.committed.last, done: make(chan struct{})}
}

// Flushes counts the times that bbolt waited for the disk to commit.
func Flushes(t testing.TB, db *DB) int {
	t.Helper()
	tx, err := db.file.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	return tx.ID()
}
