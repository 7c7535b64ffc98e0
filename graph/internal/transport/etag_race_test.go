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
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestConcurrentRestrictionInvalidatesETags restricts and releases a source while
// clients read the present and the past with If-None-Match: a request that begins after
// the restriction must neither be shown the source nor get 304.
func TestConcurrentRestrictionInvalidatesETags(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
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
	var turns atomic.Int64 // 4n: public; 4n+2: restricted; odd: changing
	var reading sync.WaitGroup
	var kept atomic.Int64
	for _, query := range []string{"{ sources { nodes { name } } }", "query @asOf(knownAt: 2) { sources { nodes { name } } }"} {
		for range 2 {
			reading.Go(func() {
				body, tag := "", ""
				for turns.Load() < 400 {
					before := turns.Load()
					answer := b.Send(graphtest.Exchange{Method: "GET", Query: "query=" + url.QueryEscape(query), Header: []string{"If-None-Match", tag}})
					if answer.StatusCode == 200 {
						body, tag = answer.Text, answer.Header.Get("ETag")
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
		t.Error("no response was 304")
	}
}
