package graph_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
)

// TestLimitsAreTold holds the numbers of docs/limits.md against the code's.
func TestLimitsAreTold(t *testing.T) {
	told, err := os.ReadFile("../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	limits := graph.Defaults
	for row, number := range map[string]string{
		"bytes of a document":  fmt.Sprintf("%d KiB", limits.Bytes>>10),
		"tokens of a document": grouped(limits.Tokens),
		"levels of fields":     grouped(limits.Depth),
		"fields, with those of fragments wherever they are spread": grouped(limits.Fields),
		"fields at the root":   grouped(limits.RootFields),
		"aliases":              grouped(limits.Aliases),
		"directives":           grouped(limits.Directives),
		"cost of an operation": grouped(limits.Cost),
		"length of a page":     fmt.Sprintf("%d, at most %d", model.DefaultPage, model.MaxPage),
	} {
		if !strings.Contains(string(told), "\n| "+row+" | "+number+" |") {
			t.Errorf("docs/limits.md does not say that %s is %s", row, number)
		}
	}
}

// grouped writes thousands with a comma.
func grouped(n int) string {
	return regexp.MustCompile(`(\d)(\d{3})$`).ReplaceAllString(fmt.Sprint(n), "$1,$2")
}

// TestTheExampleCostsWhatItSays asks the example of docs/limits.md on the sample.
func TestTheExampleCostsWhatItSays(t *testing.T) {
	told, err := os.ReadFile("../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	query := regexp.MustCompile("(?s)```graphql\n(.*?)```").FindSubmatch(told)
	bill := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(told)
	var want struct{ Cost costs }
	if query == nil || bill == nil || json.Unmarshal(bill[1], &want) != nil {
		t.Fatal("docs/limits.md has no example")
	}
	h := graph.NewHandler(openSample(t), graph.Options{Now: clock, Logger: faults, TellCost: true, Budget: graph.Budget{Size: 200_000}})
	got, _ := anonymously(t, h, string(query[1]))
	if diff := cmp.Diff(&want.Cost, got.Extensions.Cost); diff != "" {
		t.Errorf("the example's cost (-told +answered):\n%s", diff)
	}
	sum := int64(0)
	for _, row := range regexp.MustCompile(`(?m)^\|(?: [^|]+ \|){3} (\d+) \|$`).FindAllSubmatch(told, -1) {
		n, err := strconv.ParseInt(string(row[1]), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if sum != want.Cost.Asked {
		t.Errorf("the rows of the example make %d, not %d", sum, want.Cost.Asked)
	}
}
