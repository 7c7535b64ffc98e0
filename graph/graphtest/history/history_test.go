package history_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// revisions is a page of a history.
type revisions struct {
	Edges []struct {
		Cursor string
		Node   struct {
			Revision    int
			Differences []struct{ Field, Before, After string }
		}
	}
	PageInfo struct{ HasNextPage, HasPreviousPage bool }
}

// TestLongHistoriesArePaged pages from both ends and from the middle, through more
// versions than the store returns at once.
func TestLongHistoriesArePaged(t *testing.T) {
	const length = store.MaxPage + 321
	s := graphtest.OpenStore(t)
	graphtest.WriteWide(t, s, 1)
	graphtest.Commit(t, s, func(w store.Writer) error { return graphtest.SetDescription(w, "Person", "minister", "2") })
	for n := 3; n <= length; n++ {
		graphtest.Commit(t, s, func(w store.Writer) error { return graphtest.SetDescription(w, "Person", "minister", fmt.Sprint(n)) })
	}
	counted := &graphtest.CallCounter{Store: s}
	h := graphtest.NewHandler(counted)
	cursors := map[int]string{}
	for revision := length; revision > 0; {
		page := takeHistory(t, h, map[string]any{"first": 500, "after": graphtest.NullIfEmpty(cursors[revision+1])})
		for _, e := range page.Edges {
			cursors[revision] = e.Cursor
			expectVersion(t, e.Node.Revision, revision, e.Node.Differences[0].Before, e.Node.Differences[0].After)
			revision--
		}
		if page.PageInfo.HasNextPage != (revision > 0) || page.PageInfo.HasPreviousPage != (revision < length-500) {
			t.Fatalf("at %d: %+v", revision, page.PageInfo)
		}
	}
	if len(counted.Calls) > 60 {
		t.Errorf("%d calls for three pages", len(counted.Calls))
	}
	for _, c := range []struct {
		arguments      map[string]any
		newest, oldest int
		next, previous bool
	}{
		{map[string]any{"last": 3}, 3, 1, false, true},
		{map[string]any{"last": 3, "before": cursors[1]}, 4, 2, true, true},
		{map[string]any{"last": 2, "before": cursors[length-1]}, length, length, true, false},
		{map[string]any{"first": 2, "after": cursors[101], "before": cursors[98]}, 100, 99, true, true},
		{map[string]any{"first": 9, "after": cursors[101], "before": cursors[99]}, 100, 100, true, true},
		{map[string]any{"last": 500, "before": cursors[200]}, 700, 201, true, true},
	} {
		page := takeHistory(t, h, c.arguments)
		var got []int
		for _, e := range page.Edges {
			got = append(got, e.Node.Revision)
		}
		if len(got) != c.newest-c.oldest+1 || got[0] != c.newest || got[len(got)-1] != c.oldest || page.PageInfo.HasNextPage != c.next || page.PageInfo.HasPreviousPage != c.previous {
			t.Errorf("%v: %v %+v, want %d to %d", c.arguments, got, page.PageInfo, c.newest, c.oldest)
		}
	}
}

func expectVersion(t *testing.T, got, want int, before, after string) {
	t.Helper()
	was, is := fmt.Sprintf("%q", fmt.Sprint(want-1)), fmt.Sprintf("%q", fmt.Sprint(want))
	switch want {
	case 1:
		return // created: all its fields
	case 2:
		was = ""
	}
	if got != want || before != was || after != is {
		t.Fatalf("revision %d: %s -> %s; want %d: %s -> %s", got, before, after, want, was, is)
	}
}

func takeHistory(t *testing.T, h http.Handler, arguments map[string]any) revisions {
	t.Helper()
	var answer struct {
		Data   struct{ Person struct{ History revisions } }
		Errors json.RawMessage
	}
	text := graphtest.Post(t, h, `query($first: Int, $after: String, $last: Int, $before: String) { person(by: {slug: "minister"}) { history(first: $first, after: $after, last: $last, before: $before) {
		edges { cursor node { revision differences { field before after } } } pageInfo { hasNextPage hasPreviousPage } } } }`, arguments)
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v: %.600s", arguments, text)
	}
	return answer.Data.Person.History
}

