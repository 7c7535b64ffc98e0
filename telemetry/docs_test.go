package telemetry_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/telemetry"
)

// TestEveryMetricIsDocumented compares the names and types of metrics with the tables in
// docs/operate.md.
func TestEveryMetricIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	there, told := w.of.Described(), map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(chancery_[a-z_]+)` \\| ([a-z]+) \\| ").FindAllStringSubmatch(string(page), -1) {
		name, kind := row[1], row[2]
		if told[name] || !there[name] {
			t.Errorf("docs/operate.md explains %s, which does not exist, or explains it twice", name)
		}
		told[name] = true
		if is := kindOf(w.metrics(), name); is != "" && is != kind {
			t.Errorf("%s is a %s, not a %s", name, is, kind)
		}
	}
	for name := range there {
		if !told[name] {
			t.Errorf("docs/operate.md does not explain %s", name)
		}
	}
}

// TestQueriesNameExistingMetrics checks those of docs/operate.md and of the dashboard.
func TestQueriesNameExistingMetrics(t *testing.T) {
	names := watch(t, telemetry.Options{}, graph.StreamOptions{}).of.Described()
	for _, file := range []string{"../docs/operate.md", "../deploy/grafana.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, ".json") && !json.Valid(text) {
			t.Errorf("%s is not JSON", file)
		}
		asked := regexp.MustCompile(`chancery_[a-z_]+`).FindAllString(string(text), -1)
		if len(asked) == 0 {
			t.Errorf("%s has no queries", file)
		}
		for _, name := range asked {
			if !names[name] && !names[regexp.MustCompile(`_(bucket|count|sum)$`).ReplaceAllString(name, "")] {
				t.Errorf("%s names %s, which does not exist", file, name)
			}
		}
	}
}

// kindOf returns the type of a metric, or "" if it has no series.
func kindOf(metrics, name string) string {
	_, after, _ := strings.Cut(metrics, "# TYPE "+name+" ")
	kind, _, _ := strings.Cut(after, "\n")
	return kind
}
