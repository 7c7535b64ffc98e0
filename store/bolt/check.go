package bolt

import (
	"context"
	"iter"
)

// Check implements store.Store.
func (db *DB) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {}
}
