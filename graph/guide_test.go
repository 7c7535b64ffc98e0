package graph_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
)

// guided says of each request of docs/curate.md what its variables are, as in
// stories, and what its answer must hold.
var guided = map[string]struct {
	variables map[string]any
	holds     []string
}{
	"Find":    {nil, []string{`"slug":"chingiz-aydarbekov"`, `"slug":"turkic-council-cfm-extraordinary-2020-02-06"`, `"slug":"transport-corridors"`}},
	"Try":     {nil, []string{`"ref":"_:communique"`, `"userErrors":[]`}},
	"Record":  {nil, []string{`"author":"a.curator"`, `"userErrors":[]`}},
	"Read":    {nil, []string{`"quoteState":"FOUND"`, `"name":"Minister of Foreign Affairs of Turkey"`, `"organizations":{"nodes":[{"name":`}},
	"Look":    {nil, []string{`"revision":1`}},
	"Amend":   {map[string]any{"tenure": "Look: " + tenure + ".id", "seen": "Look: " + tenure + ".revision"}, []string{`"STALE"`, `"userErrors":[]`}},
	"Confirm": {map[string]any{"evidence": "Look: " + tenure + ".evidence.1.id"}, []string{`"stale":false`, `"userErrors":[]`}},
	"History": {map[string]any{"tenure": "Look: " + tenure + ".id"}, []string{`"revision":2`, `"author":"a.curator"`, `"field":"valid"`}},
	"Undo":    {map[string]any{"number": "Amend: data.commit.transaction.number"}, []string{`"BLOCKED"`, `transaction 4`}},
	"Double":  {nil, []string{`"userErrors":[]`}},
	"Merge":   {nil, []string{`"slug":"elmar-mammadyarov"`, `"userErrors":[]`}},
	"Merged":  {nil, []string{`"slug":"elmar-mammadyarov"`, `"redirectedFrom":"person_`, `"mergedFrom":[{"slug":"e-mammadyarov"}]`, `"slug":"turkic-council"`}},
	"Unmerge": {map[string]any{"judgement": "Merge: data.judge.judgement.id"}, []string{`"userErrors":[]`}},
	"Watch":   {},
}

const tenure = "data.person.offices.edges.0.statement"

var guideBlock = regexp.MustCompile("(?s)```graphql\n((?:query|mutation|subscription) (\\w+).*?)```")

// TestGuide asks what the guide asks, in its order.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile("../docs/curate.md")
	if err != nil {
		t.Fatal(err)
	}
	s, asked := newStory(t, nil), 0
	for _, block := range guideBlock.FindAllStringSubmatch(string(guide), -1) {
		want, known := guided[block[2]]
		if !known {
			t.Errorf("%s is asked for in the guide and not in this test", block[2])
		}
		asked++
		if strings.HasPrefix(block[1], "subscription") { // which has no one answer
			if _, errs := gqlparser.LoadQueryWithRules(loadSchema(t), block[1], nil); errs != nil {
				t.Errorf("%s: %v", block[2], errs)
			}
			continue
		}
		var variables map[string]any
		if want.variables != nil {
			variables = s.filled(want.variables).(map[string]any)
		}
		answer := ask(t, s.handler, block[1], variables)
		s.answers[block[2]] = decoded(t, answer)
		for _, part := range want.holds {
			if !strings.Contains(string(answer), part) {
				t.Errorf("%s: no %s in %s", block[2], part, answer)
			}
		}
	}
	if asked != len(guided) {
		t.Errorf("the guide asks %d of the %d requests of this test", asked, len(guided))
	}
}

// TestReadmeWrites makes the commit of the README.
func TestReadmeWrites(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "```graphql\nmutation")
	body, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("the README writes nothing")
	}
	answer := string(ask(t, newStory(t, nil).handler, "mutation"+body, nil))
	if !strings.Contains(answer, `"transaction":{"number":2}`) || !strings.Contains(answer, `"userErrors":[]`) {
		t.Error(answer)
	}
}
