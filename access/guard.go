package access

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Guard is the store as a principal may use it; what it may not do is
// store.ErrForbidden.
//
//   - Read takes a Reader. Whether the view shows what is restricted is the
//     role's affair and not the asker's: an Editor sees it, even if he did not
//     ask, since he would make again what he does not see; a Reader does not,
//     even if he did, and is not told that there is something.
//   - Write takes an Editor. The transaction is by the principal, and of now; an
//     Admin may name another author, and another time.
//   - Committed is that of the store for a Reader; for others nothing is ever
//     committed.
//   - Check takes an Admin: it tells of all there is, and reads all of it.
//   - Close is refused: the store is whose who opened it.
//
// Each Write leaves a line in slog.Default's log, see GuardLogging.
func Guard(s store.Store, p Principal) store.Store { return GuardLogging(s, p, slog.Default()) }

// GuardLogging is a Guard that leaves a line for each Write, refused or not, in a
// log of its own. It tells who wrote from where, which transaction it became and
// how it ended, and nothing of what was written.
func GuardLogging(s store.Store, p Principal, log *slog.Logger) store.Store {
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
	done, err := g.store.Write(ctx, g.signed(by), entry.watch(fn))
	entry.end(ctx, g.log, done, err)
	return done, err
}

// signed is the commit as its principal may make it.
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

// Settled implements store.Store: it tells nothing of what was restricted.
func (g guarded) Settled() diplomacy.TxNumber { return g.store.Settled() }

// Check implements store.Store.
func (g guarded) Check(ctx context.Context) iter.Seq2[string, error] {
	if err := g.needs(Admin, "check the graph"); err != nil {
		return func(yield func(string, error) bool) { yield("", err) }
	}
	return g.store.Check(ctx)
}

// Close implements store.Store.
func (g guarded) Close() error {
	return fmt.Errorf("close the graph: %w; whoever opened it does that", store.ErrForbidden)
}

// needs refuses who has less than a role.
func (g guarded) needs(least Role, deed string) error {
	switch {
	case g.principal.Role >= least:
		return nil
	case g.principal.Name == "":
		return fmt.Errorf("%s: %w to who gives no credentials; give the token of %s", deed, store.ErrForbidden, withArticle(least))
	default:
		return fmt.Errorf("%s: %w to %s; ask for the role of %s", deed, store.ErrForbidden, withArticle(g.principal.Role), withArticle(least))
	}
}

func withArticle(r Role) string {
	switch r {
	case Nobody:
		return "nobody"
	case Reader:
		return "a " + r.String()
	default:
		return "an " + r.String()
	}
}
