package feed_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/store"
	"chancery/store/bolt"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// openStore opens an empty graph for one test.
func openStore(t testing.TB) store.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func write(t testing.TB, s store.Store, fn func(w store.Writer) error) diplomacy.TxNumber {
	t.Helper()
	done, err := s.Write(context.Background(), store.Commit{Author: "test"}, fn)
	if err != nil {
		t.Fatal(err)
	}
	return done.Number
}

func put(t testing.TB, s store.Store, records ...diplomacy.Record) diplomacy.TxNumber {
	t.Helper()
	return write(t, s, func(w store.Writer) error { return w.Put(context.Background(), records...) })
}

func topic(slug string) *diplomacy.Topic {
	return &diplomacy.Topic{Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug, Language: "en"}}}}
}

// putTopics makes transactions of a topic each.
func putTopics(t testing.TB, s store.Store, n int) (last diplomacy.TxNumber) {
	t.Helper()
	now, _ := s.Committed()
	for i := range n {
		last = put(t, s, topic(fmt.Sprintf("topic-%d", int(now)+i)))
	}
	return last
}

// follow returns the numbers of the transactions that match, up to the last one, which
// must match too.
func follow(t testing.TB, f *feed.Feed, after diplomacy.TxNumber, which feed.Filter, last diplomacy.TxNumber) []diplomacy.TxNumber {
	t.Helper()
	follower, err := f.Follow(t.Context(), after, which)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []diplomacy.TxNumber
	for {
		number, err := follower.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if number == last {
			return numbers
		}
		numbers = append(numbers, number)
	}
}
