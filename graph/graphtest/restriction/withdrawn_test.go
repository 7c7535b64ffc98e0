package restriction_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestWithdrawnRecordsCanBeRestricted: past states show a withdrawn source until it is
// restricted.
func TestWithdrawnRecordsCanBeRestricted(t *testing.T) {
	s := graphtest.OpenStore(t)
	var source diplomacy.ID
	graphtest.Commit(t, s, func(w store.Writer) error {
		p := graphtest.NewPutter(w)
		source = p.Entity(&diplomacy.Source{Type: "BOOK", Snapshot: canary}, "withdrawn")
		return p.Err
	})
	graphtest.Commit(t, s, func(w store.Writer) error { return w.Retract(t.Context(), source) })
	h := graphtest.NewHandler(s)
	past := fmt.Sprintf(`query @asOf(knownAt: 1) { node(id: "%s") { ... on Source { snapshot } } }`, source)
	if before := string(graphtest.Post(t, h, past, nil)); !strings.Contains(before, canary) {
		t.Fatalf("before it was restricted: %s", before)
	}
	commit := fmt.Sprintf(`mutation { commit(input: {message: "embargo", changes: [{patchSource: {id: "%s", restricted: true}}]}) { transaction { number } userErrors { message } } }`, source)
	if response := string(graphtest.Post(t, graphtest.As(graphtest.Editor)(h), commit, nil)); response != `{"data":{"commit":{"transaction":{"number":3},"userErrors":[]}}}` {
		t.Fatal(response)
	}
	if after := string(graphtest.Post(t, h, past, nil)); after != `{"data":{"node":null}}` {
		t.Errorf("after it was restricted: %s", after)
	}
	if told := string(graphtest.Post(t, h, `{ transaction(number: 3) { author message } }`, nil)); told != `{"data":{"transaction":{"author":null,"message":null}}}` {
		t.Errorf("readers are told who restricted it: %s", told)
	}
}
