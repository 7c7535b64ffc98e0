package telemetry_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/telemetry"
)

// TestEachMetricIsExplained holds docs/operate.md and the metrics to each other: a
// row for each, of its type, and none for what is not there; and no other place of
// the page, such as a query, names one that is not.
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
	for _, name := range regexp.MustCompile(`chancery_[a-z_]+`).FindAllString(string(page), -1) {
		base := name
		for _, part := range []string{"_bucket", "_count", "_sum"} {
			base = strings.TrimSuffix(base, part)
		}
		if !there[base] && !there[name] {
			t.Errorf("docs/operate.md names %s, which is not there", name)
		}
	}
}

// kindOf is the type that a metric has, if it has a series.
func kindOf(metrics, name string) string {
	_, after, _ := strings.Cut(metrics, "# TYPE "+name+" ")
	kind, _, _ := strings.Cut(after, "\n")
	return kind
}
