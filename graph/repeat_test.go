package graph_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/sample"

	"github.com/vektah/gqlparser/v2/ast"
)

// get asks by GET in somebody's name.
func get(t testing.TB, h http.Handler, p access.Principal, query string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(access.With(t.Context(), p), http.MethodGet, "/graphql?query="+url.QueryEscape(query), nil)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, request)
	return answer
}

// TestADayHasOneAnswer to who asks about no time, even that on which an office changes
// hands; the tag of another day is another.
func TestADayHasOneAnswer(t *testing.T) {
	s := openStore(t)
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	var now time.Time
	h := graph.NewHandler(s, graph.Options{Now: func() time.Time { return now }, Logger: faults})
	const office = `{ office(by: {slug: "foreign-minister-of-azerbaijan"}) { holder { name } holders { edges { statement { ... on Tenure { holds } } } } } }`
	at := func(moment string) (answer, tag string) {
		t.Helper()
		var err error
		if now, err = time.Parse(time.DateTime, moment); err != nil {
			t.Fatal(err)
		}
		got := get(t, h, anybody, office)
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

// TestKeptAnswersHoldNothingThatCanBeRestricted: what caches may give out without
// asking is the same, to the last byte, whether there is anything restricted or not.
func TestKeptAnswersHoldNothingThatCanBeRestricted(t *testing.T) {
	without, with := openEmbargo(t, false), openEmbargo(t, true)
	kept := 0
	for _, query := range keptQueries(t) {
		one, two := get(t, without.handler, anybody, query), get(t, with.handler, anybody, query)
		if strings.Contains(one.Body.String(), `"errors"`) {
			t.Fatalf("%s: %s", query, one.Body)
		}
		if control := two.Header().Get("Cache-Control"); strings.Contains(control, "max-age=0") {
			continue
		}
		kept++
		if a, b := bare(one.Body.Bytes()), bare(two.Body.Bytes()); string(a) != string(b) {
			t.Errorf("%s\n%s\n%s", query, a, b)
		}
	}
	if kept < 20 {
		t.Errorf("%d queries may be kept", kept)
	}
}

// keptQueries ask for each field by itself of all that a field of Query leads to and
// may be kept.
func keptQueries(t *testing.T) (queries []string) {
	t.Helper()
	schema := loadSchema(t)
	for _, root := range schema.Query.Fields {
		if root.Directives.ForName("cacheControl") == nil {
			continue
		}
		def := schema.Types[root.Type.Name()]
		form, argument := "{ %s { %s } }", ""
		if root.Arguments.ForName("by") != nil {
			argument = `(by: {slug: "public-1"})`
		} else {
			form, def = "{ %s { totalCount nodes { %s } } }", schema.Types[strings.TrimSuffix(root.Type.Name(), "Connection")]
		}
		for _, field := range def.Fields {
			queries = append(queries, fmt.Sprintf(form, root.Name+argument, selected(schema, field)))
		}
	}
	return queries
}

// selected is a field with all its scalars, as far as it has any.
func selected(schema *ast.Schema, field *ast.FieldDefinition) string {
	def := schema.Types[field.Type.Name()]
	if !def.IsCompositeType() {
		return field.Name
	}
	inner := "__typename"
	for _, f := range def.Fields {
		if !schema.Types[f.Type.Name()].IsCompositeType() && len(f.Arguments) == 0 {
			inner += " " + f.Name
		}
	}
	return field.Name + " { " + inner + " }"
}

// BenchmarkAgain asks what the README asks first by GET: in full, and as who has the
// answer.
func BenchmarkAgain(b *testing.B) {
	h := newHandler(openSample(b))
	query := firstQuery(b)
	tag := get(b, h, anybody, query).Header().Get("ETag")
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

// BenchmarkById asks for what the README asks first and a reader has: with the text,
// and with its hash in the place of it.
func BenchmarkById(b *testing.B) {
	h := newHandler(openSample(b))
	query := firstQuery(b)
	sum := sha256.Sum256([]byte(query))
	id := "documentId=sha256:" + hex.EncodeToString(sum[:])
	tag := get(b, h, anybody, query).Header().Get("ETag")
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
