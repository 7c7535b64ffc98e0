package store

import (
	"context"

	"chancery/diplomacy"
)

// Writer is what the function of a Write reads and writes through. Unlike a
// Snapshot it belongs to one goroutine, and is valid only until the function
// returns; a call after that returns ErrReleased. As a Reader it sees what was
// written through it before, in the view Everything: restricted records too, and
// merged entities each for itself.
//
// A call that returns a *RefusedError, ErrNotFound or ErrConflict has left the
// transaction in order: the function may go on. After any other error it must
// return that.
//
// On the whole a transaction writes one version and one change of a record,
// listed in the order in which records were first written or retracted; none of
// a record that is as it was before, or that it both made and retracted.
type Writer interface {
	Reader

	// Put writes records in their order. One without an ID is new and is given its
	// ID in place; one with an ID becomes that record's next version. A record
	// equal to its current version is left alone. Statements and evidence are
	// normalized first. The store keeps Head, ValueSince and Confirmed and ignores
	// what the caller set there, except that an Evidence put with a Confirmed other
	// than zero is confirmed by this transaction. Records belong to the store after
	// Put and must not be changed, except those that were refused.
	//
	// Put checks each record against the graph as the records before it in the same
	// call left it. It leaves out the records that it refuses, writes all others,
	// and returns one *RefusedError with all refusals of the call, by position, each
	// with all fields at fault. A record is refused for
	//
	//   - what Validate rejects;
	//   - a slug or identifier of another entity. So of two new records with one
	//     slug the second is refused; a slug that an earlier record of the call gives
	//     up is free; and two records that swap their slugs are both refused: one of
	//     them needs another slug in a call before;
	//   - a reference to a record that does not exist. A new record has no ID before
	//     the call that writes it, so only later calls can refer to it;
	//   - an ID that no current record of its kind has;
	//   - a change of a field that is fixed (diplomacy.References);
	//   - a verdict that contradicts other judgements: DIFFERENT of two entities that
	//     a chain of others merges, or SAME where that would merge two that another
	//     calls DIFFERENT. Its problem is at the field "verdict" and names the
	//     judgements, of a long chain the first ones. It is checked last, if the
	//     judgement has no other problem; judgements earlier in the call count, unless
	//     they were refused.
	//
	// A refused record without an ID still has none.
	//
	// Errors: *RefusedError; that of the context, ErrReleased and ErrCorrupt, after
	// which it is not known which records were written.
	Put(ctx context.Context, records ...diplomacy.Record) error

	// Retract closes records in their order: from this transaction on they are not
	// in the graph. Evidence about a retracted record is retracted with it. Whether
	// anything still refers to a retracted entity or source is checked at the end of
	// the transaction: Write then returns ErrReferenced.
	//
	// Errors: ErrNotFound for a record that is not there, as one that was retracted
	// with an earlier one of the call; the records before it are retracted, those
	// after it are not. ErrReleased, ErrCorrupt, that of the context.
	Retract(ctx context.Context, ids ...diplomacy.ID) error

	// Restore makes records what they were after transaction known, in the order
	// given, with what the store keeps of them: an equal version becomes the next
	// one, with the ValueSince and Confirmed that it had then. A record that was not
	// there then (none was before the first transaction, known 0) is retracted if it
	// is there now; a record retracted since is there again under its ID, and its
	// revisions go on.
	//
	// Like Put it checks each record against what the ones before it left, leaves out
	// those it refuses, restores all others, and returns one *RefusedError with all
	// refusals, whose positions count ids. Retracting is never refused; see Retract.
	//
	// Errors: *RefusedError; ErrNotFound for a transaction that is not yet there,
	// which restores nothing; ErrReleased, ErrCorrupt, that of the context.
	Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error

	// Restrict restricts withdrawn sources and statements, of which Put makes no version: no
	// state shows them or what rests on them to a View that is not Restricted. One that is
	// so restricted already stays so. Restore brings such a record back as restricted. The
	// transaction is recorded and marked, even if it changes nothing else.
	//
	// Errors: ErrNotFound for what is not a withdrawn source or statement, after which
	// those before it are restricted and those after it are not; ErrReleased, ErrCorrupt,
	// that of the context.
	Restrict(ctx context.Context, ids ...diplomacy.ID) error

	// Remember keeps a receipt of this transaction under a key permanently; see
	// Reader.Receipt. A key has 1 to MaxReceiptKey bytes. A transaction that changed
	// nothing but has a receipt is recorded.
	//
	// Errors: ErrConflict for a key that has a receipt already; one without a name
	// for a key that is empty or too long; ErrReleased, ErrCorrupt, that of the
	// context.
	Remember(ctx context.Context, key string, receipt []byte) error

	// MarkUnsourced sets Unsourced in the Transaction: its author left statements
	// without evidence on purpose. A mark alone is no change.
	MarkUnsourced()
}
