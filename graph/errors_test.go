package graph_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"chancery/graph/graphtest"
	"chancery/store"
)

// TestStoreErrorsHaveCodesAndSafeMessages fails reads with every error of the store;
// messages must not contain the engine's text.
func TestStoreErrorsHaveCodesAndSafeMessages(t *testing.T) {
	s := graphtest.OpenSample(t)
	for err, want := range map[error]string{
		store.ErrForbidden:      "FORBIDDEN: ",
		store.ErrFull:           "UNAVAILABLE: no room left to write; nothing was written",
		store.ErrRetry:          "UNAVAILABLE: nothing was written; try again",
		store.ErrConflict:       "CONFLICT: another transaction changed a record that this write depends on; nothing was written; read it again and retry",
		store.ErrReadOnly:       "FORBIDDEN: this server is read-only; nothing was written",
		store.ErrOutcomeUnknown: "OUTCOME_UNKNOWN: the transaction may or may not have been committed; check before retrying",
		store.ErrCorrupt:        "INTERNAL: internal error; it has been logged",
	} {
		var log bytes.Buffer
		h := graphtest.NewLoggingHandler(graphtest.Hooked(s, func() error { return fmt.Errorf("write to graph.db: %w", err) }), &log)
		_, shown := graphtest.PostForErrors(t, h, graphtest.MeetingsQuery, nil)
		if len(shown) != 1 || !strings.HasPrefix(shown[0].Extensions.Code+": "+shown[0].Message, want) {
			t.Errorf("%v: shown %+v; want %s", err, shown, want)
		}
		if logged := strings.Contains(log.String(), "graph.db"); logged == errors.Is(err, store.ErrForbidden) {
			t.Errorf("%v: logged %s", err, &log)
		}
	}
}
