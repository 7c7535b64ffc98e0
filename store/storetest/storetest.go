// Package storetest is the one suite that every engine of store.Store passes.
//
// The contract is the comments of package store; each trial checks a sentence of them.
// The last theme compares the engine with Model, a reference kept in plain maps, over
// random writes and queries.
//
// A half-finished engine fails or skips each trial in words: its answers are checked
// for their shape, and a panic is the failure of one trial. An engine that lacks a
// Capability says so with Without.
package storetest

import (
	"slices"
	"testing"

	"chancery/store/storetest/internal/machine"
	"chancery/store/storetest/internal/reading"
	"chancery/store/storetest/internal/testbed"
	"chancery/store/storetest/internal/writing"
)

// Opener makes a fresh, empty store that dates its transactions by the clock. The suite
// closes it, and may open more than one in a test.
type Opener = testbed.Opener

// Run tests an engine against the contract. It skips trials that need a capability
// which an option says is missing.
func Run(t *testing.T, open Opener, opts ...Option) {
	o := testbed.Options{Missing: map[testbed.Capability]string{}}
	for _, opt := range opts {
		opt(&o)
	}
	for _, theme := range slices.Concat(reading.Themes, writing.Themes) {
		t.Run(theme.Name, func(t *testing.T) {
			for _, trial := range theme.Trials {
				t.Run(trial.Name, func(t *testing.T) {
					o.SkipWithout(t, theme.Needs...)
					defer testbed.FailOnPanic(t)
					trial.Run(testbed.NewBed(t, open, o))
				})
			}
		})
	}
	t.Run("model", func(t *testing.T) {
		o.SkipWithout(t, testbed.AllCapabilities...)
		defer testbed.FailOnPanic(t)
		machine.Compare(t, open)
	})
}
