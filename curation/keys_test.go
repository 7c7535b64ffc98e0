package curation_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
	"chancery/store/storetest"
)

// TestManyRetries makes one request many times at once, and again of the file when it
// was closed and opened: it is made once.
func TestManyRetries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	request := topic("Trade")
	request.Author, request.Key = "eve", "k1"
	var first curation.Result
	for range 2 {
		db, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		results := make([]curation.Result, 20)
		for i := range results {
			all.Go(func() {
				result, err := curation.Commit(t.Context(), db, request)
				if err != nil {
					t.Error(err)
				}
				results[i] = result
			})
		}
		all.Wait()
		replayed := 0
		for _, r := range results {
			if r.Replayed {
				replayed++
			} else {
				first = r
			}
			if r.Transaction.Number != 1 || r.Outcomes[0].ID.Kind() != diplomacy.KindTopic || r.Outcomes[0].Action != "CREATED" {
				t.Errorf("%+v", r)
			}
		}
		if want := len(results) - 1; replayed < want || revision(t, db) != 1 {
			t.Errorf("%d of %d were replayed, and there are %d transactions", replayed, len(results), revision(t, db))
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if first.Transaction.Number != 1 || len(first.Outcomes[0].Differences) == 0 {
		t.Errorf("nobody was the first: %+v", first)
	}
}

func topic(name any) curation.Request {
	return curation.Request{Changes: []curation.Change{{Kind: diplomacy.KindTopic, Fields: curation.Fields{"name": name}}}}
}

// TestAuthorsAndKeysAreApart makes requests whose authors and keys read the same when
// written one behind the other.
func TestAuthorsAndKeysAreApart(t *testing.T) {
	s := storetest.NewModel(start)
	for i, names := range [][2]string{{"a", "b c"}, {"a b", "c"}, {"a\" \"b", "c"}, {"", "a b c"}} {
		request := topic("Trade")
		request.Author, request.Key = names[0], names[1]
		if result, err := curation.Commit(t.Context(), s, request); err != nil || result.Replayed || int(result.Transaction.Number) != i+1 {
			t.Errorf("%q: %+v, %v", names, result, err)
		}
	}
}

func TestRequestsAreBounded(t *testing.T) {
	many := topic("Trade")
	for range curation.MaxChanges {
		many.Changes = append(many.Changes, many.Changes[0])
	}
	key, message, author, nothing := topic("Trade"), topic("Trade"), topic("Trade"), topic(func() {})
	key.Key, message.Message, author.Author, nothing.Key = strings.Repeat("k", curation.MaxKey+1), strings.Repeat("m", diplomacy.MaxText+1), "\xff", "k"
	for name, request := range map[string]curation.Request{
		"changes TOO_LARGE has 5001 changes; one commit holds at most 5000":         many,
		"key INVALID has 256 bytes; at most 255 are kept":                           key,
		"message INVALID has 20001 bytes; at most 20000 are kept":                   message,
		"author INVALID is not valid UTF-8":                                         author,
		"changes INVALID a value is not valid JSON: json: unsupported type: func()": nothing,
	} {
		s := storetest.NewModel(start)
		_, err := curation.Commit(t.Context(), s, request)
		refused, ok := errors.AsType[*curation.Refused](err)
		if !ok || len(refused.Problems) != 1 {
			t.Errorf("want %s, got %v", name, err)
			continue
		}
		if p := refused.Problems[0]; name != fmt.Sprint(strings.Join(p.Path, "."), " ", p.Code, " ", p.Message) {
			t.Errorf("want %s, got %+v", name, p)
		}
		if revision(t, s) != 0 {
			t.Errorf("%s: something was written", name)
		}
	}
}

// TestManyRefer names a few of those that refer to what is to be closed.
func TestManyRefer(t *testing.T) {
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	request := curation.Request{Unsourced: true, Changes: []curation.Change{{Kind: diplomacy.KindTopic, Label: "_:t", Fields: curation.Fields{"name": "Trade"}}}}
	for i := range 1200 {
		label := fmt.Sprint("_:", i)
		request.Changes = append(request.Changes,
			curation.Change{Kind: diplomacy.KindEvent, Label: label, Fields: curation.Fields{"name": label, "kind": "MEETING"}},
			curation.Change{Kind: diplomacy.Discussed, Fields: curation.Fields{"subject": label, "object": "_:t"}})
	}
	result, err := curation.Commit(t.Context(), s, request)
	if err != nil {
		t.Fatal(err)
	}
	_, err = curation.Commit(t.Context(), s, curation.Request{Changes: []curation.Change{{Action: curation.Close, Target: curation.Ref(result.Outcomes[0].ID.String())}}})
	if err == nil || strings.Count(err.Error(), "discussion_") != 3 || !strings.Contains(err.Error(), "and more than 997 more") {
		t.Error(err)
	}
}

// TestRunsAgain holds that a commit has no effect but through its Writer, which may be
// given to it more than once.
func TestRunsAgain(t *testing.T) {
	s := twice{storetest.NewModel(start)}
	result, err := curation.Commit(t.Context(), s, topic("Trade"))
	if err != nil || len(result.Outcomes) != 1 || result.Transaction.Changes != 1 {
		t.Errorf("%+v, %v", result, err)
	}
	if result, err = curation.Revert(t.Context(), s, curation.RevertRequest{Number: 1}); err != nil || len(result.Outcomes) != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// twice gives up every transaction once before it makes it.
type twice struct{ *storetest.Model }

var errGivenUp = errors.New("given up")

// Write implements store.Store.
func (s twice) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	_, err := s.Model.Write(ctx, by, func(w store.Writer) error { return errors.Join(fn(w), errGivenUp) })
	if !errors.Is(err, errGivenUp) {
		return diplomacy.Transaction{}, err
	}
	return s.Model.Write(ctx, by, fn)
}
