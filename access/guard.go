package access

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Guard returns a store that permits what the principal's role permits; everything else
// fails with store.ErrForbidden.
//
//   - Read requires Reader. The role alone decides whether the view includes restricted
//     records: an Editor always sees them, or would create duplicates of them; a Reader
//     never does, and cannot tell that there are any.
//   - Write requires Editor. The transaction's author is the principal and its time is
//     now; an Admin may name another author and another time.
//   - Committed requires Reader; without it, nothing is ever committed.
//   - Check requires Admin: it reads everything, and reports restricted records too.
//   - Copy requires Admin: the copy has everything in it.
//   - Close is rejected; only the opener closes the store.
//
// Each Write is logged to slog.Default, as GuardWithLog describes.
func Guard(s store.Store, p Principal) store.Store { return GuardWithLog(s, p, slog.Default()) }

// GuardWithLog is Guard with an audit log: each Write, rejected or not, is one record of
// who wrote from which address, which transaction it became and how it ended. What was
// written is not logged.
func GuardWithLog(s store.Store, p Principal, log *slog.Logger) store.Store {
	return guarded{s, p, log}
}

type guarded struct {
	store     store.Store
	principal Principal
	log       *slog.Logger
}

// Read implements store.Store.
func (g guarded) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	if err := g.needs(Reader, "read the graph"); err != nil {
		return nil, err
	}
	view.Restricted = g.principal.Role >= Editor
	return g.store.Read(ctx, view)
}

// Write implements store.Store.
func (g guarded) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	entry := begin(g.principal, by)
	if err := g.needs(Editor, "write to the graph"); err != nil {
		entry.end(ctx, g.log, diplomacy.Transaction{}, err)
		return diplomacy.Transaction{}, err
	}
	done, err := g.store.Write(ctx, g.signed(by), entry.record(fn))
	entry.end(ctx, g.log, done, err)
	return done, err
}

// signed returns the commit with the author and the time that the principal may set.
func (g guarded) signed(by store.Commit) store.Commit {
	if g.principal.Role >= Admin && by.Author != "" {
		return by
	}
	by.Author = g.principal.Name
	if g.principal.Role < Admin {
		by.Time = time.Time{}
	}
	return by
}

// Committed implements store.Store.
func (g guarded) Committed() (diplomacy.TxNumber, <-chan struct{}) {
	if g.principal.Role < Reader {
		return 0, nil
	}
	return g.store.Committed()
}

// LastRestriction implements store.Store. It reveals nothing of what was restricted.
func (g guarded) LastRestriction() diplomacy.TxNumber { return g.store.LastRestriction() }

// Check implements store.Store.
func (g guarded) Check(ctx context.Context) iter.Seq2[string, error] {
	if err := g.needs(Admin, "check the graph"); err != nil {
		return func(yield func(string, error) bool) { yield("", err) }
	}
	return g.store.Check(ctx)
}

// Copy implements store.Copier, of stores that do.
func (g guarded) Copy(ctx context.Context, to io.Writer) (diplomacy.TxNumber, error) {
	if err := g.needs(Admin, "copy the graph"); err != nil {
		return 0, err
	}
	copied, can := g.store.(store.Copier)
	if !can {
		return 0, fmt.Errorf("copy the graph: %w by its storage engine", errors.ErrUnsupported)
	}
	return copied.Copy(ctx, to)
}

// Close implements store.Store.
func (g guarded) Close() error {
	return fmt.Errorf("close the graph: %w; only its opener closes it", store.ErrForbidden)
}

// needs rejects a principal with less than a role.
func (g guarded) needs(least Role, action string) error {
	if g.principal.Role >= least {
		return nil
	}
	return &ForbiddenError{action, g.principal.Role, g.principal.Name == "", least}
}
