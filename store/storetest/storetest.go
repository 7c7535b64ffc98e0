// Package storetest is the one suite that every engine of store.Store passes.
//
// The contract is the comments of package store; each test here holds an engine
// against a sentence of them. The last theme compares the engine with Model, a
// reference kept in plain maps, over random lives and questions.
package storetest

import (
	"flag"
	"testing"
	"time"

	"chancery/store"
)

// long makes the comparison with the model look at many more lives.
var long = flag.Bool("long", false, "compare stores with the model over many more random lives")

// Opener makes a fresh, empty store that dates its transactions by the clock.
// The suite closes it, and may open more than one in a test.
type Opener func(t *testing.T, clock func() time.Time) store.Store

// theme is a group of tests, each with a store of its own.
type theme struct {
	name   string
	trials []trial
}

type trial struct {
	name string
	run  func(*bed)
}

var themes = []theme{
	records, keys, refusals, links, filters, distinct, paging, cursors,
	lists, counts, history, snapshots, writes, retracting, restoring, receipts, staleness,
	identity, contradictions, restricted, following, concurrency, huge,
}

// Run holds the engine against the contract.
func Run(t *testing.T, open Opener) {
	for _, theme := range themes {
		t.Run(theme.name, func(t *testing.T) {
			for _, trial := range theme.trials {
				t.Run(trial.name, func(t *testing.T) { trial.run(newBed(t, open)) })
			}
		})
	}
	t.Run("model", func(t *testing.T) { compareWithModel(t, open) })
}
