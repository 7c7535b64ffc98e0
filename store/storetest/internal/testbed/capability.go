package testbed

import "testing"

// Capability is a part of the contract that an engine may not have yet. Run skips
// the trials that need it, and prints the engine's reason.
type Capability string

// Capabilities. An engine without any keeps and reads the present, alone.
const (
	Past           Capability = "past"            // earlier states, versions and changes
	Restoring      Capability = "restoring"       // Writer.Restore
	Receipts       Capability = "receipts"        // Writer.Remember, Reader.Receipt
	Following      Capability = "following"       // Store.Committed, Store.LastRestriction
	Identity       Capability = "identity"        // merged records, and judgements that contradict
	Restriction    Capability = "restriction"     // views without what is restricted
	Concurrency    Capability = "concurrency"     // many readers and writers at once
	LargeGraphs    Capability = "large graphs"    // large records, transactions and counts
	SelfInspection Capability = "self-inspection" // Store.Check
)

// Option changes what Run expects of an engine.
type Option func(*Options)

// Options are what an engine lacks, with the reasons.
type Options struct{ Missing map[Capability]string }

// Without tells that the engine lacks a capability, and why. The reason is printed
// for each trial that is skipped.
func Without(c Capability, reason string) Option {
	return func(o *Options) { o.Missing[c] = reason }
}

// SkipWithout skips a test that needs a missing capability.
func (o Options) SkipWithout(t *testing.T, needs ...Capability) {
	t.Helper()
	for _, c := range needs {
		if reason, missing := o.Missing[c]; missing {
			t.Skipf("the engine lacks %s: %s", c, reason)
		}
	}
}

// AllCapabilities lists every Capability.
var AllCapabilities = []Capability{Past, Restoring, Receipts, Following, Identity, Restriction, Concurrency, LargeGraphs, SelfInspection}
