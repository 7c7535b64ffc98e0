package transport_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

const topics = "{ topics { nodes { name } totalCount transaction: edges { node { transaction { number } } } } }"

func getting(query string, header ...string) graphtest.Exchange {
	return graphtest.Exchange{Method: http.MethodGet, Query: "query=" + url.QueryEscape(query), Header: header}
}

// tagOf expects a status and returns the entity tag.
func tagOf(b *graphtest.Server, e graphtest.Exchange, status int) string {
	b.T.Helper()
	answer := b.Send(e)
	if answer.StatusCode != status || status == http.StatusNotModified && answer.Text != "" {
		b.T.Errorf("status %d, want %d: %s", answer.StatusCode, status, answer.Text)
	}
	if vary := strings.Join(answer.Header.Values("Vary"), ", "); !strings.Contains(vary, "Authorization, Accept") {
		b.T.Errorf("Vary is %q", vary)
	}
	tag, control := answer.Header.Get("ETag"), answer.Header.Get("Cache-Control")
	if (tag == "") != (control == "no-store") {
		b.T.Errorf("ETag %q with Cache-Control %q", tag, control)
	}
	return tag
}

func TestUnchangedResponseIs304UntilACommit(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	tag := tagOf(b, getting(topics), 200)
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("the ETag is %q", tag)
	}
	for name, had := range map[string]string{
		"the same":           tag,
		"compared strongly":  strings.TrimPrefix(tag, "W/"),
		"one of several":     `"a,b", W/"c",` + tag + `, "d"`,
		"with empty members": ",, " + tag + " ,",
		"any":                "*",
	} {
		t.Run(name, func(t *testing.T) {
			if got := tagOf(b, getting(topics, "If-None-Match", had), 304); got != tag {
				t.Errorf("the ETag is %q, was %q", got, tag)
			}
		})
	}
	for name, had := range map[string]string{
		"another":     `W/"another"`,
		"empty":       `""`,
		"no list":     strings.Trim(tag, `W/"`),
		"a torn one":  strings.TrimSuffix(tag, `"`),
		"part of one": strings.TrimSuffix(tag, `"`) + `x"`,
		"within text": `"` + tag,
	} {
		t.Run(name, func(t *testing.T) { tagOf(b, getting(topics, "If-None-Match", had), 200) })
	}
	if head := tagOf(b, graphtest.Exchange{Method: http.MethodHead, Query: getting(topics).Query}, 200); head != tag {
		t.Errorf("by HEAD the ETag is %q", head)
	}
	tagOf(b, graphtest.Exchange{Method: http.MethodHead, Query: getting(topics).Query, Header: []string{"If-None-Match", tag}}, 304)
	b.CommitTopics(1)
	later := tagOf(b, getting(topics, "If-None-Match", tag), 200)
	if later == tag {
		t.Error("the ETag did not change with the revision")
	}
	tagOf(b, getting(topics, "If-None-Match", later), 304)
}

// TestETagDependsOnTheMediaType, but not on compression, since tags are weak.
func TestETagDependsOnTheMediaType(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	b.CommitTopics(100)
	plain := tagOf(b, getting(topics), 200)
	if proper := tagOf(b, getting(topics, "Accept", "application/graphql-response+json"), 200); proper == plain {
		t.Error("both media types have the same ETag")
	}
	tagOf(b, getting(topics, "Accept", "application/graphql-response+json", "If-None-Match", plain), 200)
	answer := b.Send(getting(topics, "Accept-Encoding", "gzip"))
	if answer.Header.Get("Content-Encoding") != "gzip" || answer.Header.Get("ETag") != plain {
		t.Errorf("compressed: %v", answer.Header)
	}
	if unpacked, err := gzip.NewReader(strings.NewReader(answer.Text)); err != nil {
		t.Error(err)
	} else if text, err := io.ReadAll(unpacked); err != nil || string(text) != b.Send(getting(topics)).Text {
		t.Errorf("%v: %s", err, text)
	}
	tagOf(b, getting(topics, "Accept-Encoding", "gzip", "If-None-Match", plain), 304)
}

// TestUncacheableResponsesHaveNoETag sends requests with errors, by POST, for future
// revisions, and as an editor.
func TestUncacheableResponsesHaveNoETag(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	if tag := tagOf(b, getting("{ topics { totalCount } events(first: -1) { totalCount } }"), 200); tag != "" {
		t.Errorf("an error has the ETag %s", tag)
	}
	for _, e := range []graphtest.Exchange{
		{Body: graphtest.TypenameRequest},
		{Body: "[" + graphtest.TypenameRequest + "]"},
		{Body: graphtest.TypenameRequest, Header: []string{"If-None-Match", "*"}},
		getting("{ nothing }", "If-None-Match", "*"),
		getting("{"),
		{Method: http.MethodGet, Query: "documentId=x"},
		getting("query @asOf(knownAt: 9) { topics { totalCount } }", "If-None-Match", "*"),
		getting("query @asOf(knownAt: 0) { topics { totalCount } }"),
		getting("subscription { transactions { number } }"),
	} {
		if tag := tagOf(b, e, 200); tag != "" {
			t.Errorf("%+v has the ETag %s", e, tag)
		}
	}
	if tag := tagOf(b, getting("mutation { __typename }"), 405); tag != "" {
		t.Errorf("a mutation has the ETag %s", tag)
	}
	curating := graphtest.ServeStore(t, b.Store, graph.Options{}, graphtest.As(access.Principal{Name: "a", Role: access.Editor}))
	tag := tagOf(b, getting(topics), 200)
	if got := tagOf(curating, getting(topics, "If-None-Match", tag+", *"), 200); got != "" {
		t.Errorf("a response to an editor has the ETag %s", got)
	}
}

