package graphtest

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// CallCounter records the calls to the snapshots of a store.
type CallCounter struct {
	store.Store
	Calls []string
}

// Read implements store.Store.
func (c *CallCounter) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	s, err := c.Store.Read(ctx, view)
	return &countedSnapshot{s, c}, err
}

type countedSnapshot struct {
	store.Snapshot
	counter *CallCounter
}

func (s *countedSnapshot) count(call string) { s.counter.Calls = append(s.counter.Calls, call) }

func (s *countedSnapshot) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	s.count("Records")
	return s.Snapshot.Records(ctx, ids)
}

func (s *countedSnapshot) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	s.count("Find")
	return s.Snapshot.Find(ctx, keys)
}

func (s *countedSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	s.count(fmt.Sprint("Links ", q.Along[0].Kind))
	return s.Snapshot.Links(ctx, q)
}

func (s *countedSnapshot) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	s.count("CountLinks")
	return s.Snapshot.CountLinks(ctx, q)
}

func (s *countedSnapshot) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	s.count("List")
	return s.Snapshot.List(ctx, q)
}

func (s *countedSnapshot) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	s.count("Versions")
	return s.Snapshot.Versions(ctx, ids, before, limit)
}

func (s *countedSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	s.count("Transactions")
	return s.Snapshot.Transactions(ctx, numbers)
}

func (s *countedSnapshot) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	s.count("Same")
	return s.Snapshot.Same(ctx, ids)
}

func (s *countedSnapshot) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	s.count("Changes")
	return s.Snapshot.Changes(ctx, number, after, limit)
}

// Hooked returns a store that calls a function before each read of links and of versions,
// which may delay, fail or panic.
func Hooked(s store.Store, hook func() error) store.Store { return hookedStore{s, hook} }

type hookedStore struct {
	store.Store
	hook func() error
}

func (s hookedStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return hookedSnapshot{snapshot, s.hook}, err
}

type hookedSnapshot struct {
	store.Snapshot
	hook func() error
}

func (s hookedSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	if err := s.hook(); err != nil {
		return nil, err
	}
	return s.Snapshot.Links(ctx, q)
}

func (s hookedSnapshot) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	if err := s.hook(); err != nil {
		return nil, err
	}
	return s.Snapshot.Versions(ctx, ids, before, limit)
}
