package feed

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// Search tests committed transactions against a filter, in any order. It is not safe for
// concurrent use; the caller closes it.
type Search struct {
	which   Filter
	records []diplomacy.ID
	digests *lookup
}

// Search returns a search of the feed. The records of the filter include those that are
// merged with them in the state that the reader reads.
func (f *Feed) Search(ctx context.Context, r store.Reader, which Filter) (*Search, error) {
	records, err := which.identify(ctx, r)
	if err != nil {
		return nil, err
	}
	return &Search{which: which, records: records, digests: f.digests.open()}, nil
}

// Matches reports whether a committed transaction matches the filter. It fails with the
// errors of store.Reader.
func (s *Search) Matches(ctx context.Context, number diplomacy.TxNumber) (bool, error) {
	if s.which.IsZero() {
		return true, nil
	}
	d, err := s.digests.digest(ctx, number)
	return err == nil && s.which.passes(d, s.records), err
}

// Close releases what the search reads from.
func (s *Search) Close() { s.digests.close() }