// TestETagDependsOnTheProcess, since another process may be another build or serve
// another file.
func TestETagDependsOnTheProcess(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	again := graphtest.ServeStore(t, b.Store, graph.Options{})
	for _, query := range []string{topics, "{ __schema { description } }"} {
		if one, two := tagOf(b, getting(query), 200), tagOf(again, getting(query), 200); one == two || one == "" {
			t.Errorf("%s: both processes have the ETag %q", query, one)
		}
	}
}

// TestCacheControlHasScopeAndMaxAge: responses to anonymous requests are public, others
// private.
func TestCacheControlHasScopeAndMaxAge(t *testing.T) {
	const stateName = `{ state(by: {slug: "x"}) { name label { value } names { value } identifiers { value } } states { totalCount nodes { name } pageInfo { hasNextPage } edges { node { slug } } } }`
	b := graphtest.Serve(t, graph.Options{})
	reader := graphtest.ServeStore(t, b.Store, graph.Options{}, graphtest.As(access.Principal{Name: "a reader", Role: access.Reader}))
	for query, seconds := range map[string]string{
		topics:                                 "0",
		stateName:                              "60",
		"{ __typename }":                       "0",
		"{ __schema { description } }":         "0",
		"{ __typename topics { totalCount } }": "60",
		"{ topics { nodes { evidence { id } } } }":                                                        "0",
		"{ topics { totalCount } people { totalCount } }":                                                 "0",
		"{ ...F } fragment F on Query { ... on Query { places { nodes { name } } } }":                     "60",
		"{ ...F } fragment F on Query { places { nodes { ... on Node { id } transaction { number } } } }": "0",
		`{ state(by: {slug: "x"}) { ministers { totalCount } } }`:                                         "0",
	} {
		for scope, from := range map[string]*graphtest.Server{"public": b, "private": reader} {
			want := scope + ", max-age=" + seconds + ", must-revalidate"
			answer := from.Send(getting(query))
			if got := answer.Header.Get("Cache-Control"); got != want {
				t.Errorf("%s: %q, want %q: %s", query, got, want, answer.Text)
			}
			again := from.Send(getting(query, "If-None-Match", answer.Header.Get("ETag")))
			if got := again.Header.Get("Cache-Control"); got != want || again.StatusCode != 304 {
				t.Errorf("%s: again %d, %q, want %q", query, again.StatusCode, got, want)
			}
		}
	}
}

func TestETagOfThePastChangesWithRestrictionsOnly(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	var source *diplomacy.Source
	restrict := func(is bool) {
		t.Helper()
		_, err := b.Write(t.Context(), store.Commit{Author: "test"}, func(w store.Writer) error {
			next := diplomacy.Source{Type: "BOOK", Restricted: is, Thing: diplomacy.Thing{Slug: "secret", Names: []diplomacy.Name{{Value: "Secret", Language: "en"}}}}
			if source != nil {
				next.ID = source.ID
			}
			source = &next
			return w.Put(t.Context(), source)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	restrict(false)
	const past = "query($n: Int) @asOf(knownAt: $n) { sources { nodes { name } } }"
	ask := func(had string, status int) (string, string) {
		t.Helper()
		e := getting(past, "If-None-Match", had)
		e.Query += "&variables=" + url.QueryEscape(`{"n": 2}`)
		return tagOf(b, e, status), b.Send(graphtest.Exchange{Method: e.Method, Query: e.Query}).Text
	}
	tag, text := ask("", 200)
	if !strings.Contains(text, "Secret") {
		t.Fatalf("before the restriction: %s", text)
	}
	b.CommitTopics(3)
	ask(tag, 304)
	present := tagOf(b, getting("{ sources { nodes { name } } }"), 200)
	restrict(true)
	after, text := ask(tag, 200)
	if strings.Contains(text, "Secret") || after == tag {
		t.Errorf("after the restriction: %s, ETag %s, was %s", text, after, tag)
	}
	tagOf(b, getting("{ sources { nodes { name } } }", "If-None-Match", present), 200)
	b.CommitTopics(1)
	ask(after, 304)
	restrict(false)
	if _, text := ask(after, 200); !strings.Contains(text, "Secret") {
		t.Errorf("after the release: %s", text)
	}
}
