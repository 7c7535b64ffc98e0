package query

import (
	"context"
	"runtime/debug"
	"sync"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/overlay"
)

// reader answers queries. View adds locking and turns panics into errors.
type reader struct {
	overlay.View
	visible *VisibilityCache
}

// interrupted is mvcc.Interrupted, and stops once the meter is exhausted.
func (r *reader) interrupted(ctx context.Context, step int) error {
	if err := r.Meter.Err(); err != nil {
		return err
	}
	return mvcc.Interrupted(ctx, step)
}

// View is a store.Reader over a bbolt transaction, until it is closed.
type View struct {
	reader reader
	mu     sync.RWMutex // read-locked while the transaction's memory is in use
	done   bool
}

// NewView returns a View of a state. The cache may be nil if nothing is hidden.
func NewView(of overlay.View, t *VisibilityCache) View {
	return View{reader: reader{of, t}}
}

// locked runs a query under the view's lock. It fails once the view is closed, its meter
// is exhausted or the context has ended, and turns a panic into an error.
func locked[A any](ctx context.Context, v *View, query func(*reader) (A, error)) (answer A, err error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.done {
		return answer, store.ErrReleased
	}
	if err := v.reader.Meter.Err(); err != nil {
		return answer, err
	}
	if err := ctx.Err(); err != nil {
		return answer, err
	}
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	v.reader.Meter.Work(mvcc.SeekWork)
	return query(&v.reader)
}

// Overlay returns what the view reads, without its lock: for a writer, which has the view
// to itself, and for checks.
func (v *View) Overlay() *overlay.View { return &v.reader.View }

// Do runs a function that uses Overlay under the view's lock.
func (v *View) Do(ctx context.Context, fn func() error) error {
	_, err := locked(ctx, v, func(*reader) (any, error) { return nil, fn() })
	return err
}

// Close ends the view once no query runs. It reports whether it was open.
func (v *View) Close() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	open := !v.done
	v.done = true
	return open
}

// Revision implements store.Reader.
func (v *View) Revision() diplomacy.TxNumber { return v.reader.Known }

// Records implements store.Reader.
func (v *View) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	return locked(ctx, v, func(r *reader) ([]diplomacy.Record, error) { return r.records(ctx, ids) })
}

// Find implements store.Reader.
func (v *View) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	return locked(ctx, v, func(r *reader) ([]diplomacy.ID, error) { return r.find(ctx, keys) })
}

// Same implements store.Reader.
func (v *View) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	return locked(ctx, v, func(r *reader) ([][]diplomacy.Record, error) { return r.same(ctx, ids) })
}

// Links implements store.Reader.
func (v *View) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	return locked(ctx, v, func(r *reader) ([]store.LinkPage, error) { return r.links(ctx, q) })
}

// CountLinks implements store.Reader.
func (v *View) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	return locked(ctx, v, func(r *reader) ([]store.Count, error) { return r.countLinks(ctx, q) })
}

// List implements store.Reader.
func (v *View) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	return locked(ctx, v, func(r *reader) (store.ListPage, error) { return r.list(ctx, q) })
}

// CountList implements store.Reader.
func (v *View) CountList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	return locked(ctx, v, func(r *reader) (store.Count, error) { return r.countList(ctx, q) })
}

// Versions implements store.Reader.
func (v *View) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	return locked(ctx, v, func(r *reader) ([][]diplomacy.Record, error) { return r.histories(ctx, ids, before, limit) })
}

// Transactions implements store.Reader.
func (v *View) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	return locked(ctx, v, func(r *reader) ([]*diplomacy.Transaction, error) { return r.byNumber(ctx, numbers) })
}

// Changes implements store.Reader.
func (v *View) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	return locked(ctx, v, func(r *reader) ([]diplomacy.Change, error) { return r.changesOf(ctx, number, after, limit) })
}
