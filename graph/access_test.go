package graph_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/store"
)

// viewed remembers in which view it was read.
type viewed struct {
	store.Store
	views []store.View
}

func (v *viewed) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	v.views = append(v.views, view)
	return v.Store.Read(ctx, view)
}

// askAs is ask, by a principal.
func askAs(t *testing.T, h http.Handler, p access.Principal, query string) string {
	t.Helper()
	return string(ask(t, as(p, h), query, nil))
}

// TestTheRoleDecidesWhatAnOperationSees asks the same in every role, now and of
// the past.
func TestTheRoleDecidesWhatAnOperationSees(t *testing.T) {
	s := openSample(t)
	for role, want := range map[access.Role][]store.View{
		access.Nobody: nil,
		access.Reader: {{}, {Known: 1}},
		access.Editor: {{Restricted: true}, {Restricted: true, Known: 1}},
		access.Admin:  {{Restricted: true}, {Restricted: true, Known: 1}},
	} {
		seen := &viewed{Store: s}
		h := newHandler(seen)
		for _, query := range []string{`{ people(first: 1) { nodes { name } } }`, `query @asOf(knownAt: 1) { people(first: 1) { nodes { name } } }`} {
			answer := askAs(t, h, access.Principal{Name: "x", Role: role}, query)
			if refused := strings.Contains(answer, `"code":"FORBIDDEN"`); refused != (want == nil) {
				t.Errorf("%v: %s", role, answer)
			}
		}
		if fmt.Sprint(seen.views) != fmt.Sprint(want) {
			t.Errorf("%v reads %v; want %v", role, seen.views, want)
		}
	}
}

func TestWithoutAPrincipalItIsAnonymous(t *testing.T) {
	seen := &viewed{Store: openSample(t)}
	ask(t, newHandler(seen), `{ people(first: 1) { nodes { name } } }`, nil)
	if len(seen.views) != 1 || seen.views[0] != (store.View{}) {
		t.Errorf("read %v", seen.views)
	}
}

// TestWhatTheStoreCannotDoIsToldInOurWords has the store refuse in all its ways.
func TestWhatTheStoreCannotDoIsToldInOurWords(t *testing.T) {
	s := openSample(t)
	for err, want := range map[error]string{
		store.ErrForbidden:      "FORBIDDEN: ",
		store.ErrFull:           "UNAVAILABLE: no room left to write; nothing was written",
		store.ErrRetry:          "UNAVAILABLE: nothing was written; try again",
		store.ErrConflict:       "CONFLICT: somebody else changed what this builds on; nothing was written; read it again and then try",
		store.ErrReadOnly:       "FORBIDDEN: this server only reads; nothing was written",
		store.ErrOutcomeUnknown: "OUTCOME_UNKNOWN: it may have been written or not; look before trying again",
		store.ErrCorrupt:        "INTERNAL: internal error; it has been logged",
	} {
		var log bytes.Buffer
		h := logging(tapped{s, func() error { return fmt.Errorf("write to graph.db: %w", err) }}, &log)
		_, shown := refusals(t, h, askMeetings, nil)
		if len(shown) != 1 || !strings.HasPrefix(shown[0].Extensions.Code+": "+shown[0].Message, want) {
			t.Errorf("%v: shown %+v; want %s", err, shown, want)
		}
		if logged := strings.Contains(log.String(), "graph.db"); logged == errors.Is(err, store.ErrForbidden) {
			t.Errorf("%v: logged %s", err, &log)
		}
	}
}
