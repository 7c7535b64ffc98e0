package testbed

import (
	"flag"
	"runtime/debug"
	"testing"
	"time"

	"chancery/store"
)

// Long makes the comparison with the model look at many more lives.
var Long = flag.Bool("long", false, "compare stores with the model over many more random lives")

// Patience bounds the wait of a trial for what an engine should do at once.
var Patience = flag.Duration("patience", 20*time.Second, "how long a trial of stores waits for what should happen at once")

// Opener makes a fresh, empty store that dates its transactions by the clock.
// The suite closes it, and may open more than one in a test.
type Opener func(t *testing.T, clock func() time.Time) store.Store

// Theme is a group of trials, each with a store of its own.
type Theme struct {
	Name   string
	Trials []Trial
	Needs  []Capability
}

// Trial is one test of a sentence of the contract.
type Trial struct {
	Name string
	Run  func(*Bed)
}

// FailOnPanic is deferred where an engine's answers are used: what the checks of their
// shape let pass may still be nil where a trial needs a value.
func FailOnPanic(t interface{ Errorf(string, ...any) }) {
	if cause := recover(); cause != nil {
		t.Errorf("the trial cannot use an answer of the engine: %v\n%s", cause, debug.Stack())
	}
}
