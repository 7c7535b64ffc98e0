package graph_test

import (
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// TestOneFieldInManyPlaces selects the same field of the same person through a
// fragment in two places, each of which asks for something more of it.
func TestOneFieldInManyPlaces(t *testing.T) {
	h := newHandler(openSample(t))
	const meetings = ` fragment m on Person { meetings(first: 2) { `
	for name, query := range map[string]string{
		"counted above": `{ person(by: {slug: "elmar-mammadyarov"}) { ...m meetings(first: 2) { totalCount }
			events(first: 1) { nodes { people { nodes { ...m } } } } } }` + meetings + `nodes { name } } }`,
		"nodes below": `{ person(by: {slug: "elmar-mammadyarov"}) { ...m
			history(first: 1) { nodes { record { ...m ... on Person { meetings(first: 2) { nodes { name } } } } } } } }` + meetings + `totalCount } }`,
	} {
		answer := string(ask(t, h, query, nil))
		if strings.Contains(answer, `"errors"`) || strings.Contains(answer, `"totalCount":0`) || !strings.Contains(answer, `"name"`) {
			t.Errorf("%s: %.600s", name, answer)
		}
	}
}

// TestTwoWaysToOneThing leads to the same sessions over two statements.
func TestTwoWaysToOneThing(t *testing.T) {
	s := openSample(t)
	h := newHandler(s)
	const sessions = `{ organization(by: {slug: "turkic-council"}) { sessions(first: 500) { totalCount nodes { slug } } } }`
	before := string(ask(t, h, sessions, nil))
	commit(t, s, func(w store.Writer) error {
		council, err := named(w, "Council", "turkic-council-of-heads-of-state")
		if err != nil {
			return err
		}
		organization, err := named(w, "Organization", "turkic-council")
		if err != nil {
			return err
		}
		return w.Put(t.Context(), &diplomacy.Statement{Predicate: diplomacy.PartOf, Subject: council.Header().ID, Object: organization.Header().ID, Rank: "DEPRECATED"})
	})
	if after := string(ask(t, h, sessions, nil)); after != before {
		t.Errorf("before: %s\nafter: %s", before, after)
	}
}
