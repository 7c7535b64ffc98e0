package lists_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// openNamesakes opens a graph with pairs of persons who have one name and one office,
// without evidence for their tenures.
func openNamesakes(t *testing.T, pairs int) store.Store {
	t.Helper()
	s := graphtest.OpenStore(t)
	for i := range pairs {
		_, err := s.Write(t.Context(), store.Commit{Author: "test"}, func(w store.Writer) error {
			w.MarkUnsourced()
			p := graphtest.NewPutter(w)
			office := p.Entity(&diplomacy.Office{Type: "MINISTER"}, fmt.Sprint("office-", i))
			for _, half := range []string{"a", "b"} {
				person := &diplomacy.Person{Thing: graphtest.Thing(fmt.Sprint("person-", i, half), fmt.Sprint("Person ", i))}
				p.Record(person)
				p.Record(&diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: person.ID, Object: office, Valid: diplomacy.MustParseTime("2010/2012")})
			}
			return p.Err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// computedPage is a page of duplicates or findings.
type computedPage struct {
	Edges []struct {
		Cursor string
		Node   struct {
			A, B, About struct{ Slug, ID string }
			Reasons     []struct{ Kind, Text string }
		}
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		EndCursor                    string
	}
	TotalCount int
}

func (p computedPage) names() (names []string) {
	for _, e := range p.Edges {
		names = append(names, e.Node.A.Slug+e.Node.B.Slug+e.Node.About.ID)
	}
	return names
}

func readComputedPage(t *testing.T, s store.Store, query string, arguments map[string]any) computedPage {
	t.Helper()
	var answer struct {
		Data   struct{ List computedPage }
		Errors json.RawMessage
	}
	text := graphtest.Post(t, graphtest.NewHandler(s), query, arguments)
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%s", text)
	}
	return answer.Data.List
}

const askDuplicates = `query($first: Int, $after: String, $last: Int, $before: String) { list: duplicates(first: $first, after: $after, last: $last, before: $before) {
	totalCount edges { cursor node { a { slug } b { slug } reasons { kind text } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`

// TestDuplicatesArePaged pages over pairs before and after one is judged.
func TestDuplicatesArePaged(t *testing.T) {
	s := openNamesakes(t, 5)
	all := readComputedPage(t, s, askDuplicates, nil)
	if len(all.Edges) != 5 || all.TotalCount != 5 || all.Edges[0].Node.Reasons[0].Kind != "SAME_NAME_OVERLAPPING_TENURES" || all.Edges[0].Node.Reasons[0].Text == "" {
		t.Fatalf("%+v", all)
	}
	first := readComputedPage(t, s, askDuplicates, map[string]any{"first": 2})
	graphtest.Commit(t, s, func(w store.Writer) error {
		return w.Put(t.Context(), &diplomacy.Judgement{A: graphtest.MustFindID(w, "Person", first.Edges[1].Node.A.Slug)[0], B: graphtest.MustFindID(w, "Person", first.Edges[1].Node.B.Slug)[0], Verdict: "DIFFERENT"})
	})
	for _, c := range []struct {
		arguments      map[string]any
		want           []string
		previous, next bool
	}{
		{map[string]any{"first": 2, "after": first.Edges[1].Cursor}, all.names()[2:4], true, true},
		{map[string]any{"last": 2}, all.names()[3:], true, false},
		{map[string]any{"last": 2, "before": all.Edges[3].Cursor}, []string{all.names()[0], all.names()[2]}, false, true},
		{map[string]any{"first": 9}, append(all.names()[:1:1], all.names()[2:]...), false, false},
	} {
		got := readComputedPage(t, s, askDuplicates, c.arguments)
		if !slices.Equal(got.names(), c.want) || got.PageInfo.HasPreviousPage != c.previous || got.PageInfo.HasNextPage != c.next || got.TotalCount != 4 {
			t.Errorf("%v: %v %+v of %d, want %v", c.arguments, got.names(), got.PageInfo, got.TotalCount, c.want)
		}
	}
}

func TestDuplicatesAreCachedUntilAWrite(t *testing.T) {
	s := openNamesakes(t, 3)
	counted := &graphtest.CallCounter{Store: s}
	h := graphtest.NewHandler(counted)
	count := func() int {
		counted.Calls = nil
		if answer := string(graphtest.Post(t, h, `{ duplicates { nodes { a { slug evidence { asserted } } b { ... on Person { offices { nodes { name } } } } } } }`, nil)); !strings.Contains(answer, `"name":"office-2"`) {
			t.Fatal(answer)
		}
		return len(counted.Calls)
	}
	once, again := count(), count()
	graphtest.Commit(t, s, func(w store.Writer) error { return graphtest.SetDescription(w, "Person", "person-0a", "the one") })
	if afterWrite := count(); again >= once || afterWrite < once {
		t.Errorf("%d calls, then %d, and after a write %d", once, again, afterWrite)
	}
}

// TestFindingsArePaged pages over statements without evidence.
func TestFindingsArePaged(t *testing.T) {
	s := openNamesakes(t, 4)
	const query = `query($first: Int, $after: String) { list: findings(rule: UNSOURCED, first: $first, after: $after) { edges { cursor node { kind about { id subject { name } } transaction { unsourced } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`
	all := readComputedPage(t, s, query, nil)
	if len(all.Edges) != 8 || all.PageInfo.HasNextPage {
		t.Fatalf("%+v", all)
	}
	for _, size := range []int{1, 3} {
		var got []string
		for page := (computedPage{}); len(got) == 0 || page.PageInfo.HasNextPage; {
			page = readComputedPage(t, s, query, map[string]any{"first": size, "after": graphtest.NullIfEmpty(page.PageInfo.EndCursor)})
			got = append(got, page.names()...)
		}
		if !slices.Equal(got, all.names()) {
			t.Errorf("by %d: %v, want %v", size, got, all.names())
		}
	}
	for i, e := range all.Edges[:7] {
		if got := readComputedPage(t, s, query, map[string]any{"first": 1, "after": e.Cursor}).names(); !slices.Equal(got, all.names()[i+1:i+2]) {
			t.Errorf("after %d: %v", i, got)
		}
	}
	graphtest.Commit(t, s, func(w store.Writer) error {
		p := graphtest.NewPutter(w)
		source := p.Entity(&diplomacy.Source{Type: "BOOK"}, "source")
		id, err := diplomacy.ParseID(all.Edges[0].Node.About.ID)
		p.Record(&diplomacy.Evidence{About: id, Source: source})
		return graphtest.FirstError(err, p.Err)
	})
	if got := readComputedPage(t, s, query, nil).names(); !slices.Equal(got, all.names()[1:]) {
		t.Errorf("after evidence was added: %v", got)
	}
}
