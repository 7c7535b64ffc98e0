package history_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"

	"pgregory.net/rapid"
)

// logged is what the test knows of a transaction.
type logged struct {
	number int
	time   time.Time
	author string
	topic  int
}

// openLog opens a graph of two topics with a transaction every nine hours, by two authors
// in turn, that touches one of the topics.
func openLog(t *testing.T) (store.Store, []diplomacy.ID, []logged) {
	t.Helper()
	s := graphtest.OpenStore(t)
	topics := make([]*diplomacy.Topic, 2)
	for i := range topics {
		slug := fmt.Sprintf("topic-%d", i)
		topics[i] = &diplomacy.Topic{Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug, Language: "en"}}}}
	}
	var log []logged
	at := time.Date(2026, 2, 27, 6, 0, 0, 0, time.UTC)
	for i := range 14 {
		l := logged{i + 1, at.Add(time.Duration(i) * 9 * time.Hour), []string{"ann", "bob"}[i%2], i % 3 % 2}
		_, err := s.Write(t.Context(), store.Commit{Author: l.author, Time: l.time}, func(w store.Writer) error {
			if l.number == 1 {
				return w.Put(t.Context(), topics[0], topics[1])
			}
			next := *topics[l.topic]
			next.Description = fmt.Sprint(l.number)
			return w.Put(t.Context(), &next)
		})
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, l)
	}
	return s, []diplomacy.ID{topics[0].ID, topics[1].ID}, log
}

// transactionPage is a page of the list of transactions.
type transactionPage struct {
	Nodes    []struct{ Number int }
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
	TotalCount       int
	TotalCountCapped bool
}

func transactionsWhere(t interface{ Fatalf(string, ...any) }, h http.Handler, post func(query string, variables map[string]any) []byte, arguments map[string]any) transactionPage {
	const query = `query($where: TransactionListFilter, $first: Int, $after: String, $last: Int, $before: String) {
		transactions(where: $where, first: $first, after: $after, last: $last, before: $before) {
			nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount totalCountCapped } }`
	text := post(query, arguments)
	var answer struct {
		Data   struct{ Transactions *transactionPage }
		Errors json.RawMessage
	}
	if err := json.Unmarshal(text, &answer); err != nil || answer.Data.Transactions == nil {
		t.Fatalf("%s", text)
	}
	return *answer.Data.Transactions
}

// TestTransactionsPassTheFilter compares the pages, in both directions, of lists with
// arbitrary conditions with a plain evaluation of what is known of each transaction.
func TestTransactionsPassTheFilter(t *testing.T) {
	s, topics, log := openLog(t)
	h := graphtest.NewHandler(s)
	post := func(query string, variables map[string]any) []byte { return graphtest.Post(t, h, query, variables) }
	rapid.Check(t, func(r *rapid.T) {
		where, passes := drawTransactionFilter(r, topics, log)
		var want []int
		for _, l := range slices.Backward(log) {
			if passes(l) {
				want = append(want, l.number)
			}
		}
		size := rapid.IntRange(1, 5).Draw(r, "size")
		for _, backward := range []bool{false, true} {
			got := allTransactions(r, func(arguments map[string]any) transactionPage {
				arguments["where"] = where
				return transactionsWhere(r, h, post, arguments)
			}, len(want), size, backward)
			if !slices.Equal(got, want) {
				r.Fatalf("where %v, backward %v: got %v, want %v", where, backward, got, want)
			}
		}
	})
}

// allTransactions reads page by page.
func allTransactions(r *rapid.T, read func(map[string]any) transactionPage, total, size int, backward bool) (all []int) {
	arguments := map[string]any{"first": size}
	if backward {
		arguments = map[string]any{"last": size}
	}
	for range 20 {
		page := read(arguments)
		if page.TotalCount != total || page.TotalCountCapped {
			r.Fatalf("total %d, capped %v; want %d", page.TotalCount, page.TotalCountCapped, total)
		}
		var numbers []int
		for _, n := range page.Nodes {
			numbers = append(numbers, n.Number)
		}
		if backward {
			all = append(numbers, all...)
			arguments = map[string]any{"last": size, "before": page.PageInfo.StartCursor}
		} else {
			all = append(all, numbers...)
			arguments = map[string]any{"first": size, "after": page.PageInfo.EndCursor}
		}
		if more := page.PageInfo.HasNextPage; !backward && !more {
			return all
		}
		if more := page.PageInfo.HasPreviousPage; backward && !more {
			return all
		}
		if len(numbers) < size {
			r.Fatalf("a page has %d of %d elements, and there is another one", len(numbers), size)
		}
	}
	r.Fatalf("the pages do not end")
	return nil
}

