package storetest

import (
	"testing"
	"time"

	"chancery/store"
	"chancery/store/storetest/internal/model"
	"chancery/store/storetest/internal/testbed"
)

// Model is the reference: a store.Store in plain maps that is meant to be obviously
// right. It lives in memory and is slow beyond some thousand records.
type Model = model.Store

// NewModel makes an empty graph. The clock gives the time of transactions that name
// none.
func NewModel(clock func() time.Time) *Model { return model.New(clock) }

// World is a small invented graph with a record of every kind of entity, a statement
// of most shapes, evidence and a judgement.
type World = testbed.World

// Seed writes a World as one transaction.
func Seed(t testing.TB, s store.Store) *World {
	t.Helper()
	return testbed.Seed(t, s)
}
