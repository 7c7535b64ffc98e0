package storetest

import "chancery/store/storetest/internal/testbed"

// Capability is a part of the contract that an engine may not have yet. Run skips the
// trials that need it, and prints the engine's reason.
type Capability = testbed.Capability

// Capabilities. An engine without any stores and reads the present.
const (
	Past           = testbed.Past           // earlier states, versions and changes
	Restoring      = testbed.Restoring      // Writer.Restore
	Receipts       = testbed.Receipts       // Writer.Remember, Reader.Receipt
	Following      = testbed.Following      // Store.Committed, Store.LastRestriction
	Identity       = testbed.Identity       // merged records, and judgements that contradict
	Restriction    = testbed.Restriction    // views without what is restricted
	Concurrency    = testbed.Concurrency    // many readers and writers at once
	LargeGraphs    = testbed.LargeGraphs    // large records, transactions and counts
	SelfInspection = testbed.SelfInspection // Store.Check
)

// Option changes what Run expects of an engine.
type Option = testbed.Option

// Without says that the engine lacks a capability, and why. The reason is printed for
// each trial that is skipped.
func Without(c Capability, reason string) Option { return testbed.Without(c, reason) }
