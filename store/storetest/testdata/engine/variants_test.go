package unfinished

import (
	"context"
	"iter"

	"chancery/diplomacy"
	"chancery/store"
)

// variants are stages of an engine that is written from here.
var variants = map[string]store.Store{
	"nothing works": Store{},
	"nil answers":   variant{},
	"empty answers": variant{answer: func(int) int { return 0 }},
	"short answers": variant{answer: func(n int) int { return max(n-1, 0) }},
	"long answers":  variant{answer: func(n int) int { return n + 3 }},
	"nil records":   variant{answer: func(n int) int { return n }},
	"wrong records": variant{answer: func(n int) int { return n }, record: &diplomacy.Topic{}},
	"typed nil":     variant{answer: func(n int) int { return n }, record: (*diplomacy.Person)(nil)},
}

// variant answers as many elements as it is told to, or without a reader at all.
type variant struct {
	answer func(asked int) int
	record diplomacy.Record
}

func (v variant) Read(context.Context, store.View) (store.Snapshot, error) {
	if v.answer == nil {
		return nil, nil
	}
	return v, nil
}

func (v variant) Write(_ context.Context, _ store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if v.answer == nil {
		return diplomacy.Transaction{}, nil
	}
	return diplomacy.Transaction{Number: 1}, fn(v)
}

func (variant) Committed() (diplomacy.TxNumber, <-chan struct{}) { return 0, nil }
func (variant) LastRestriction() diplomacy.TxNumber              { return 0 }
func (variant) Check(context.Context) iter.Seq2[string, error]   { return nil }
func (variant) Close() error                                     { return nil }
func (variant) Release()                                         {}
func (variant) MarkUnsourced()                                   {}
func (variant) Revision() diplomacy.TxNumber                     { return 0 }
func (variant) Put(context.Context, ...diplomacy.Record) error   { return nil }
func (variant) Retract(context.Context, ...diplomacy.ID) error   { return nil }
func (variant) Restrict(context.Context, ...diplomacy.ID) error  { return nil }
func (variant) Remember(context.Context, string, []byte) error   { return &store.RefusedError{} }
func (variant) Restore(context.Context, diplomacy.TxNumber, ...diplomacy.ID) error {
	return &store.RefusedError{Refusals: []store.Refusal{{Position: 9}}}
}

func (v variant) records(asked int) []diplomacy.Record {
	records := make([]diplomacy.Record, v.answer(asked))
	for i := range records {
		records[i] = v.record
	}
	return records
}

func (v variant) groups(asked int) [][]diplomacy.Record {
	groups := make([][]diplomacy.Record, v.answer(asked))
	for i := range groups {
		groups[i] = v.records(asked)
	}
	return groups
}

func (v variant) Records(_ context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	return v.records(len(ids)), nil
}

func (v variant) Find(_ context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	return make([]diplomacy.ID, v.answer(len(keys))), nil
}

func (v variant) Same(_ context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	return v.groups(len(ids)), nil
}

func (v variant) Links(_ context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	pages := make([]store.LinkPage, v.answer(len(q.Of)))
	for i := range pages {
		pages[i] = store.LinkPage{Links: make([]store.Link, v.answer(min(q.Page.Limit, 3))), Flags: store.Flags{Next: true, Previous: true}}
	}
	return pages, nil
}

func (v variant) CountLinks(_ context.Context, q store.LinkQuery) ([]store.Count, error) {
	return make([]store.Count, v.answer(len(q.Of))), nil
}

func (v variant) List(_ context.Context, q store.ListQuery) (store.ListPage, error) {
	return store.ListPage{Entries: make([]store.Entry, v.answer(min(q.Page.Limit, 3))), Flags: store.Flags{Next: true, Previous: true}}, nil
}

func (variant) CountList(context.Context, store.ListQuery) (store.Count, error) {
	return store.Count{}, nil
}

func (v variant) Versions(_ context.Context, ids []diplomacy.ID, _ diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	return v.groups(len(ids)), nil
}

func (v variant) Transactions(_ context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	return make([]*diplomacy.Transaction, v.answer(len(numbers))), nil
}

func (v variant) Changes(_ context.Context, _ diplomacy.TxNumber, _, limit int) ([]diplomacy.Change, error) {
	return make([]diplomacy.Change, v.answer(min(limit, 2))), nil
}

func (variant) Receipt(context.Context, string) (diplomacy.TxNumber, []byte, error) {
	return 0, nil, nil
}
