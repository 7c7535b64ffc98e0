package transport_test

import (
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"
)

// TestNobodyIsToldToKeepWhatWasRestricted has readers ask again and again, of the
// present and of the past, while a source is restricted and released: whoever asks
// when it has been restricted is neither shown it nor told that he has the answer.
func TestNobodyIsToldToKeepWhatWasRestricted(t *testing.T) {
	b := serve(t, graph.Options{})
	source := &diplomacy.Source{Type: "BOOK", Thing: diplomacy.Thing{Slug: "secret", Names: []diplomacy.Name{{Value: "Secret", Language: "en"}}}}
	write := func(restricted bool) {
		next := *source
		next.Restricted = restricted
		_, err := b.Write(t.Context(), store.Commit{Author: "test"}, func(w store.Writer) error { return w.Put(t.Context(), &next) })
		if err != nil {
			t.Fatal(err)
		}
		source.ID = next.ID
	}
	write(false)
	var turns atomic.Int64 // 4n: it is open; 4n+2: it is restricted; odd: it becomes one of both
	var reading sync.WaitGroup
	var kept atomic.Int64
	for _, query := range []string{"{ sources { nodes { name } } }", "query @asOf(knownAt: 2) { sources { nodes { name } } }"} {
		for range 2 {
			reading.Go(func() {
				body, tag := "", ""
				for turns.Load() < 400 {
					before := turns.Load()
					answer := b.send(exchanged{method: "GET", query: "query=" + url.QueryEscape(query), header: []string{"If-None-Match", tag}})
					if answer.StatusCode == 200 {
						body, tag = answer.text, answer.Header.Get("ETag")
					} else {
						kept.Add(1)
					}
					if turns.Load() == before && before%2 == 0 && (before%4 == 2) == strings.Contains(body, "Secret") {
						t.Errorf("%s, in turn %d, status %d: %s", query, before, answer.StatusCode, body)
						return
					}
				}
			})
		}
	}
	for turns.Load() < 400 {
		turns.Add(1)
		write(turns.Load()%4 == 1)
		turns.Add(1)
		time.Sleep(time.Millisecond)
	}
	reading.Wait()
	if kept.Load() == 0 {
		t.Error("nobody was told that nothing has changed")
	}
}
