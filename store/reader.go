package store

import (
	"context"

	"chancery/diplomacy"
)

// Reader reads one state of the graph. All methods but Revision return ErrReleased
// after the end of a snapshot or write, ErrCorrupt for damage, ErrExpensive once the
// Meter of the View or Commit is exhausted, and the error of a context that ends; what
// else they return is named with each.
type Reader interface {
	// Revision returns the number of the last transaction in this state; 0 for an
	// empty graph. It cannot fail.
	Revision() diplomacy.TxNumber

	// Records looks up records by id, in the version of this state, each as its
	// View shows it. A missing record is nil. No other errors.
	Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error)

	// Find looks up entities by slug or identifier; a missing one is the zero ID. No
	// other errors.
	Find(ctx context.Context, keys []Key) ([]diplomacy.ID, error)

	// Same returns for each id the records that are merged with it, as View says,
	// whether this state is read Apart or not: the canonical one first, then by
	// ascending id, each as it was stored. Most records are alone; a missing one has
	// none. No other errors.
	Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error)

	// Links pages over the links of each of the ids, an answer for each. An id that
	// does not exist has no links.
	//
	// Errors: ErrLimit, ErrCursor.
	Links(ctx context.Context, q LinkQuery) ([]LinkPage, error)

	// CountLinks counts what Links would page over for each id, from a counter
	// where there is one (no filter or that of NotDeprecated alone, one arc, the
	// present state, not Distinct), otherwise by counting up to CountCap. It ignores the page. No other errors.
	CountLinks(ctx context.Context, q LinkQuery) ([]Count, error)

	// List pages over all entities of a kind.
	//
	// Errors: ErrLimit, ErrCursor.
	List(ctx context.Context, q ListQuery) (ListPage, error)

	// CountList returns how many entities List would page over: from a counter where
	// there is one, otherwise counted up to CountCap, as CountLinks does. No other
	// errors.
	CountList(ctx context.Context, q ListQuery) (Count, error)

	// Versions returns the versions of each record that this state has, the newest
	// first, at most limit (up to MaxPage) of each. before is the From of the last
	// version seen, or zero to begin. An id that never had a record has no versions.
	//
	// Errors: ErrLimit.
	Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error)

	// Transactions looks up transactions by number; nil for one that this state does
	// not have. No other errors.
	Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error)

	// Changes pages over the changes of a transaction, in their order. after counts
	// the changes already seen. No other errors.
	Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error)

	// Receipt returns what a transaction up to this state remembered under a key, and
	// its number; 0 and nil for none. No other errors.
	Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error)
}

// CountCap is as far as anything is counted one by one.
const CountCap = 10_000

// Count is how many there are; Capped when there are at least N.
type Count struct {
	N      int
	Capped bool
}

// SchemeSlug is the scheme of Key for slugs, unique within a kind. Identifiers
// are unique within the graph.
const SchemeSlug = "slug"

// Key names an entity otherwise than by ID. Values are compared byte by byte.
type Key struct {
	Kind   diplomacy.Kind // for slugs; for identifiers KindNone, or the kind wanted
	Scheme string
	Value  string
}

// Page asks for a part of an ordered list, as the Relay connection
// specification does: of the elements after After and before Before, the first
// Limit, or with Last the last Limit. Elements come in the list's order
// whichever end they are taken from.
type Page struct {
	After, Before Cursor
	Limit         int // at most MaxPage; 0 gives no elements, but the two flags
	Last          bool
}

// MaxPage is the largest Limit; a larger one is ErrLimit.
const MaxPage = 1_000

// Cursor is a place in an ordered list, good for queries in the same order
// along the same arcs, whatever the entity. Cursors of one order compare as
// strings in the ascending order of what they stand for, so that pages of
// several entities can be merged. Its bytes are the engine's; one it did not
// give is refused with ErrCursor.
type Cursor string

// Flags say whether the list, as filtered, has more before and after a page's
// elements, be it within After and Before or beyond them.
type Flags struct{ Previous, Next bool }
