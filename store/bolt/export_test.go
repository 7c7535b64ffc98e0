package bolt

import "testing"

// Seal is for tests that plant damage.
var Seal = seal

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
