package restriction_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/graphtest"
)

// TestClosingWithLinksTakesRestrictedRecordsAlong, since they would refer to nothing. Only
// editors can do so, who see them; readers of the transaction do not learn of them.
func TestClosingWithLinksTakesRestrictedRecordsAlong(t *testing.T) {
	g := openGraph(t, true)
	request := fmt.Sprintf(`mutation { commit(input: {unsourced: true, changes: [{close: {id: %q, withLinks: true}}]}) {
		transaction { number } outcomes { recordId } userErrors { message } } }`, g.public["Person1"])
	hidden := []diplomacy.ID{g.hidden["HOLDS_OFFICE"], g.hidden["evidence for HOLDS_OFFICE"], g.hidden["issued"]}
	if got := string(graphtest.Post(t, g.handler, request, nil)); !strings.Contains(got, "FORBIDDEN") || strings.Contains(got, hidden[0].String()) {
		t.Errorf("a reader is answered %s", got)
	}
	editor := graphtest.As(access.Principal{Name: "e", Role: access.Editor})(g.handler)
	got := string(graphtest.Post(t, editor, request, nil))
	for _, id := range hidden {
		if !strings.Contains(got, id.String()) {
			t.Errorf("%s is not closed: %s", id, got)
		}
	}
	for fault, err := range g.store.Check(t.Context()) {
		t.Errorf("%s %v", fault, err)
	}
	look := `{ transactions(first: 1) { nodes { author message changes(first: 500) { nodes { recordId before { id } } } } } }`
	seen := string(graphtest.Post(t, g.handler, look, nil))
	if strings.Contains(seen, canary) || strings.Contains(seen, `"author":"e"`) || !strings.Contains(seen, g.public["Person1"].String()) {
		t.Errorf("a reader sees of the transaction %s", seen)
	}
	for _, id := range hidden {
		if strings.Contains(seen, id.String()) {
			t.Errorf("a reader learns of %s", id)
		}
	}
}
