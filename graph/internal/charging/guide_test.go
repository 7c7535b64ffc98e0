package charging_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
)

// TestLimitsGuideHasTheDefaults compares the numbers of docs/limits.md with the code.
func TestLimitsGuideHasTheDefaults(t *testing.T) {
	guide := graphtest.ReadFile(t, "docs/limits.md")
	limits := graph.Limits{}.WithDefaults()
	for row, number := range map[string]string{
		"bytes of a document":  fmt.Sprintf("%d KiB", limits.Bytes>>10),
		"tokens of a document": grouped(limits.Tokens),
		"levels of fields":     grouped(limits.Depth),
		"fields, with those of fragments wherever they are spread": grouped(limits.Fields),
		"fields at the root":   grouped(limits.RootFields),
		"aliases":              grouped(limits.Aliases),
		"directives":           grouped(limits.Directives),
		"cost of an operation": grouped(limits.Cost),
		"memory of one operation, for records and its response while they are built": fmt.Sprintf("%d MiB", limits.Memory>>20),
		"length of a page": fmt.Sprintf("%d, at most %d", model.DefaultPage, model.MaxPage),
	} {
		if !strings.Contains(guide, "\n| "+row+" | "+number+" |") {
			t.Errorf("docs/limits.md does not say that the limit of %s is %s", row, number)
		}
	}
}

// grouped formats a number with a comma for thousands.
func grouped(n int) string {
	return regexp.MustCompile(`(\d)(\d{3})$`).ReplaceAllString(fmt.Sprint(n), "$1,$2")
}

// TestLimitsGuideExampleHasItsCost runs the example of docs/limits.md on the sample.
func TestLimitsGuideExampleHasItsCost(t *testing.T) {
	guide := graphtest.ReadFile(t, "docs/limits.md")
	query := regexp.MustCompile("(?s)```graphql\n(.*?)```").FindStringSubmatch(guide)
	bill := regexp.MustCompile("(?s)```json\n(.*?)```").FindStringSubmatch(guide)
	var want struct{ Cost graphtest.Cost }
	if query == nil || bill == nil || json.Unmarshal([]byte(bill[1]), &want) != nil {
		t.Fatal("docs/limits.md has no example")
	}
	h := graph.NewHandler(graphtest.OpenSample(t), graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true, Budget: graph.Budget{Burst: 200_000}})
	got, _ := graphtest.PostForCost(t, h, query[1])
	if diff := cmp.Diff(&want.Cost, got.Extensions.Cost); diff != "" {
		t.Errorf("the example's cost (-guide +response):\n%s", diff)
	}
	sum := int64(0)
	for _, row := range regexp.MustCompile(`(?m)^\|(?: [^|]+ \|){3} (\d+) \|$`).FindAllStringSubmatch(guide, -1) {
		n, err := strconv.ParseInt(row[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if sum != want.Cost.Asked {
		t.Errorf("the rows of the example add up to %d, not %d", sum, want.Cost.Asked)
	}
}
