package history_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph/graphtest"
	"chancery/store"

	"pgregory.net/rapid"
)

// TestKnownAtTimeReadsTheStateOfThatTime compares states at days, months, years and instants
// with those of the transaction's number.
func TestKnownAtTimeReadsTheStateOfThatTime(t *testing.T) {
	s, _, log := openLog(t)
	h := graphtest.NewHandler(s)
	const topics = `{ topics(orderBy: RECORDED) { nodes { revision description } } transactions(first: 1) { totalCount nodes { number } } }`
	rapid.Check(t, func(r *rapid.T) {
		text, _, next := drawMoment(r, log)
		want := 0
		for _, l := range log {
			if l.time.Before(next) {
				want = l.number
			}
		}
		byTime := string(graphtest.PostRaw(t, h, "query @asOf(knownAtTime: "+fmt.Sprintf("%q", text)+") "+topics, nil))
		byNumber := string(graphtest.PostRaw(t, h, fmt.Sprintf("query @asOf(knownAt: %d) ", want)+topics, nil))
		if withoutCost(byTime) != withoutCost(byNumber) || !strings.Contains(byTime, fmt.Sprintf(`"revision":%d`, want)) {
			r.Fatalf("at %s:\n%s\nwant transaction %d:\n%s", text, byTime, want, byNumber)
		}
	})
}

// withoutCost removes the cost, which looking up the transaction adds to.
func withoutCost(response string) string {
	var r struct {
		Data, Errors json.RawMessage
		Extensions   struct{ Revision int }
	}
	if err := json.Unmarshal([]byte(response), &r); err != nil {
		return err.Error()
	}
	return fmt.Sprint(string(r.Data), string(r.Errors), r.Extensions.Revision)
}

func TestKnownAtTimeOutsideTheLog(t *testing.T) {
	s, _, _ := openLog(t)
	full, empty := graphtest.NewHandler(s), graphtest.NewHandler(graphtest.OpenStore(t))
	for _, c := range []struct {
		arguments string
		h         http.Handler
		want      string
	}{
		{`knownAtTime: "2999"`, full, `"totalCount":14`},
		{`knownAtTime: "2026-02-27T06:00:00Z"`, full, `"totalCount":1`},
		{`knownAtTime: "2026-02-27T05:59:59.999999Z"`, full, "knownAtTime: the graph was empty then; its first transaction was at 2026-02-27T06:00:00Z"},
		{`knownAtTime: "2026-02-26"`, full, "BAD_USER_INPUT"},
		{`knownAtTime: "1 March"`, full, "is neither a day"},
		{`knownAtTime: "2026-03-01", knownAt: 3`, full, "knownAt and knownAtTime are both given"},
		{`knownAtTime: null, knownAt: 3`, full, `"totalCount":3`},
		{`knownAtTime: "2026-03-01"`, empty, `"totalCount":0`},
	} {
		if got := string(graphtest.Post(t, c.h, "query @asOf("+c.arguments+") { transactions { totalCount } }", nil)); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %s", c.arguments, got, c.want)
		}
	}
}

// TestETagOfAMomentChangesWithCommitsBeforeIt: the past stays as it is, but today and the
// future have more transactions later.
func TestETagOfAMomentChangesWithCommitsBeforeIt(t *testing.T) {
	s, _, log := openLog(t)
	h := graphtest.NewHandler(s)
	tag := func(moment string) string {
		t.Helper()
		answer := graphtest.Get(t, h, access.Anonymous, `query @asOf(knownAtTime: "`+moment+`") { transactions { totalCount } }`)
		if answer.Header().Get("ETag") == "" {
			t.Fatalf("at %s there is no ETag: %s", moment, answer.Body)
		}
		return answer.Header().Get("ETag")
	}
	last := log[len(log)-1].time
	past, today, future := last.AddDate(0, 0, -1).Format(time.DateOnly), last.Format(time.DateOnly), "2999"
	before := []string{tag(past), tag(today), tag(future)}
	_, err := s.Write(t.Context(), store.Commit{Author: "ann", Time: last.Add(time.Microsecond)}, func(w store.Writer) error {
		return graphtest.SetDescription(w, "Topic", "topic-0", "later")
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := tag(past); got != before[0] {
		t.Error("a commit of a later day changes the ETag of a past one")
	}
	if got := tag(today); got == before[1] {
		t.Error("a commit of the same day does not change the ETag")
	}
	if got := tag(future); got == before[2] {
		t.Error("a commit does not change the ETag of the future")
	}
}
