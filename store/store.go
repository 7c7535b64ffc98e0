package store

import (
	"context"
	"iter"
	"time"

	"chancery/diplomacy"
)

// Store keeps one graph with all its past. Its methods may be called by many
// goroutines at once.
type Store interface {
	// Read opens a snapshot of the graph in a view. Later commits do not show in
	// it. ErrNotFound if there was no such transaction yet. The caller releases
	// the snapshot; an engine may be unable to give space back until then.
	Read(ctx context.Context, view View) (Snapshot, error)

	// Write runs fn and commits what it put as one transaction, durable when
	// Write returns. If fn fails, nothing is written and its error is returned
	// as it is. fn may run more than once: it must have no effect but through
	// its Writer, and not wait for another Write to return. A transaction that
	// changed nothing is not recorded: the zero Transaction is returned.
	//
	// Writes that wait for each other may be made durable together, each still a
	// transaction of its own: one that fails leaves no trace in the others.
	//
	// ErrReadOnly, ErrFull, ErrRetry and ErrOutcomeUnknown are possible beside
	// fn's own errors and those of Writer.
	Write(ctx context.Context, by Commit, fn func(Writer) error) (diplomacy.Transaction, error)

	// Committed is the number of the last transaction that is durable, and a
	// channel that is closed when there is a later one. Nothing falls between the
	// two: whoever has read up to the number and then waits for the channel
	// misses no transaction.
	Committed() (diplomacy.TxNumber, <-chan struct{})

	// Settled is the number of a transaction since which nothing was restricted
	// or released: what a View that is not Restricted shows of the past is the
	// same in every state from that one on. It may be later than it need be, even
	// than the last transaction.
	Settled() diplomacy.TxNumber

	// Check reads everything and yields all that contradicts itself, as one
	// line each: an index without its record, a record without its index, a
	// counter that is off, a dangling id, an invalid record. A sound store
	// yields nothing. The error is that of reading, and ends the sequence.
	Check(ctx context.Context) iter.Seq2[string, error]

	// Close waits for running writes and releases the store. Snapshots must be
	// released before.
	Close() error
}

// Commit says who writes and why.
type Commit struct {
	Author  string
	Message string
	// Unsourced and Reverts are kept in the Transaction as they are.
	Unsourced bool
	Reverts   diplomacy.TxNumber
	// Time is when; zero for now. A time not after that of the last
	// transaction is moved to a microsecond after it.
	Time time.Time
}

// MaxReceiptKey is the length of the longest key of a receipt, in bytes.
const MaxReceiptKey = 1024

// Snapshot is a Reader of one state of the graph. Its methods may be called by
// many goroutines; after Release they answer ErrReleased.
type Snapshot interface {
	Reader
	// Release may be called more than once.
	Release()
}

// Writer is what a transaction's function puts through. Unlike a Snapshot it
// is for that one goroutine, and only until the function returns. As a Reader
// it sees what was put before, and Everything: what is restricted too, and
// entities apart.
type Writer interface {
	Reader

	// Put writes records in their order: one without an ID is new and is given
	// its ID (in place), one with an ID becomes that record's next version. A
	// record equal to its current version is left alone. Statements and evidence
	// are normalized first. The store keeps Head, ValueSince and Confirmed; what
	// the caller set there is ignored, except that an Evidence put with Confirmed
	// equal to any non-zero number is confirmed by this transaction. Records are
	// the store's after Put and must not be changed, even if it fails.
	//
	// Refused is, as a *RefusedError naming the record by its position in the
	// call and all fields at fault as Validate names them: what Validate refuses;
	// a slug or identifier that another entity holds; an end, source or other
	// reference that does not exist (it may come earlier in the same
	// transaction); an ID that no current record has; a change of a statement's
	// predicate or ends, of an evidence's subject, of a judgement's entities; a
	// judgement that contradicts others: DIFFERENT of two that others hold to be
	// the SAME, by whatever chain, or SAME where that would join two held to be
	// DIFFERENT. Its problem is of the field "verdict" and names the judgements,
	// of a long chain the first ones; it is told once nothing else is wrong.
	//
	// A Put that is refused has written the records before that one and nothing
	// of it or those after; fn may go on and put others, to learn what is wrong
	// with them too.
	//
	// On the whole a transaction writes one version and one change of a record,
	// listed in the order in which records were first touched; none of one that
	// is as it was before, or that it both made and retracted.
	Put(ctx context.Context, records ...diplomacy.Record) error

	// Retract closes records: from this transaction on they are not in the
	// graph. Evidence about a retracted record is retracted with it. An entity
	// or source to which current statements, evidence or judgements still refer
	// is refused at the end of the transaction with ErrReferenced. A record
	// that is not there is ErrNotFound.
	Retract(ctx context.Context, ids ...diplomacy.ID) error

	// Restore makes records what they were after transaction known, in the order
	// given, with what the store keeps of them: a version that says the same
	// becomes the next one, with the ValueSince and Confirmed it had then. What
	// was not there then, as before the first transaction, is retracted, if it is
	// there now; what was retracted since is there again under its id, and its
	// revisions go on. It refuses what Put and Retract refuse, Position counting
	// ids.
	Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error

	// Remember keeps a receipt of this transaction under a key, for ever; see
	// Reader.Receipt. A key has 1 to MaxReceiptKey bytes; one that has a receipt
	// already is refused with ErrConflict. A transaction that changed nothing but has a receipt is recorded.
	Remember(ctx context.Context, key string, receipt []byte) error
}
