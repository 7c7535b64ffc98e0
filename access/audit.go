package access

import (
	"context"
	"errors"
	"log/slog"
	"time"
	"unicode/utf8"

	"chancery/diplomacy"
	"chancery/store"
)

// How a write ended, for the audit.
const (
	written   = "written"
	unchanged = "unchanged" // there was nothing to change
	forbidden = "forbidden"
	refused   = "refused" // by what was to be written, or it was given up
	faulty    = "fault"   // of the store; nothing was written
	unknown   = "unknown" // whether it was written
)

// entry is a line of the audit that is being written.
type entry struct {
	principal Principal
	by        store.Commit
	begun     time.Time
	refused   bool // by the function that writes
}

func begin(p Principal, by store.Commit) *entry {
	return &entry{principal: p, by: by, begun: time.Now()}
}

// watch remembers whether it was the function that ended the write. It may run
// more than once, but not at once.
func (e *entry) watch(fn func(store.Writer) error) func(store.Writer) error {
	return func(w store.Writer) error {
		err := fn(w)
		e.refused = err != nil
		return err
	}
}

// end writes the line. An error's words are left out: they may hold what was to
// be written.
func (e *entry) end(ctx context.Context, log *slog.Logger, done diplomacy.Transaction, err error) {
	outcome := e.outcome(done, err)
	level := slog.LevelInfo
	if outcome == faulty || outcome == unknown {
		level = slog.LevelError
	}
	attributes := []slog.Attr{
		slog.String("outcome", outcome),
		slog.String("principal", e.principal.Name),
		slog.String("id", e.principal.ID),
		slog.String("role", e.principal.Role.String()),
		slog.Uint64("transaction", uint64(done.Number)),
		slog.Int("changes", done.Changes),
		slog.Int("messageLength", utf8.RuneCountInString(e.by.Message)),
		slog.Duration("duration", time.Since(e.begun)),
		slog.String("remote", CallerOf(ctx).Remote),
	}
	if done.Author != e.principal.Name && done.Number != 0 {
		attributes = append(attributes, slog.String("inTheNameOf", done.Author))
	}
	log.LogAttrs(ctx, level, "write", attributes...)
}

func (e *entry) outcome(done diplomacy.Transaction, err error) string {
	switch {
	case err == nil && done.Number == 0:
		return unchanged
	case err == nil:
		return written
	case errors.Is(err, store.ErrForbidden):
		return forbidden
	case errors.Is(err, store.ErrOutcomeUnknown):
		return unknown
	case e.refused, errors.Is(err, store.ErrReferenced), errors.Is(err, store.ErrConflict), errors.Is(err, store.ErrReadOnly), errors.Is(err, context.Canceled):
		return refused
	default:
		return faulty
	}
}
