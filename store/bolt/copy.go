package bolt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/mvcc"
)

var _ store.Copier = (*DB)(nil)

// Copy implements store.Copier. It reads the file, not its memory map, and holds a bbolt
// transaction: the file grows by what is written meanwhile.
func (db *DB) Copy(ctx context.Context, to io.Writer) (last diplomacy.TxNumber, err error) {
	tx, err := db.beginRead()
	if err != nil {
		return 0, fmt.Errorf("copy %s: %w", db.path, err)
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	state, err := mvcc.NewReadTx(tx, nil, nil).State()
	if err != nil {
		return 0, fmt.Errorf("copy %s: %w", db.path, err)
	}
	w := &untilDone{ctx: ctx, to: to}
	if _, err := tx.WriteTo(w); err != nil {
		return 0, fmt.Errorf("copy %s: %w", db.path, cmp.Or(w.failed, err)) // bbolt keeps only the text of some
	}
	return state.Last, nil
}

// untilDone is a writer that fails once its context has ended.
type untilDone struct {
	ctx    context.Context
	to     io.Writer
	failed error // the first error
}

func (w *untilDone) Write(data []byte) (n int, err error) {
	if err = w.ctx.Err(); err == nil {
		n, err = w.to.Write(data)
	}
	w.failed = cmp.Or(w.failed, err)
	return n, err
}
