package lists_test

import (
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestFragmentSpreadTwiceHasAllItsFields selects one field of one person through a
// fragment in two places, with different fields beside it.
func TestFragmentSpreadTwiceHasAllItsFields(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	const meetings = ` fragment m on Person { meetings(first: 2) { `
	for name, query := range map[string]string{
		"counted above": `{ person(by: {slug: "elmar-mammadyarov"}) { ...m meetings(first: 2) { totalCount }
			events(first: 1) { nodes { people { nodes { ...m } } } } } }` + meetings + `nodes { name } } }`,
		"nodes below": `{ person(by: {slug: "elmar-mammadyarov"}) { ...m
			history(first: 1) { nodes { record { ...m ... on Person { meetings(first: 2) { nodes { name } } } } } } } }` + meetings + `totalCount } }`,
	} {
		answer := string(graphtest.Post(t, h, query, nil))
		if strings.Contains(answer, `"errors"`) || strings.Contains(answer, `"totalCount":0`) || !strings.Contains(answer, `"name"`) {
			t.Errorf("%s: %.600s", name, answer)
		}
	}
}

func TestSessionsReachedByTwoPathsAreListedOnce(t *testing.T) {
	s := graphtest.OpenSample(t)
	h := graphtest.NewHandler(s)
	const sessions = `{ organization(by: {slug: "turkic-council"}) { sessions(first: 500) { totalCount nodes { slug } } } }`
	before := string(graphtest.Post(t, h, sessions, nil))
	graphtest.Commit(t, s, func(w store.Writer) error {
		council, err := graphtest.FindEntity(w, "Council", "turkic-council-of-heads-of-state")
		if err != nil {
			return err
		}
		organization, err := graphtest.FindEntity(w, "Organization", "turkic-council")
		if err != nil {
			return err
		}
		return w.Put(t.Context(), &diplomacy.Statement{Predicate: diplomacy.PartOf, Subject: council.Header().ID, Object: organization.Header().ID, Rank: "DEPRECATED"})
	})
	if after := string(graphtest.Post(t, h, sessions, nil)); after != before {
		t.Errorf("before: %s\nafter: %s", before, after)
	}
}
