package model

import "chancery/diplomacy"

// Change is what a transaction did to one record.
type Change struct {
	diplomacy.Change
	Old diplomacy.Record // the version that the transaction replaced or withdrew; nil for a new record
	New diplomacy.Record // the version that it wrote; nil for a withdrawal
}

// RecordID returns the id of the record.
func (c *Change) RecordID() diplomacy.ID { return c.Change.Record }

// Kind returns the name of the record's type.
func (c *Change) Kind() string { return c.Change.Record.Kind().String() }

// Record returns the record as the transaction left it; nil if it withdrew it.
func (c *Change) Record() Node { return NodeOf(c.New) }

// Before returns the record as the transaction found it; nil if it was not there.
func (c *Change) Before() Node { return NodeOf(c.Old) }

// Differences lists the fields that the transaction changed.
func (c *Change) Differences() []diplomacy.Difference {
	return diplomacy.Differences(c.Old, c.New)
}
