package telemetry

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// instrumentedSnapshot records each call.
type instrumentedSnapshot struct {
	store.Snapshot
	telemetry *Telemetry
}

// Records implements store.Reader.
func (s *instrumentedSnapshot) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	running := s.telemetry.call(ctx, callRecords, len(ids))
	found, err := s.Snapshot.Records(ctx, ids)
	running.end(len(found), err)
	return found, err
}

// Find implements store.Reader.
func (s *instrumentedSnapshot) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	running := s.telemetry.call(ctx, callFind, len(keys))
	found, err := s.Snapshot.Find(ctx, keys)
	running.end(len(found), err)
	return found, err
}

// Same implements store.Reader.
func (s *instrumentedSnapshot) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	running := s.telemetry.call(ctx, callSame, len(ids))
	found, err := s.Snapshot.Same(ctx, ids)
	running.end(sum(found), err)
	return found, err
}

// Links implements store.Reader.
func (s *instrumentedSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	running := s.telemetry.call(ctx, callLinks, len(q.Of))
	found, err := s.Snapshot.Links(ctx, q)
	running.end(links(found), err)
	return found, err
}

// CountLinks implements store.Reader.
func (s *instrumentedSnapshot) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	running := s.telemetry.call(ctx, callCountLinks, len(q.Of))
	found, err := s.Snapshot.CountLinks(ctx, q)
	running.end(len(found), err)
	return found, err
}

// List implements store.Reader.
func (s *instrumentedSnapshot) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	running := s.telemetry.call(ctx, callList, 1)
	found, err := s.Snapshot.List(ctx, q)
	running.end(len(found.Entries), err)
	return found, err
}

// CountList implements store.Reader.
func (s *instrumentedSnapshot) CountList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	running := s.telemetry.call(ctx, callCountList, 1)
	found, err := s.Snapshot.CountList(ctx, q)
	running.end(1, err)
	return found, err
}

// Versions implements store.Reader.
func (s *instrumentedSnapshot) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	running := s.telemetry.call(ctx, callVersions, len(ids))
	found, err := s.Snapshot.Versions(ctx, ids, before, limit)
	running.end(sum(found), err)
	return found, err
}

// Transactions implements store.Reader.
func (s *instrumentedSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	running := s.telemetry.call(ctx, callTransactions, len(numbers))
	found, err := s.Snapshot.Transactions(ctx, numbers)
	running.end(len(found), err)
	return found, err
}

// Changes implements store.Reader.
func (s *instrumentedSnapshot) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	running := s.telemetry.call(ctx, callChanges, 1)
	found, err := s.Snapshot.Changes(ctx, number, after, limit)
	running.end(len(found), err)
	return found, err
}

// Receipt implements store.Reader.
func (s *instrumentedSnapshot) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
	running := s.telemetry.call(ctx, callReceipt, 1)
	number, receipt, err := s.Snapshot.Receipt(ctx, key)
	running.end(one(number > 0), err)
	return number, receipt, err
}

func sum[T any](groups [][]T) (n int) {
	for _, group := range groups {
		n += len(group)
	}
	return n
}

func links(pages []store.LinkPage) (n int) {
	for _, page := range pages {
		n += len(page.Links)
	}
	return n
}
