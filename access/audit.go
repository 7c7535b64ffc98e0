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

// The outcomes of a write in its audit record.
const (
	written   = "written"
	unchanged = "unchanged" // there was nothing to change
	forbidden = "forbidden"
	refused   = "refused" // the request was invalid, conflicted or was cancelled
	faulty    = "fault"   // the store failed; nothing was written
	unknown   = "unknown" // the store failed; it is unknown whether it was written
)

// entry is the audit record of a write that is running.
type entry struct {
	principal Principal
	by        store.Commit
	begun     time.Time
	refused   bool // the function that writes failed
}

func begin(p Principal, by store.Commit) *entry {
	return &entry{principal: p, by: by, begun: time.Now()}
}

// record wraps the function that writes to note whether it failed. The store may call it
// more than once, but not concurrently.
func (e *entry) record(fn func(store.Writer) error) func(store.Writer) error {
	return func(w store.Writer) error {
		err := fn(w)
		e.refused = err != nil
		return err
	}
}

// end logs the record. The error's text is left out: it may quote what was to be
// written.
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
		slog.String("remote", CallerFrom(ctx).Remote),
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
