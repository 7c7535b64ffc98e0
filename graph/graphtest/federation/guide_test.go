package federation_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
)

// federationGuide returns docs/federation.md. The subgraph that it composes is tested in
// examples/federation.
func federationGuide(t *testing.T) string {
	t.Helper()
	return graphtest.ReadFile(t, "docs/federation.md")
}

func TestFederationGuideExampleRuns(t *testing.T) {
	asks := regexp.MustCompile("(?s)```graphql\n(query .*?)```\n\n```json\n(.*?)```\n\n```json\n(.*?)```").FindStringSubmatch(federationGuide(t))
	if asks == nil {
		t.Fatal("docs/federation.md has no example")
	}
	var variables map[string]any
	var want, got any
	answer := graphtest.Post(t, graphtest.NewHandler(graphtest.OpenSample(t)), asks[1], decodeInto(t, asks[2], &variables))
	decodeInto(t, asks[3], &want)
	decodeInto(t, string(answer), &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answer (-guide +got):\n%s", diff)
	}
}

func decodeInto[T any](t *testing.T, text string, into *T) T {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return *into
}

func TestFederationGuideListsAllKeys(t *testing.T) {
	got := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (\w[\w, ]*) \| (id, .*) \|$`).FindAllStringSubmatch(federationGuide(t), -1) {
		for name := range strings.SplitSeq(row[1], ", ") {
			got[name] = row[2]
		}
	}
	want := map[string]string{}
	for _, kind := range diplomacy.EntityKinds {
		want[kind.String()] = strings.Join(model.EntityKeys(kind), ", ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys (-read +guide):\n%s", diff)
	}
}