// drawTransactionFilter draws conditions, and returns them as a function too.
func drawTransactionFilter(r *rapid.T, topics []diplomacy.ID, log []logged) (map[string]any, func(logged) bool) {
	where, tests := map[string]any{}, []func(logged) bool{}
	moments := map[string]any{}
	for _, name := range []string{"within", "after", "before"} {
		if !rapid.Bool().Draw(r, name) {
			continue
		}
		text, first, next := drawMoment(r, log)
		moments[name] = text
		tests = append(tests, func(l logged) bool {
			switch name {
			case "within":
				return !l.time.Before(first) && l.time.Before(next)
			case "after":
				return !l.time.Before(next)
			}
			return l.time.Before(first)
		})
	}
	if len(moments) > 0 {
		where["time"] = moments
	}
	if rapid.Bool().Draw(r, "by author") {
		author := rapid.SampledFrom([]string{"ann", "bob", "carl"}).Draw(r, "author")
		where["author"] = []string{author}
		tests = append(tests, func(l logged) bool { return l.author == author })
	}
	if rapid.Bool().Draw(r, "by topic") {
		topic := rapid.IntRange(0, 1).Draw(r, "topic")
		where["touching"] = map[string]any{"entities": []string{topics[topic].String()}}
		tests = append(tests, func(l logged) bool { return l.number == 1 || l.topic == topic })
	}
	return where, func(l logged) bool {
		return !slices.ContainsFunc(tests, func(test func(logged) bool) bool { return !test(l) })
	}
}

// drawMoment draws a day, month, year or instant near the transactions, and returns its
// first instant and the first one after it.
func drawMoment(r *rapid.T, log []logged) (text string, first, next time.Time) {
	at := rapid.SampledFrom(log).Draw(r, "near").time
	day := at.Truncate(24 * time.Hour)
	switch rapid.SampledFrom([]string{"day", "month", "year", "instant"}).Draw(r, "unit") {
	case "day":
		return day.Format(time.DateOnly), day, day.AddDate(0, 0, 1)
	case "month":
		first = day.AddDate(0, 0, 1-day.Day())
		return first.Format("2006-01"), first, first.AddDate(0, 1, 0)
	case "year":
		return "2026", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	default:
		return at.Format(time.RFC3339Nano), at, at.Add(1)
	}
}

func TestTransactionFilterErrorsNameTheArgument(t *testing.T) {
	s, _, _ := openLog(t)
	h := graphtest.NewHandler(s)
	for where, want := range map[string]string{
		`{time: {after: "last week"}}`:        `\"last week\" is neither a day, such as 2020-04-27, nor a moment, such as 2020-04-27T10:00:00Z`,
		`{time: {within: "2026-02-30"}}`:      `\"2026-02-30\" is neither a day`,
		`{touching: {entities: ["nothing"]}}`: `where.touching.entities[0]: `,
	} {
		answer := string(graphtest.Post(t, h, "{ transactions(where: "+where+") { nodes { number } } }", nil))
		if !strings.Contains(answer, want) || !strings.Contains(answer, "BAD_USER_INPUT") {
			t.Errorf("where %s: got %s, want an error that has %s", where, answer, want)
		}
	}
}

// TestLongSearchesStopWithAPosition adds more transactions than one search examines, in
// front of those that match.
func TestLongSearchesStopWithAPosition(t *testing.T) {
	s, _, log := openLog(t)
	for i := range 2_100 {
		graphtest.Commit(t, s, func(w store.Writer) error {
			return graphtest.SetDescription(w, "Topic", "topic-0", fmt.Sprint("noise ", i))
		})
	}
	h := graphtest.NewHandler(s)
	post := func(query string, variables map[string]any) []byte { return graphtest.Post(t, h, query, variables) }
	where := map[string]any{"author": []string{"ann"}}
	page := transactionsWhere(t, h, post, map[string]any{"where": where, "first": 3})
	if len(page.Nodes) != 0 || !page.PageInfo.HasNextPage || page.PageInfo.EndCursor == "" || !page.TotalCountCapped {
		t.Fatalf("the first page is %+v, want an empty one that is not the last", page)
	}
	page = transactionsWhere(t, h, post, map[string]any{"where": where, "first": 500, "after": page.PageInfo.EndCursor})
	if len(page.Nodes) != len(log)/2 || page.PageInfo.HasNextPage {
		t.Errorf("the second page is %+v, want %d nodes and no more", page, len(log)/2)
	}
	page = transactionsWhere(t, h, post, map[string]any{"where": map[string]any{"author": []string{"test"}, "time": map[string]any{"before": "2026-03-04"}}, "last": 3})
	if len(page.Nodes) != 0 || page.PageInfo.HasPreviousPage || page.TotalCountCapped {
		t.Errorf("within a bounded time the page is %+v, want a complete empty one", page)
	}
}
