package store

import (
	"context"
	"iter"
	"time"

	"chancery/diplomacy"
)

// Store keeps one graph with all its past. Its methods may be called by many
// goroutines at once. A Store that checks who calls it returns ErrForbidden from
// Read, Write and Close; engines do not.
type Store interface {
	// Read opens a snapshot of the graph in a view. Later commits do not show in
	// it. The caller releases the snapshot; an engine may be unable to reuse space
	// until then.
	//
	// Errors: ErrNotFound for a transaction that is not yet there; ErrCorrupt, that
	// of the context.
	Read(ctx context.Context, view View) (Snapshot, error)

	// Write runs fn and commits what it wrote as one transaction, durable when
	// Write returns. If fn fails, nothing is written and its error is returned
	// unchanged. fn may run more than once: it must have no effect but through
	// its Writer, and not wait for another Write to return. A transaction that
	// changed nothing is not recorded: the zero Transaction is returned.
	//
	// Writes that wait for each other may be made durable together, each still a
	// transaction of its own: a failed one has no effect on the others.
	//
	// Errors: that of fn; ErrReferenced for a retracted record that is still
	// referred to; ErrReadOnly, ErrFull, ErrRetry, ErrCorrupt, and that of a context
	// that ended before the commit, after all of which nothing is written;
	// ErrOutcomeUnknown.
	Write(ctx context.Context, by Commit, fn func(Writer) error) (diplomacy.Transaction, error)

	// Committed returns the number of the last durable transaction, and a channel
	// that is closed when there is a later one. No transaction falls between the two:
	// a subscriber that has read up to the number and then waits for the channel
	// misses none. It cannot fail.
	Committed() (diplomacy.TxNumber, <-chan struct{})

	// LastRestriction returns the last transaction that changed what is restricted:
	// from it on, a View that is not Restricted shows the same past in every state.
	// An engine that does not know exactly returns a later number, even one later
	// than the last transaction. It cannot fail.
	LastRestriction() diplomacy.TxNumber

	// Check reads everything and yields each contradiction in it as one line: an
	// index without its record, a record without its index, a wrong counter, a
	// reference to nothing, an invalid record. A sound store yields nothing.
	//
	// Errors: of reading, which end the sequence, as ErrCorrupt and that of the
	// context.
	Check(ctx context.Context) iter.Seq2[string, error]

	// Close waits for running writes and releases the store. Snapshots must be
	// released before.
	//
	// Errors: of the engine; the store is closed all the same.
	Close() error
}

// Commit describes a transaction before it is written.
type Commit struct {
	Author  string
	Message string
	// Reverts is the transaction that this one undoes, if any.
	Reverts diplomacy.TxNumber
	// Time of the transaction; zero means now. A time not after that of the
	// last transaction is moved to a microsecond after it.
	Time time.Time
	// Meter counts the work of the Write and of what its function reads; nil for none.
	Meter *Meter
}

// MaxReceiptKey is the length of the longest key of Writer.Remember, in bytes.
const MaxReceiptKey = 1024

// Snapshot is a Reader of one state of the graph. Its methods may be called by
// many goroutines at once; after Release they return ErrReleased, all but Revision.
type Snapshot interface {
	Reader
	// Release gives the snapshot up. It may be called more than once, and cannot
	// fail.
	Release()
}
