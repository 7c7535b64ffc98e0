package bolt

import (
	"context"
	"runtime/debug"
	"sync"

	"chancery/diplomacy"
	"chancery/store"
)

// view is a store.Reader over a bbolt transaction, until it is closed.
type view struct {
	reader
	mu   sync.RWMutex // read-locked while the transaction's memory is in use
	done bool
}

// read does what every method has in common: nothing is read after the end of
// the view or the context, and a panic becomes an error.
func read[A any](ctx context.Context, v *view, look func(*reader) (A, error)) (answer A, err error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.done {
		return answer, store.ErrReleased
	}
	if err := ctx.Err(); err != nil {
		return answer, err
	}
	defer guard(&err, debug.SetPanicOnFault(true))
	return look(&v.reader)
}

// close reports whether this call was the one that closed the view.
func (v *view) close() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	open := !v.done
	v.done = true
	return open
}

// snapshot is a view that holds a bbolt transaction of its own.
type snapshot struct {
	view
	db *DB
}

// Release ends the transaction once no call reads in it any more.
func (s *snapshot) Release() {
	if s.close() {
		s.db.forget(s)
		_ = s.tx.Rollback() // of a read transaction, fails only if done before
	}
}

// Revision is the number of the state's last transaction.
func (v *view) Revision() diplomacy.TxNumber { return v.known }

// Records implements store.Reader.
func (v *view) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	return read(ctx, v, func(r *reader) ([]diplomacy.Record, error) { return r.records(ctx, ids) })
}

// Find implements store.Reader.
func (v *view) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	return read(ctx, v, func(r *reader) ([]diplomacy.ID, error) { return r.find(ctx, keys) })
}

// Same implements store.Reader.
func (v *view) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	return read(ctx, v, func(r *reader) ([][]diplomacy.Record, error) { return r.sames(ctx, ids) })
}

// Links implements store.Reader.
func (v *view) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	return read(ctx, v, func(r *reader) ([]store.LinkPage, error) { return r.links(ctx, q) })
}

// CountLinks implements store.Reader.
func (v *view) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	return read(ctx, v, func(r *reader) ([]store.Count, error) { return r.countLinks(ctx, q) })
}

// List implements store.Reader.
func (v *view) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	return read(ctx, v, func(r *reader) (store.ListPage, error) { return r.list(ctx, q) })
}

// CountList implements store.Reader.
func (v *view) CountList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	return read(ctx, v, func(r *reader) (store.Count, error) { return r.countList(ctx, q) })
}

// Versions implements store.Reader.
func (v *view) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	return read(ctx, v, func(r *reader) ([][]diplomacy.Record, error) { return r.histories(ctx, ids, before, limit) })
}

// Transactions implements store.Reader.
func (v *view) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	return read(ctx, v, func(r *reader) ([]*diplomacy.Transaction, error) { return r.byNumber(ctx, numbers) })
}

// Changes implements store.Reader.
func (v *view) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	return read(ctx, v, func(r *reader) ([]diplomacy.Change, error) { return r.changesOf(ctx, number, after, limit) })
}
