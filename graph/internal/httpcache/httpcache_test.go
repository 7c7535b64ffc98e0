package httpcache_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/sample"
)

// TestETagChangesWithTheDay, and not within it, since fields without a time argument
// refer to the day.
func TestETagChangesWithTheDay(t *testing.T) {
	s := graphtest.OpenStore(t)
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	var now time.Time
	h := graph.NewHandler(s, graph.Options{Now: func() time.Time { return now }, Logger: graphtest.Warnings})
	const office = `{ office(by: {slug: "foreign-minister-of-azerbaijan"}) { holder { name } holders { edges { statement { ... on Tenure { holds } } } } } }`
	at := func(moment string) (answer, tag string) {
		t.Helper()
		var err error
		if now, err = time.Parse(time.DateTime, moment); err != nil {
			t.Fatal(err)
		}
		got := graphtest.Get(t, h, access.Anonymous, office)
		return got.Body.String(), got.Header().Get("ETag")
	}
	before, tagBefore := at("2020-07-15 23:59:59")
	first, tagFirst := at("2020-07-16 00:00:00")
	for _, later := range []string{"2020-07-16 12:00:00", "2020-07-16 23:59:59"} {
		if answer, tag := at(later); answer != first || tag != tagFirst {
			t.Errorf("at %s:\n%s, %s\n%s, %s", later, answer, tag, first, tagFirst)
		}
	}
	after, tagAfter := at("2020-07-17 00:00:00")
	if before == after || tagBefore == tagFirst || tagFirst == tagAfter || tagFirst == "" {
		t.Errorf("before:\n%s, %s\nafter:\n%s, %s", before, tagBefore, after, tagAfter)
	}
}

// BenchmarkNotModified sends the first query of the README by GET, without and with its
// entity tag.
func BenchmarkNotModified(b *testing.B) {
	h := graphtest.NewHandler(graphtest.OpenSample(b))
	query := graphtest.FirstQuery(b)
	tag := graphtest.Get(b, h, access.Anonymous, query).Header().Get("ETag")
	for name, status := range map[string]int{"200": http.StatusOK, "304": http.StatusNotModified} {
		b.Run(name, func(b *testing.B) {
			address := "/graphql?query=" + url.QueryEscape(query)
			b.ReportAllocs()
			for b.Loop() {
				request := httptest.NewRequest(http.MethodGet, address, nil)
				if status == http.StatusNotModified {
					request.Header.Set("If-None-Match", tag)
				}
				answer := httptest.NewRecorder()
				if h.ServeHTTP(answer, request); answer.Code != status {
					b.Fatal(answer.Code, answer.Body)
				}
			}
		})
	}
}

// BenchmarkById sends the first query of the README with its entity tag, by its text and
// by its hash.
func BenchmarkById(b *testing.B) {
	h := graphtest.NewHandler(graphtest.OpenSample(b))
	query := graphtest.FirstQuery(b)
	sum := sha256.Sum256([]byte(query))
	id := "documentId=sha256:" + hex.EncodeToString(sum[:])
	tag := graphtest.Get(b, h, access.Anonymous, query).Header().Get("ETag")
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/graphql?"+id+"&query="+url.QueryEscape(query), nil))
	for name, parameters := range map[string]string{"text": "query=" + url.QueryEscape(query), "id": id} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				request := httptest.NewRequest(http.MethodGet, "/graphql?"+parameters, nil)
				request.Header.Set("If-None-Match", tag)
				answer := httptest.NewRecorder()
				if h.ServeHTTP(answer, request); answer.Code != http.StatusNotModified {
					b.Fatal(answer.Code, answer.Body)
				}
			}
		})
	}
}
