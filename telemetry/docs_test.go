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

// TestEachMetricIsExplained holds docs/operate.md and the metrics to each other: a
// row for each, of its type, and none for what is not there.
func TestEachMetricIsExplained(t *testing.T) {
	page, err := os.ReadFile("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	there, told := w.of.Described(), map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(chancery_[a-z_]+)` \\| ([a-z]+) \\| ").FindAllStringSubmatch(string(page), -1) {
		name, kind := row[1], row[2]
		if told[name] || !there[name] {
			t.Errorf("docs/operate.md explains %s, which is not there, or twice", name)
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

// TestQueriesAskForWhatIsThere: those of the page and of the dashboard name no metric
// that is not.
func TestQueriesAskForWhatIsThere(t *testing.T) {
	names := watch(t, telemetry.Options{}, graph.StreamOptions{}).of.Described()
	for _, file := range []string{"../docs/operate.md", "../deploy/grafana.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, ".json") && !json.Valid(text) {
			t.Errorf("%s is no JSON", file)
		}
		asked := regexp.MustCompile(`chancery_[a-z_]+`).FindAllString(string(text), -1)
		if len(asked) == 0 {
			t.Errorf("%s asks for nothing", file)
		}
		for _, name := range asked {
			if !names[name] && !names[regexp.MustCompile(`_(bucket|count|sum)$`).ReplaceAllString(name, "")] {
				t.Errorf("%s names %s, which is not there", file, name)
			}
		}
	}
}

// kindOf is the type that a metric has, if it has a series.
func kindOf(metrics, name string) string {
	_, after, _ := strings.Cut(metrics, "# TYPE "+name+" ")
	kind, _, _ := strings.Cut(after, "\n")
	return kind
}
