package lists_test

import (
	"strings"
	"testing"

	"chancery/graph/graphtest"
)

// TestRowsAreReadInBatches runs the same queries on a small and on a large graph: the
// number of calls to the store must be the same.
func TestRowsAreReadInBatches(t *testing.T) {
	for name, query := range graphtest.DeepQueries {
		t.Run(name, func(t *testing.T) {
			small, large := callsFor(t, query, 2), callsFor(t, query, 40)
			if strings.Join(small, ",") == "" {
				t.Fatal("the query made no calls")
			}
			if len(small) != len(large) {
				t.Errorf("%d calls for 2 rows a level, %d for 40:\n%v\n%v", len(small), len(large), small, large)
			}
		})
	}
}

// callsFor runs a query on a graph with a number of rows at each level.
func callsFor(t *testing.T, query string, rows int) []string {
	t.Helper()
	s := graphtest.OpenStore(t)
	graphtest.WriteWide(t, s, rows)
	counted := &graphtest.CallCounter{Store: s}
	answer := string(graphtest.Post(t, graphtest.NewUnlimitedHandler(counted), query, nil))
	if strings.Contains(answer, `"errors"`) {
		t.Fatalf("response with errors: %.600s", answer)
	}
	if n := strings.Count(answer, "event-"); n < rows && !strings.Contains(query, "ministers(") {
		t.Fatalf("%d events in the response, want %d: %.600s", n, rows, answer)
	}
	return counted.Calls
}
