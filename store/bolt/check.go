package bolt

import (
	"context"
	"fmt"
	"iter"

	"chancery/store"
	"chancery/store/bolt/internal/check"
	"chancery/store/bolt/internal/file"
)

// Check implements store.Store. It checks the pages of the file too.
func (db *DB) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		// Pulled, so that a panic of the caller's loop is not taken for one of
		// damaged pages.
		next, stop := iter.Pull2(db.findings(ctx))
		defer stop()
		for finding, err, ok := next(); ok && yield(finding, err); {
			finding, err, ok = next()
		}
	}
}

func (db *DB) findings(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s, heads, err := db.readWithHeads(ctx)
		if err != nil {
			yield("", err)
			return
		}
		defer s.Release()
		more := true
		if err = db.file.Check(s.tx, heads, func(fault string) { more = more && yield(fault, nil) }); err == nil && more {
			err = check.Run(ctx, &s.Overlay().Reader, yield)
		}
		if err != nil && more {
			yield("", fmt.Errorf("check %s: %w", db.path, err))
		}
	}
}

// readWithHeads opens a snapshot and reads the meta pages that belong to it, between two writes.
func (db *DB) readWithHeads(ctx context.Context) (*snapshot, file.Heads, error) {
	if err := db.lock(ctx); err != nil {
		return nil, file.Heads{}, err
	}
	defer db.unlock()
	opened, err := db.Read(ctx, store.Everything(0))
	if err != nil {
		return nil, file.Heads{}, err
	}
	s := opened.(*snapshot)
	heads, err := db.file.Heads()
	if err != nil {
		s.Release()
		err = fmt.Errorf("check %s: %w", db.path, err)
	}
	return s, heads, err
}
