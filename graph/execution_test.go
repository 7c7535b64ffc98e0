package graph_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"

	"go.uber.org/goleak"
)

// tapped is a store whose look-ups do something of the test's first.
type tapped struct {
	store.Store
	tap func() error
}

func (s tapped) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return tappedSnapshot{snapshot, s.tap}, err
}

type tappedSnapshot struct {
	store.Snapshot
	tap func() error
}

func (s tappedSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	if err := s.tap(); err != nil {
		return nil, err
	}
	return s.Snapshot.Links(ctx, q)
}

func (s tappedSnapshot) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	if err := s.tap(); err != nil {
		return nil, err
	}
	return s.Snapshot.Versions(ctx, ids, before, limit)
}

// Two questions: one that is fetched ahead, and one that looks each row up.
const (
	askMeetings = `{ person(by: {slug: "elmar-mammadyarov"}) { name meetings { nodes { name organizations { nodes { name } } } } } }`
	askChanges  = `{ transaction(number: 1) { changes(first: 500) { nodes { record { id } } } } again: transaction(number: 1) { changes(first: 5) { nodes { record { id } } } } }`
)

func TestOneOperationRunsOnOneGoroutine(t *testing.T) {
	s := openSample(t)
	for _, query := range []string{askMeetings, askChanges} {
		before, calls := runtime.NumGoroutine(), 0
		h := newHandler(tapped{s, func() error {
			calls++
			runtime.Gosched() // lets others begin, if there are any
			if n := runtime.NumGoroutine(); n != before {
				t.Errorf("%d goroutines, %d before the query", n, before)
			}
			return nil
		}})
		if answer := ask(t, h, query, nil); bytes.Contains(answer, []byte(`"errors"`)) || calls == 0 {
			t.Errorf("%d calls, and %.200s", calls, answer)
		}
	}
}

// TestCancelledRequestsStop cancels a query that would look up hundreds of rows,
// one after another.
func TestCancelledRequestsStop(t *testing.T) {
	s := openSample(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	log := &bytes.Buffer{}
	h := logging(tapped{s, func() error {
		if calls++; calls == 3 {
			cancel()
		}
		time.Sleep(5 * time.Millisecond)
		return nil
	}}, log)
	request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "`+askChanges+`"}`)).WithContext(ctx)
	request.Header.Set("Content-Type", "application/json")
	begun := time.Now()
	h.ServeHTTP(httptest.NewRecorder(), request)
	if took := time.Since(begun); calls > 4 || took > 100*time.Millisecond {
		t.Errorf("it went on for %d calls and took %v", calls, took)
	}
	if log.Len() > 0 {
		t.Errorf("that a client went away was logged: %s", log)
	}
}

func TestDeferIsAnsweredWhole(t *testing.T) {
	h := newHandler(openSample(t))
	deferred := strings.NewReplacer(" meetings {", " ... @defer(label: \"m\") { meetings {", " } } } } } }", " } } } } } } }").Replace(askMeetings)
	want, got := string(ask(t, h, askMeetings, nil)), string(ask(t, h, deferred, nil))
	if !strings.Contains(deferred, "@defer") || !strings.Contains(want, "organizations") || got != want {
		t.Errorf("with @defer: %s\nwithout: %s", got, want)
	}
}

// TestFaultsAreLoggedAndNotShown makes the store fail, and panic, below a field.
func TestFaultsAreLoggedAndNotShown(t *testing.T) {
	s := openSample(t)
	for name, fault := range map[string]func() error{
		"error": func() error { return errors.New("the disk of a.example is on fire") },
		"panic": func() error { panic("the disk of a.example is on fire") },
	} {
		t.Run(name, func(t *testing.T) {
			log := &bytes.Buffer{}
			h := logging(tapped{s, fault}, log)
			data, shown := refusals(t, h, `{ before: __typename `+askMeetings[1:len(askMeetings)-1]+` after: state(by: {isoAlpha2: "KG"}) { name } }`, nil)
			if len(shown) != 1 || !strings.HasPrefix(shown[0].Message, "internal error") || shown[0].Extensions.Code != "INTERNAL" || shown[0].Path[0] != "person" {
				t.Errorf("shown: %+v", shown)
			}
			if len(data["after"]) < 10 || string(data["person"]) != "null" {
				t.Errorf("data: %s", data)
			}
			if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "on fire") {
				t.Errorf("logged: %s", log)
			}
		})
	}
}

// logging serves a store and logs into a buffer.
func logging(s store.Store, log *bytes.Buffer) http.Handler {
	return graph.NewHandler(s, graph.Options{Now: clock, Logger: slog.New(slog.NewTextHandler(log, nil))})
}
