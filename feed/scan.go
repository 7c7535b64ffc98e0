package feed

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Limits of one Scan: how many transactions it examines, and how many changes those have.
// It examines at least one.
const (
	MaxExamined        = 2_000
	maxChangesExamined = 20_000
)

// examineWork is the work, in nanoseconds, of testing what a transaction touched.
const examineWork = 2_000

// Scan examines committed transactions one after another, up to its limits.
type Scan struct {
	Reader  store.Reader
	Meter   *store.Meter
	Authors []string // empty for all
	Search  *Search

	examined, changes int
}

// Find returns up to most of some transactions that match, in their order, and how many it
// has examined.
func (s *Scan) Find(ctx context.Context, among []diplomacy.TxNumber, most int) (found []diplomacy.TxNumber, seen int, err error) {
	const atOnce = 100
	for some := range slices.Chunk(among, atOnce) {
		transactions, err := s.Reader.Transactions(ctx, some)
		if err != nil {
			return nil, 0, err
		}
		for _, t := range transactions {
			if len(found) == most || s.exhausted() {
				return found, seen, nil
			}
			matches, err := s.matches(ctx, t)
			if err != nil {
				return nil, 0, err
			}
			if seen++; matches {
				found = append(found, t.Number)
			}
		}
	}
	return found, seen, nil
}

func (s *Scan) exhausted() bool {
	return s.examined >= MaxExamined || s.changes >= maxChangesExamined
}

func (s *Scan) matches(ctx context.Context, t *diplomacy.Transaction) (bool, error) {
	s.examined++
	if len(s.Authors) > 0 && !slices.Contains(s.Authors, t.Author) {
		return false, nil
	}
	s.changes += t.Changes
	s.Meter.Work(examineWork)
	return s.Search.Matches(ctx, t.Number)
}
