package graph_test

import (
	"chancery/graph/graphtest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
)

// guideRequests lists the requests of docs/curate.md by operation name, with their variables
// (as in stories) and what their responses must contain.
var guideRequests = map[string]struct {
	variables map[string]any
	holds     []string
}{
	"Minimal":  {nil, []string{`"action":"CREATED"`, `"userErrors":[]`}},
	"Find":     {nil, []string{`"slug":"chingiz-aydarbekov"`, `"slug":"turkic-council-cfm-extraordinary-2020-02-06"`, `"slug":"transport-corridors"`}},
	"Try":      {nil, []string{`"ref":"_:communique"`, `"userErrors":[]`}},
	"Record":   {nil, []string{`"author":"a.curator"`, `"userErrors":[]`}},
	"Read":     {nil, []string{`"quoteState":"FOUND"`, `"name":"Minister of Foreign Affairs of Turkey"`, `"organizations":{"nodes":[{"name":`}},
	"Look":     {nil, []string{`"revision":1`}},
	"Amend":    {map[string]any{"tenure": "Look: " + tenure + ".id", "seen": "Look: " + tenure + ".revision"}, []string{`"STALE"`, `"userErrors":[]`}},
	"Confirm":  {map[string]any{"evidence": "Look: " + tenure + ".evidence.1.id"}, []string{`"stale":false`, `"userErrors":[]`}},
	"History":  {map[string]any{"tenure": "Look: " + tenure + ".id"}, []string{`"revision":2`, `"author":"a.curator"`, `"field":"valid"`}},
	"Undo":     {map[string]any{"number": "Amend: data.commit.transaction.number"}, []string{`"BLOCKED"`, `transaction 4`}},
	"Double":   {nil, []string{`"userErrors":[]`}},
	"Merge":    {nil, []string{`"slug":"elmar-mammadyarov"`, `"userErrors":[]`}},
	"Merged":   {nil, []string{`"slug":"elmar-mammadyarov"`, `"redirectedFrom":"person_`, `"mergedFrom":[{"slug":"e-mammadyarov"}]`, `"slug":"turkic-council"`}},
	"Unmerge":  {map[string]any{"judgement": "Merge: data.judge.judgement.id"}, []string{`"userErrors":[]`}},
	"Remove":   {nil, []string{`"action":"CLOSED"`, `"userErrors":[]`}},
	"ThisWeek": {nil, []string{`"totalCount":1`, `"hasNextPage":false`}},
	"Watch":    {},
}

const tenure = "data.person.offices.edges.0.statement"

var guideBlock = regexp.MustCompile("(?s)```graphql\n((?:query|mutation|subscription) (\\w+).*?)```")

// TestCuratorGuideExamplesRun posts the requests of docs/curate.md in order.
func TestCuratorGuideExamplesRun(t *testing.T) {
	guide, err := os.ReadFile("../docs/curate.md")
	if err != nil {
		t.Fatal(err)
	}
	s, asked := newStory(t, nil), 0
	for _, block := range guideBlock.FindAllStringSubmatch(string(guide), -1) {
		want, known := guideRequests[block[2]]
		if !known {
			t.Errorf("the guide has %s, which is not in this test", block[2])
		}
		asked++
		if strings.HasPrefix(block[1], "subscription") { // which has no single response
			if _, errs := gqlparser.LoadQueryWithRules(loadSchema(t), block[1], nil); errs != nil {
				t.Errorf("%s: %v", block[2], errs)
			}
			continue
		}
		var variables map[string]any
		if want.variables != nil {
			variables = s.resolve(want.variables).(map[string]any)
		}
		answer := graphtest.Post(t, s.handler, block[1], variables)
		s.answers[block[2]] = decoded(t, answer)
		for _, part := range want.holds {
			if !strings.Contains(string(answer), part) {
				t.Errorf("%s: no %s in %s", block[2], part, answer)
			}
		}
	}
	if asked != len(guideRequests) {
		t.Errorf("the guide has %d of the %d requests of this test", asked, len(guideRequests))
	}
}

func TestReadmeCommitRuns(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "```graphql\nmutation")
	body, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("the README has no mutation")
	}
	answer := string(graphtest.Post(t, newStory(t, nil).handler, "mutation"+body, nil))
	if !strings.Contains(answer, `"transaction":{"number":2}`) || !strings.Contains(answer, `"userErrors":[]`) {
		t.Error(answer)
	}
}

// TestFindingsGuideExamplesRun posts the requests of docs/findings.md.
func TestFindingsGuideExamplesRun(t *testing.T) {
	guide, err := os.ReadFile("../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	holds := map[string]string{"Doubtful": `"rule":"LATER_THAN_SOURCE"`, "Warned": `"rule":"DEAD_HOLDER"`, "Impact": `"subject":{"name":`}
	blocks := guideBlock.FindAllStringSubmatch(string(guide), -1)
	for _, block := range blocks {
		answer := string(graphtest.Post(t, newStory(t, nil).handler, block[1], nil))
		if part := holds[block[2]]; part == "" || !strings.Contains(answer, part) || strings.Contains(answer, `"errors"`) {
			t.Errorf("%s: %s", block[2], answer)
		}
	}
	if len(blocks) != len(holds) {
		t.Errorf("the guide has %d of %d requests", len(blocks), len(holds))
	}
}
