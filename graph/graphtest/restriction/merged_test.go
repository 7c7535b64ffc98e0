package restriction_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// mergedStore holds two merged sources with texts and two merged persons with the same
// membership.
func mergedStore(t *testing.T) (store.Store, map[string]diplomacy.ID) {
	t.Helper()
	s, ids := graphtest.OpenStore(t), map[string]diplomacy.ID{}
	graphtest.Commit(t, s, func(w store.Writer) error {
		p := graphtest.NewPutter(w)
		union := p.Entity(&diplomacy.Organization{Type: "NGO"}, "union")
		for _, n := range []string{"1", "2"} {
			ids["source"+n] = p.Entity(&diplomacy.Source{Type: "BOOK", Snapshot: "text " + n}, "source"+n)
			person := p.Entity(&diplomacy.Person{}, "person"+n)
			ids["person"+n] = person
			ids["member"+n] = p.Record(&diplomacy.Statement{Predicate: diplomacy.MemberOf, Subject: person, Object: union})
		}
		p.Record(&diplomacy.Judgement{A: ids["source1"], B: ids["source2"], Verdict: "SAME"})
		p.Record(&diplomacy.Judgement{A: ids["person1"], B: ids["person2"], Verdict: "SAME"})
		return p.Err
	})
	return s, ids
}

// TestRestrictionCoversMergedRecords: whichever of two merged records is restricted,
// readers are refused both, now and in the past; and whichever is released, they read both.
func TestRestrictionCoversMergedRecords(t *testing.T) {
	for _, n := range []string{"1", "2"} {
		s, ids := mergedStore(t)
		h := graphtest.NewHandler(s)
		editor := graphtest.As(graphtest.Editor)(h)
		read := func(known any) string {
			query := fmt.Sprintf(`query($known: Int) @asOf(knownAt: $known) { nodes(ids: ["%s", "%s", "%s", "%s"]) { __typename ... on Source { snapshot } } }`,
				ids["source1"], ids["source2"], ids["member1"], ids["member2"])
			return string(graphtest.Post(t, h, query, map[string]any{"known": known}))
		}
		was := read(nil)
		for _, restricted := range []bool{true, false} {
			commit := fmt.Sprintf(`mutation { commit(input: {message: "embargo", changes: [{patchSource: {id: "%s", restricted: %t}}, {amendMembership: {id: "%s", restricted: %t}}]}) {
				userErrors { message } } }`, ids["source"+n], restricted, ids["member"+n], restricted)
			if response := string(graphtest.Post(t, editor, commit, nil)); response != `{"data":{"commit":{"userErrors":[]}}}` {
				t.Fatal(response)
			}
			want := was
			if restricted {
				want = `{"data":{"nodes":[null,null,null,null]}}`
			}
			for _, known := range []any{nil, 1} {
				if got := read(known); got != want {
					t.Errorf("record %s restricted %t, known at %v: %s, want %s", n, restricted, known, got, want)
				}
			}
		}
	}
}

// TestMergedRecordIsRestrictedIfReadersSeeNoneOfIt: an editor must not take for restricted
// what readers are shown under the id of another.
func TestMergedRecordIsRestrictedIfReadersSeeNoneOfIt(t *testing.T) {
	s, ids := mergedStore(t)
	h := graphtest.NewHandler(s)
	restrict := func(name string) {
		graphtest.Commit(t, s, func(w store.Writer) error {
			records, err := w.Records(t.Context(), []diplomacy.ID{ids[name]})
			if err != nil {
				return err
			}
			next := diplomacy.CopyOf(records[0])
			next.Header().ID, *diplomacy.Restriction(next) = ids[name], true
			return w.Put(t.Context(), next)
		})
	}
	query := fmt.Sprintf(`{ source(by: {id: "%s"}) { restricted mergedFrom { restricted } }
		member: node(id: "%s") { ... on Membership { restricted alsoRecordedAs { restricted } history { nodes { record { ... on Membership { restricted } } } } } } }`, ids["source1"], ids["member1"])
	read := func(as access.Principal) string { return string(graphtest.Post(t, graphtest.As(as)(h), query, nil)) }
	restrict("source1")
	restrict("member1")
	const one = `{"data":{"source":{"restricted":false,"mergedFrom":[{"restricted":false}]},"member":{"restricted":false,"alsoRecordedAs":[{"restricted":false}],"history":{"nodes":[{"record":{"restricted":true}},{"record":{"restricted":false}}]}}}}`
	if got := read(graphtest.Editor); got != one {
		t.Errorf("one restricted: an editor reads\n%s, want\n%s", got, one)
	}
	if got := read(access.Anonymous); got != `{"data":{"source":null,"member":null}}` {
		t.Errorf("one restricted: a reader reads %s", got)
	}
	restrict("source2")
	restrict("member2")
	if got, want := read(graphtest.Editor), strings.ReplaceAll(one, `{"restricted":false,"`, `{"restricted":true,"`); got != strings.ReplaceAll(want, `[{"restricted":false}]`, `[{"restricted":true}]`) {
		t.Errorf("both restricted: an editor reads\n%s, want\n%s", got, want)
	}
}
