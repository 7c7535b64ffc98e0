package model

import (
	"context"

	"chancery/diplomacy"
)

// Version is a record as one transaction wrote it, beside the version before.
type Version struct {
	Written diplomacy.Record
	Before  diplomacy.Record // nil for the first version
}

// Revision counts the record's versions from 1.
func (v *Version) Revision() uint32 { return v.Written.Header().Revision }

// Record returns the record as it was written.
func (v *Version) Record() Node { return NodeOf(v.Written) }

// Transaction returns the transaction that wrote this version.
func (v *Version) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return FetcherFrom(ctx).Transaction(ctx, v.Written.Header().From)
}

// ClosedBy returns the transaction that replaced or withdrew this version; nil
// while it is current.
func (v *Version) ClosedBy(ctx context.Context) (*diplomacy.Transaction, error) {
	return FetcherFrom(ctx).Transaction(ctx, v.Written.Header().Until)
}

// Differences lists the fields in which it differs from the version before.
func (v *Version) Differences() []diplomacy.Difference {
	return diplomacy.Differences(v.Before, v.Written)
}