// TestEveryKindOfRecordHasAHistory changes a record of each kind and reads both versions
// from its history and from the transaction.
func TestEveryKindOfRecordHasAHistory(t *testing.T) {
	s := graphtest.OpenSample(t)
	h := graphtest.NewHandler(s)
	for kind, id := range oneOfEach(t, s) {
		t.Run(kind.String(), func(t *testing.T) {
			field := writeNextVersion(t, s, id)
			const query = `query($id: ID!) { node(id: $id) { __typename
				... on Thing { history { nodes { ...version } } } ... on Statement { history { nodes { ...version } } } ... on Evidence { history { nodes { ...version } } } }
				transactions(first: 1) { nodes { unsourced reverts { number } changes { nodes { recordId kind action differences { field } record { id } before { id } } } } } }
				fragment version on Version { revision differences { field before after } transaction { author } closedBy { number } record { id __typename } }`
			answer := string(graphtest.Post(t, h, query, map[string]any{"id": id.String()}))
			for _, want := range []string{
				fmt.Sprintf(`"__typename":"%s","history":{"nodes":[{"revision":2,"differences":[{"field":"%s"`, kind, field),
				fmt.Sprintf(`"transaction":{"author":"test"},"closedBy":null,"record":{"id":"%s","__typename":"%s"}},{"revision":1`, id, kind),
				fmt.Sprintf(`"unsourced":false,"reverts":null,"changes":{"nodes":[{"recordId":"%s","kind":"%s","action":"CHANGED","differences":[{"field":"%s"}`, id, kind, field),
				fmt.Sprintf(`"record":{"id":"%s"},"before":{"id":"%[1]s"}}`, id),
			} {
				if !strings.Contains(answer, want) {
					t.Errorf("no %s in\n%s", want, answer)
				}
			}
		})
	}
}

// oneOfEach returns a record of each kind in the sample, except judgements.
func oneOfEach(t *testing.T, s store.Store) map[diplomacy.Kind]diplomacy.ID {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	found := map[diplomacy.Kind]diplomacy.ID{}
	for after := 0; ; {
		changes, err := snapshot.Changes(t.Context(), 1, after, store.MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			if c.Record.Kind() != diplomacy.KindJudgement {
				found[c.Record.Kind()] = c.Record
			}
		}
		if after += len(changes); len(changes) == 0 {
			break
		}
	}
	if len(found) < 30 {
		t.Fatalf("the sample has only %d kinds", len(found))
	}
	return found
}

// writeNextVersion writes the next version of any record and returns the field that differs.
func writeNextVersion(t *testing.T, s store.Store, id diplomacy.ID) (field string) {
	t.Helper()
	graphtest.Commit(t, s, func(w store.Writer) error {
		found, err := w.Records(t.Context(), []diplomacy.ID{id})
		if err != nil {
			return err
		}
		switch r := found[0].(type) {
		case *diplomacy.Statement:
			next := *r
			next.Rank, field = "DEPRECATED", "rank"
			return w.Put(t.Context(), &next)
		case *diplomacy.Evidence:
			next := *r
			next.Asserted, field = r.Asserted+"!", "asserted"
			return w.Put(t.Context(), &next)
		default:
			field = "description"
			thing := r.(diplomacy.Entity).Base()
			return graphtest.SetDescription(w, id.Kind().String(), thing.Slug, thing.Description+"!")
		}
	})
	return field
}

