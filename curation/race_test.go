package curation_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// TestManyAtOnce has many curators commit, judge, undo and revert at once. Whatever
// is acknowledged was done, as a transaction of its own; whatever is refused left
// nothing behind; and the file is sound.
func TestManyAtOnce(t *testing.T) {
	const curators, rounds = 32, 12
	db, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	people := make([]curation.Ref, 6)
	for i := range people {
		people[i] = curation.Ref(fmt.Sprintf("Person/p-%d", i))
		if _, err := curation.Commit(t.Context(), db, person(fmt.Sprintf("p-%d", i))); err != nil {
			t.Fatal(err)
		}
	}
	acknowledged := ledger{numbers: map[diplomacy.TxNumber]bool{}}
	var all sync.WaitGroup
	for c := range curators {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(c), 1))
			for round := range rounds {
				numbers, err := acts[dice.IntN(len(acts))](t, db, dice, people, fmt.Sprintf("c%d-%d", c, round))
				if refused := (*curation.Refused)(nil); err != nil && !errors.As(err, &refused) {
					t.Error(err)
				}
				acknowledged.note(numbers)
			}
		})
	}
	all.Wait()
	if want := int(revision(t, db)) - len(people); len(acknowledged.numbers) != want {
		t.Errorf("%d transactions were acknowledged, %d were made", len(acknowledged.numbers), want)
	}
	for finding, err := range db.Check(t.Context()) {
		t.Fatal(finding, err)
	}
}

// acts are what a curator may do; each gives the numbers of the transactions it made.
var acts = []func(t *testing.T, s store.Store, dice *rand.Rand, people []curation.Ref, name string) ([]diplomacy.TxNumber, error){
	func(t *testing.T, s store.Store, _ *rand.Rand, _ []curation.Ref, name string) ([]diplomacy.TxNumber, error) {
		done, err := curation.Commit(t.Context(), s, person(name))
		return made(done.Transaction), err
	},
	func(t *testing.T, s store.Store, dice *rand.Rand, _ []curation.Ref, _ string) ([]diplomacy.TxNumber, error) {
		request := topic("Trade") // a retry of somebody's
		request.Author, request.Key = "everybody", fmt.Sprintf("key-%d", dice.IntN(5))
		done, err := curation.Commit(t.Context(), s, request)
		if done.Replayed {
			return nil, err
		}
		return made(done.Transaction), err
	},
	func(t *testing.T, s store.Store, dice *rand.Rand, people []curation.Ref, _ string) ([]diplomacy.TxNumber, error) {
		at := dice.Perm(len(people))
		verdict := diplomacy.Verdicts[dice.IntN(len(diplomacy.Verdicts))]
		done, err := curation.Judge(t.Context(), s, curation.JudgeRequest{A: people[at[0]], B: people[at[1]], Verdict: verdict, Reasons: []string{"a throw of the dice"}})
		if err == nil && dice.IntN(2) == 0 {
			undone, err := curation.Undo(t.Context(), s, curation.UndoRequest{Judgement: curation.Ref(done.Judgement.ID.String())})
			return made(done.Transaction, undone.Transaction), err
		}
		return made(done.Transaction), err
	},
	func(t *testing.T, s store.Store, _ *rand.Rand, people []curation.Ref, _ string) ([]diplomacy.TxNumber, error) {
		last, _ := s.Committed()
		if int(last) <= len(people) {
			return nil, nil // the people themselves stay
		}
		done, err := curation.Revert(t.Context(), s, curation.RevertRequest{Number: last})
		return made(done.Transaction), err
	},
}

func person(slug string) curation.Request {
	return curation.Request{Changes: []curation.Change{{Kind: diplomacy.KindPerson, Fields: curation.Fields{"name": slug, "slug": slug}}}}
}

// made are the numbers of transactions; zero is of none.
func made(transactions ...diplomacy.Transaction) (numbers []diplomacy.TxNumber) {
	for _, t := range transactions {
		if t.Number != 0 {
			numbers = append(numbers, t.Number)
		}
	}
	return numbers
}

// ledger is the transactions that were acknowledged.
type ledger struct {
	mu      sync.Mutex
	numbers map[diplomacy.TxNumber]bool
}

func (l *ledger) note(numbers []diplomacy.TxNumber) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range numbers {
		l.numbers[n] = true
	}
}
