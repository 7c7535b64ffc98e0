package graph_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"chancery/graph/graphtest"

	"go.uber.org/goleak"
)

func TestOperationRunsOnOneGoroutine(t *testing.T) {
	s := graphtest.OpenSample(t)
	for _, query := range []string{graphtest.MeetingsQuery, graphtest.ChangesQuery} {
		before, calls := runtime.NumGoroutine(), 0
		h := graphtest.NewHandler(graphtest.Hooked(s, func() error {
			calls++
			runtime.Gosched() // lets other goroutines start
			if n := runtime.NumGoroutine(); n != before {
				t.Errorf("%d goroutines, %d before the query", n, before)
			}
			return nil
		}))
		if answer := graphtest.Post(t, h, query, nil); bytes.Contains(answer, []byte(`"errors"`)) || calls == 0 {
			t.Errorf("%d calls: %.200s", calls, answer)
		}
	}
}

// TestCancelledRequestStopsReading cancels a query that reads hundreds of rows one after
// another.
func TestCancelledRequestStopsReading(t *testing.T) {
	s := graphtest.OpenSample(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	log := &bytes.Buffer{}
	h := graphtest.NewLoggingHandler(graphtest.Hooked(s, func() error {
		if calls++; calls == 3 {
			cancel()
		}
		time.Sleep(5 * time.Millisecond)
		return nil
	}), log)
	request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "`+graphtest.ChangesQuery+`"}`)).WithContext(ctx)
	request.Header.Set("Content-Type", "application/json")
	begun := time.Now()
	h.ServeHTTP(httptest.NewRecorder(), request)
	if took := time.Since(begun); calls > 4 || took > 100*time.Millisecond {
		t.Errorf("the operation made %d calls and took %v", calls, took)
	}
	if log.Len() > 0 {
		t.Errorf("the disconnect was logged: %s", log)
	}
}

func TestDeferredFragmentsAreInTheFirstResponse(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	deferred := strings.NewReplacer(" meetings {", " ... @defer(label: \"m\") { meetings {", " } } } } } }", " } } } } } } }").Replace(graphtest.MeetingsQuery)
	want, answer := string(graphtest.Post(t, h, graphtest.MeetingsQuery, nil)), graphtest.PostRaw(t, h, deferred, nil)
	if got := string(graphtest.WithoutExtensions(answer)); !strings.Contains(deferred, "@defer") || !strings.Contains(want, "organizations") || got != want {
		t.Errorf("with @defer: %s\nwithout: %s", got, want)
	}
	if !bytes.Contains(answer, []byte(`"is_final":true`)) {
		t.Errorf("relay-runtime would wait for the deferred fragments: %s", answer)
	}
	if plain := graphtest.PostRaw(t, h, graphtest.MeetingsQuery, nil); bytes.Contains(plain, []byte("is_final")) {
		t.Errorf("without @defer: %s", plain)
	}
}

// TestInternalErrorsAreLoggedAndNotShown has the store fail and panic below a field.
func TestInternalErrorsAreLoggedAndNotShown(t *testing.T) {
	s := graphtest.OpenSample(t)
	for name, fault := range map[string]func() error{
		"error": func() error { return errors.New("the disk of a.example is on fire") },
		"panic": func() error { panic("the disk of a.example is on fire") },
	} {
		t.Run(name, func(t *testing.T) {
			log := &bytes.Buffer{}
			h := graphtest.NewLoggingHandler(graphtest.Hooked(s, fault), log)
			data, shown := graphtest.PostForErrors(t, h, `{ before: __typename `+graphtest.MeetingsQuery[1:len(graphtest.MeetingsQuery)-1]+` after: state(by: {isoAlpha2: "KG"}) { name } }`, nil)
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
