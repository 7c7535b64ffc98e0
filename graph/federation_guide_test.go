package graph_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
)

// federationGuide is docs/federation.md; what it composes, examples/federation tests.
func federationGuide(t *testing.T) string {
	t.Helper()
	guide, err := os.ReadFile("../docs/federation.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(guide)
}

// TestFederationGuide asks what the guide asks, and wants its answer.
func TestFederationGuide(t *testing.T) {
	asks := regexp.MustCompile("(?s)```graphql\n(query .*?)```\n\n```json\n(.*?)```\n\n```json\n(.*?)```").FindStringSubmatch(federationGuide(t))
	if asks == nil {
		t.Fatal("the guide asks nothing")
	}
	var variables map[string]any
	var want, got any
	answer := ask(t, newHandler(openSample(t)), asks[1], decodeInto(t, asks[2], &variables))
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

// TestFederationGuideHasTheKeys holds the guide's table to the keys that are read.
func TestFederationGuideHasTheKeys(t *testing.T) {
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
