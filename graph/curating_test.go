package graph_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// openNamesakes opens a graph of pairs of persons of one name in one office, with
// no evidence for their tenures.
func openNamesakes(t *testing.T, pairs int) store.Store {
	t.Helper()
	s := openStore(t)
	for i := range pairs {
		_, err := s.Write(t.Context(), store.Commit{Author: "test", Unsourced: true}, func(w store.Writer) error {
			p := &putter{ctx: t.Context(), w: w}
			office := p.entity(&diplomacy.Office{Type: "MINISTER"}, fmt.Sprint("office-", i))
			for _, half := range []string{"a", "b"} {
				person := &diplomacy.Person{Thing: thing(fmt.Sprint("person-", i, half), fmt.Sprint("Person ", i))}
				p.record(person)
				p.record(&diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: person.ID, Object: office, Valid: diplomacy.MustParseTime("2010/2012")})
			}
			return p.err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// stretchOf is a page of duplicates or findings in an answer.
type stretchOf struct {
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

func (p stretchOf) names() (names []string) {
	for _, e := range p.Edges {
		names = append(names, e.Node.A.Slug+e.Node.B.Slug+e.Node.About.ID)
	}
	return names
}

func takeStretch(t *testing.T, s store.Store, query string, arguments map[string]any) stretchOf {
	t.Helper()
	var answer struct {
		Data   struct{ List stretchOf }
		Errors json.RawMessage
	}
	text := ask(t, newHandler(s), query, arguments)
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%s", text)
	}
	return answer.Data.List
}

const askDuplicates = `query($first: Int, $after: String, $last: Int, $before: String) { list: duplicates(first: $first, after: $after, last: $last, before: $before) {
	totalCount edges { cursor node { a { slug } b { slug } reasons { kind text } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`

// TestDuplicates pages over pairs, judging them on the way.
func TestDuplicates(t *testing.T) {
	s := openNamesakes(t, 5)
	all := takeStretch(t, s, askDuplicates, nil)
	if len(all.Edges) != 5 || all.TotalCount != 5 || all.Edges[0].Node.Reasons[0].Kind != "SAME_NAME_OVERLAPPING_TENURES" || all.Edges[0].Node.Reasons[0].Text == "" {
		t.Fatalf("%+v", all)
	}
	first := takeStretch(t, s, askDuplicates, map[string]any{"first": 2})
	commit(t, s, func(w store.Writer) error {
		return w.Put(t.Context(), &diplomacy.Judgement{A: mustIDs(w, "Person", first.Edges[1].Node.A.Slug)[0], B: mustIDs(w, "Person", first.Edges[1].Node.B.Slug)[0], Verdict: "DIFFERENT"})
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
		got := takeStretch(t, s, askDuplicates, c.arguments)
		if !slices.Equal(got.names(), c.want) || got.PageInfo.HasPreviousPage != c.previous || got.PageInfo.HasNextPage != c.next || got.TotalCount != 4 {
			t.Errorf("%v: %v %+v of %d, want %v", c.arguments, got.names(), got.PageInfo, got.TotalCount, c.want)
		}
	}
}

// TestDuplicatesAreKept asks twice of one state, and of the next.
func TestDuplicatesAreKept(t *testing.T) {
	s := openNamesakes(t, 3)
	counted := &counter{Store: s}
	h := newHandler(counted)
	count := func() int {
		counted.calls = nil
		if answer := string(ask(t, h, `{ duplicates { nodes { a { slug evidence { asserted } } b { ... on Person { offices { nodes { name } } } } } } }`, nil)); !strings.Contains(answer, `"name":"office-2"`) {
			t.Fatal(answer)
		}
		return len(counted.calls)
	}
	once, again := count(), count()
	commit(t, s, func(w store.Writer) error { return amend(w, "Person", "person-0a", "the one") })
	if anew := count(); again >= once || anew < once {
		t.Errorf("%d calls, then %d, and after a write %d", once, again, anew)
	}
}

// TestFindings pages over statements without evidence.
func TestFindings(t *testing.T) {
	s := openNamesakes(t, 4)
	const query = `query($first: Int, $after: String) { list: findings(first: $first, after: $after) { edges { cursor node { kind about { id subject { name } } transaction { unsourced } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`
	all := takeStretch(t, s, query, nil)
	if len(all.Edges) != 8 || all.PageInfo.HasNextPage {
		t.Fatalf("%+v", all)
	}
	for _, size := range []int{1, 3} {
		var got []string
		for page := (stretchOf{}); len(got) == 0 || page.PageInfo.HasNextPage; {
			page = takeStretch(t, s, query, map[string]any{"first": size, "after": orNil(page.PageInfo.EndCursor)})
			got = append(got, page.names()...)
		}
		if !slices.Equal(got, all.names()) {
			t.Errorf("by %d: %v, want %v", size, got, all.names())
		}
	}
	for i, e := range all.Edges[:7] {
		if got := takeStretch(t, s, query, map[string]any{"first": 1, "after": e.Cursor}).names(); !slices.Equal(got, all.names()[i+1:i+2]) {
			t.Errorf("behind %d: %v", i, got)
		}
	}
	commit(t, s, func(w store.Writer) error {
		p := &putter{ctx: t.Context(), w: w}
		source := p.entity(&diplomacy.Source{Type: "BOOK"}, "source")
		id, err := diplomacy.ParseID(all.Edges[0].Node.About.ID)
		p.record(&diplomacy.Evidence{About: id, Source: source})
		return errorsFirst(err, p.err)
	})
	if got := takeStretch(t, s, query, nil).names(); !slices.Equal(got, all.names()[1:]) {
		t.Errorf("after one was sourced: %v", got)
	}
}