// TestChangesHaveBothVersionsAndDifferences creates, changes and withdraws a topic.
func TestChangesHaveBothVersionsAndDifferences(t *testing.T) {
	s := graphtest.OpenStore(t)
	var topic diplomacy.Topic
	put := func(description string) {
		graphtest.Commit(t, s, func(w store.Writer) error {
			next := topic
			next.Slug, next.Names, next.Description = "topic", []diplomacy.Name{{Value: "Topic", Language: "en"}}, description
			err := w.Put(t.Context(), &next)
			topic.ID = next.ID
			return err
		})
	}
	put("")
	put("of late")
	graphtest.Commit(t, s, func(w store.Writer) error { return w.Retract(t.Context(), topic.ID) })
	h := graphtest.NewHandler(s)
	for number, want := range map[int]string{
		1: `{"action":"CREATED","kind":"Topic","record":{"description":null},"before":null,"differences":[{"field":"slug","before":null,"after":"\"topic\""},{"field":"names","before":null,"after":"[{\"value\":\"Topic\",\"language\":\"en\"}]"}]}`,
		2: `{"action":"CHANGED","kind":"Topic","record":{"description":"of late"},"before":{"description":null},"differences":[{"field":"description","before":null,"after":"\"of late\""}]}`,
		3: `{"action":"CLOSED","kind":"Topic","record":null,"before":{"description":"of late"},"differences":[{"field":"slug","before":"\"topic\"","after":null},{"field":"names","before":"[{\"value\":\"Topic\",\"language\":\"en\"}]","after":null},{"field":"description","before":"\"of late\"","after":null}]}`,
	} {
		answer := string(graphtest.Post(t, h, `query($n: Int!) { transaction(number: $n) { changes { nodes { action kind record { ... on Topic { description } } before { ... on Topic { description } } differences { field before after } } } } }`, map[string]any{"n": number}))
		if !strings.Contains(answer, want) {
			t.Errorf("transaction %d:\n%s\nwant\n%s", number, answer, want)
		}
	}
}

// TestHistoriesAreReadInBatches counts calls for few and for many rows.
func TestHistoriesAreReadInBatches(t *testing.T) {
	const versions = `history { nodes { transaction { message reverts { number } } closedBy { number } differences { field }
		record { ... on Event { name participants { nodes { name } } evidence { source { name } } } } } }`
	calls := func(rows int, query string) []string {
		s := graphtest.OpenStore(t)
		graphtest.WriteWide(t, s, rows)
		for range 3 {
			graphtest.Commit(t, s, func(w store.Writer) error { return rewriteEvents(w, rows) })
		}
		counted := &graphtest.CallCounter{Store: s}
		if answer := string(graphtest.Post(t, graphtest.NewUnlimitedHandler(counted), query, nil)); strings.Contains(answer, `"errors"`) || strings.Count(answer, `"source`) < rows {
			t.Fatalf("%.600s", answer)
		}
		return counted.Calls
	}
	for name, query := range map[string]string{
		"of things":    `{ events(first: 500) { nodes { ` + versions + ` evidence { history(last: 2) { nodes { record { ... on Evidence { source { name } doubts } } } } } participants { edges { statement { history(last: 2) { nodes { record { ... on Participation { capacity { name } onBehalfOf { name } evidence { source { name } } } } } } } } } } } }`,
		"transactions": `{ transactions(first: 2) { nodes { changes(last: 500) { nodes { differences { field } record { ... on Event { participants { nodes { name } } } ... on Participation { participant { name } capacity { name } evidence { source { name } } } } before { ... on Event { name participants { nodes { name } } } } } } } } }`,
	} {
		small, large := calls(2, query), calls(20, query)
		if len(small) != len(large) {
			t.Errorf("%s: %d calls, then %d:\n%v\n%v", name, len(small), len(large), small, large)
		}
	}
}

func rewriteEvents(w store.Writer, rows int) error {
	for i := range rows {
		slug := fmt.Sprint("event-", i)
		old, err := graphtest.FindEntity(w, "Event", slug)
		if err != nil {
			return err
		}
		if err := graphtest.SetDescription(w, "Event", slug, old.Base().Description+"+"); err != nil {
			return err
		}
	}
	participations, err := w.Links(context.Background(), store.LinkQuery{Of: graphtest.MustFindID(w, "State", "state"), Along: []store.Arc{{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}}, Page: store.Page{Limit: store.MaxPage}})
	if err != nil {
		return err
	}
	var ids []diplomacy.ID
	for _, l := range participations[0].Links {
		ids = append(ids, l.Via)
	}
	records, err := w.Records(context.Background(), ids)
	for _, r := range records {
		next := *r.(*diplomacy.Statement)
		next.DelegationHead = !next.DelegationHead
		err = graphtest.FirstError(err, w.Put(context.Background(), &next))
	}
	return err
}
