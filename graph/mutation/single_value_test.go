package mutation_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"
)

// TestSingleValueIsAcceptedForAList passes single values as variables of list types.
func TestSingleValueIsAcceptedForAList(t *testing.T) {
	h := graphtest.As(access.Principal{Name: "a.curator", Role: access.Editor})(graphtest.NewHandler(graphtest.OpenSample(t)))
	for name, c := range map[string]struct{ query, one, want string }{
		"change, evidence, participant": {
			`mutation ($v: CommitInput!) { commit(input: $v) { outcomes { action } userErrors { path message } } }`,
			`{"dryRun": true, "changes": {"recordEvent": {"name": "A meeting", "kind": "MEETING", "evidence": {"source": "Source/un-charter"},
				"participants": {"participant": "Person/elmar-mammadyarov", "evidence": {"source": "Source/un-charter"}}}}}`,
			`{"outcomes":[{"action":"CREATED"},{"action":"CREATED"},{"action":"CREATED"},{"action":"CREATED"}],"userErrors":[]}`,
		},
		"names, identifiers": {
			`mutation ($v: CommitInput!) { commit(input: $v) { outcomes { differences { field after } } userErrors { path message } } }`,
			`{"dryRun": true, "changes": {"patchTopic": {"id": "Topic/transport-corridors", "names": {"value": "Corridors"}, "identifiers": "test:1"}}}`,
			`{"field":"identifiers","after":"[\"test:1\"]"}`,
		},
		"reasons": {
			`mutation ($v: JudgeInput!) { judge(input: $v) { judgement { reasons } userErrors { path message } } }`,
			`{"a": "Topic/transport-corridors", "b": "Topic/covid-19-pandemic", "verdict": "UNSURE", "reasons": "It was read aloud"}`,
			`{"judgement":{"reasons":["It was read aloud"]},"userErrors":[]}`,
		},
		"kind": {`query ($v: EventFilter) { events(where: $v, first: 2) { nodes { kind } } }`, `{"kind": "VISIT"}`, `{"nodes":[{"kind":"VISIT"},{"kind":"VISIT"}]}`},
		"rank": {
			`query ($v: ParticipationFilter) { person(by: {slug: "elmar-mammadyarov"}) { events(where: $v, first: 1) { nodes { kind } } } }`,
			`{"kind": "CONVERSATION"}`, `{"nodes":[{"kind":"CONVERSATION"}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(graphtest.Post(t, h, c.query, map[string]any{"v": json.RawMessage(c.one)})); !strings.Contains(got, c.want) {
				t.Errorf("response %s does not contain %s", got, c.want)
			}
		})
	}
}
