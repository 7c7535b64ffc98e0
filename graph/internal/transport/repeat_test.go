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
	"chancery/store"
)

const topics = "{ topics { nodes { name } totalCount transaction: edges { node { transaction { number } } } } }"

func getting(query string, header ...string) exchanged {
	return exchanged{method: http.MethodGet, query: "query=" + url.QueryEscape(query), header: header}
}

// get wants a status and gives the entity tag.
func (b *served) tagOf(e exchanged, status int) string {
	b.t.Helper()
	answer := b.send(e)
	if answer.StatusCode != status || status == http.StatusNotModified && answer.text != "" {
		b.t.Errorf("status %d, want %d: %s", answer.StatusCode, status, answer.text)
	}
	if vary := strings.Join(answer.Header.Values("Vary"), ", "); !strings.Contains(vary, "Authorization, Accept") {
		b.t.Errorf("it varies by %q", vary)
	}
	tag, control := answer.Header.Get("ETag"), answer.Header.Get("Cache-Control")
	if (tag == "") != (control == "no-store") {
		b.t.Errorf("the tag %q goes with %q", tag, control)
	}
	return tag
}

// TestNothingNewIsSaidShortly until a transaction is committed.
func TestNothingNewIsSaidShortly(t *testing.T) {
	b := serve(t, graph.Options{})
	tag := b.tagOf(getting(topics), 200)
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("the tag is %q", tag)
	}
	for name, had := range map[string]string{
		"the same":           tag,
		"compared strongly":  strings.TrimPrefix(tag, "W/"),
		"one of several":     `"a,b", W/"c",` + tag + `, "d"`,
		"with empty members": ",, " + tag + " ,",
		"any":                "*",
	} {
		t.Run(name, func(t *testing.T) {
			if got := b.tagOf(getting(topics, "If-None-Match", had), 304); got != tag {
				t.Errorf("the tag is %q, was %q", got, tag)
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
		t.Run(name, func(t *testing.T) { b.tagOf(getting(topics, "If-None-Match", had), 200) })
	}
	if head := b.tagOf(exchanged{method: http.MethodHead, query: getting(topics).query}, 200); head != tag {
		t.Errorf("by HEAD the tag is %q", head)
	}
	b.tagOf(exchanged{method: http.MethodHead, query: getting(topics).query, header: []string{"If-None-Match", tag}}, 304)
	b.put(1)
	later := b.tagOf(getting(topics, "If-None-Match", tag), 200)
	if later == tag {
		t.Error("the tag of another state is the same")
	}
	b.tagOf(getting(topics, "If-None-Match", later), 304)
}

// TestTagsTellRepresentationsApart: of each media type; but a tag is weak, and the same
// for what is packed.
func TestTagsTellRepresentationsApart(t *testing.T) {
	b := serve(t, graph.Options{})
	b.put(100)
	plain := b.tagOf(getting(topics), 200)
	if proper := b.tagOf(getting(topics, "Accept", "application/graphql-response+json"), 200); proper == plain {
		t.Error("both media types have one tag")
	}
	b.tagOf(getting(topics, "Accept", "application/graphql-response+json", "If-None-Match", plain), 200)
	answer := b.send(getting(topics, "Accept-Encoding", "gzip"))
	if answer.Header.Get("Content-Encoding") != "gzip" || answer.Header.Get("ETag") != plain {
		t.Errorf("packed: %v", answer.Header)
	}
	if unpacked, err := gzip.NewReader(strings.NewReader(answer.text)); err != nil {
		t.Error(err)
	} else if text, err := io.ReadAll(unpacked); err != nil || string(text) != b.send(getting(topics)).text {
		t.Errorf("%v: %s", err, text)
	}
	b.tagOf(getting(topics, "Accept-Encoding", "gzip", "If-None-Match", plain), 304)
}

// TestWhatIsNotToBeKept has no tag: what went wrong, what is sent by POST, what is of
// the moment, what an editor sees.
func TestWhatIsNotToBeKept(t *testing.T) {
	b := serve(t, graph.Options{})
	if tag := b.tagOf(getting("{ topics { totalCount } events(first: -1) { totalCount } }"), 200); tag != "" {
		t.Errorf("an error has the tag %s", tag)
	}
	for _, e := range []exchanged{
		{body: typename},
		{body: "[" + typename + "]"},
		{body: typename, header: []string{"If-None-Match", "*"}},
		getting("{ nothing }", "If-None-Match", "*"),
		getting("{"),
		{method: http.MethodGet, query: "documentId=x"},
		getting("query @asOf(knownAt: 9) { topics { totalCount } }", "If-None-Match", "*"),
		getting("query @asOf(knownAt: 0) { topics { totalCount } }"),
		getting("subscription { transactions { number } }"),
	} {
		if tag := b.tagOf(e, 200); tag != "" {
			t.Errorf("%+v has the tag %s", e, tag)
		}
	}
	if tag := b.tagOf(getting("mutation { __typename }"), 405); tag != "" {
		t.Errorf("a mutation has the tag %s", tag)
	}
	curating := serveStore(t, b.Store, graph.Options{}, by(access.Principal{Name: "a", Role: access.Editor}))
	tag := b.tagOf(getting(topics), 200)
	if got := curating.tagOf(getting(topics, "If-None-Match", tag+", *"), 200); got != "" {
		t.Errorf("an editor's has the tag %s", got)
	}
}

// TestAnotherProcessHasOtherTags: it may be of another build, and the file another.
func TestAnotherProcessHasOtherTags(t *testing.T) {
	b := serve(t, graph.Options{})
	again := serveStore(t, b.Store, graph.Options{})
	for _, query := range []string{topics, "{ __schema { description } }"} {
		if one, two := b.tagOf(getting(query), 200), again.tagOf(getting(query), 200); one == two || one == "" {
			t.Errorf("%s: both have %q", query, one)
		}
	}
}

// TestWhoMayKeepIt: everybody what anybody is answered, who gives a token alone what
// he is.
func TestWhoMayKeepIt(t *testing.T) {
	const stateName = `{ state(by: {slug: "x"}) { name label { value } names { value } identifiers { value } } states { totalCount nodes { name } pageInfo { hasNextPage } edges { node { slug } } } }`
	b := serve(t, graph.Options{})
	reader := serveStore(t, b.Store, graph.Options{}, by(access.Principal{Name: "a reader", Role: access.Reader}))
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
		for scope, from := range map[string]*served{"public": b, "private": reader} {
			want := scope + ", max-age=" + seconds + ", must-revalidate"
			answer := from.send(getting(query))
			if got := answer.Header.Get("Cache-Control"); got != want {
				t.Errorf("%s: %q, want %q: %s", query, got, want, answer.text)
			}
			again := from.send(getting(query, "If-None-Match", answer.Header.Get("ETag")))
			if got := again.Header.Get("Cache-Control"); got != want || again.StatusCode != 304 {
				t.Errorf("%s: again %d, %q, want %q", query, again.StatusCode, got, want)
			}
		}
	}
}

// TestThePastChangesByRestrictionOnly: what was known at a transaction stays, whatever
// is committed, until something is restricted.
func TestThePastChangesByRestrictionOnly(t *testing.T) {
	b := serve(t, graph.Options{})
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
		e.query += "&variables=" + url.QueryEscape(`{"n": 2}`)
		return b.tagOf(e, status), b.send(exchanged{method: e.method, query: e.query}).text
	}
	tag, text := ask("", 200)
	if !strings.Contains(text, "Secret") {
		t.Fatalf("before: %s", text)
	}
	b.put(3)
	ask(tag, 304)
	present := b.tagOf(getting("{ sources { nodes { name } } }"), 200)
	restrict(true)
	after, text := ask(tag, 200)
	if strings.Contains(text, "Secret") || after == tag {
		t.Errorf("after: %s, with the tag %s, was %s", text, after, tag)
	}
	b.tagOf(getting("{ sources { nodes { name } } }", "If-None-Match", present), 200)
	b.put(1)
	ask(after, 304)
	restrict(false)
	if _, text := ask(after, 200); !strings.Contains(text, "Secret") {
		t.Errorf("released: %s", text)
	}
}
