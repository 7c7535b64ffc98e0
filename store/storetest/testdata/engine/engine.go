// Package unfinished is an engine to begin with: every method is there, and none
// does anything yet. CONTRIBUTING.md says how to go on from it.
package unfinished

import (
	"context"
	"errors"
	"iter"

	"chancery/diplomacy"
	"chancery/store"
)

var errUnfinished = errors.New("not implemented yet")

// Store is the engine.
type Store struct{}

var _ store.Store = Store{}

func (Store) Read(context.Context, store.View) (store.Snapshot, error) { return nil, errUnfinished }

func (Store) Write(context.Context, store.Commit, func(store.Writer) error) (diplomacy.Transaction, error) {
	return diplomacy.Transaction{}, errUnfinished
}

func (Store) Committed() (diplomacy.TxNumber, <-chan struct{}) { return 0, nil }

func (Store) LastRestriction() diplomacy.TxNumber { return 0 }

func (Store) Check(context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) { yield("", errUnfinished) }
}

func (Store) Close() error { return nil }
