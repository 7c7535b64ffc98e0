package model

import (
	"context"
	"time"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// Operation is what the resolvers of one GraphQL operation share: one snapshot
// of the store (of mutations, one for each field), the times asked about, and what
// was fetched ahead.
type Operation struct {
	store store.Store
	known diplomacy.TxNumber
	at    diplomacy.Time // zero when the operation asks for no time
	clock time.Time
	memo  *Memo // nil keeps nothing

	revision diplomacy.TxNumber // of the state that was read last

	snapshot     store.Snapshot
	records      map[diplomacy.ID]diplomacy.Record
	pages        map[place]*linkPage
	about        map[kindAbout][]diplomacy.ID
	siblings     map[diplomacy.ID][]diplomacy.ID
	groups       map[diplomacy.ID][]diplomacy.Record
	histories    map[place]*history
	transactions map[diplomacy.TxNumber]*diplomacy.Transaction
}

// place is a field of one object in the document: what is fetched ahead is put
// there, and found there by its resolver.
type place struct {
	parent diplomacy.ID
	field  *ast.Field
}

type contextKey struct{}

// NewOperation begins an operation on a store, as whoever asks may use it, and
// puts it into the context.
func NewOperation(ctx context.Context, s store.Store, now time.Time) (context.Context, *Operation) {
	o := &Operation{store: s, clock: now}
	o.Renew()
	return WithOperation(ctx, o), o
}

// Renew forgets all that was read and gives the snapshot back: what is read from
// here on sees what was written meanwhile.
func (o *Operation) Renew() {
	o.Release()
	o.revision = 0
	o.records = map[diplomacy.ID]diplomacy.Record{}
	o.pages = map[place]*linkPage{}
	o.about = map[kindAbout][]diplomacy.ID{}
	o.siblings = map[diplomacy.ID][]diplomacy.ID{}
	o.groups = map[diplomacy.ID][]diplomacy.Record{}
	o.histories = map[place]*history{}
	o.transactions = map[diplomacy.TxNumber]*diplomacy.Transaction{}
}

// WithOperation puts an operation into a context.
func WithOperation(ctx context.Context, o *Operation) context.Context {
	return context.WithValue(ctx, contextKey{}, o)
}

// From is the operation of a resolver's context.
func From(ctx context.Context) *Operation { return ctx.Value(contextKey{}).(*Operation) }

// SetTimes makes the whole operation answer as of two times, before anything
// was read: valid time at, and the transaction known; zero for either leaves
// it.
func (o *Operation) SetTimes(at diplomacy.Time, known diplomacy.TxNumber) { o.at, o.known = at, known }

// Reader opens the operation's snapshot at its first use.
func (o *Operation) Reader(ctx context.Context) (store.Reader, error) {
	if o.snapshot == nil {
		snapshot, err := o.store.Read(ctx, store.View{Known: o.known})
		if err != nil {
			return nil, err
		}
		o.snapshot, o.revision = snapshot, snapshot.Revision()
	}
	return o.snapshot, nil
}

// Revision is the number of the transaction that left the state which was read
// last; 0 if nothing was read since the operation began, or began anew.
func (o *Operation) Revision() diplomacy.TxNumber { return o.revision }

// Today is what a field means that asks about no time. It is a day, so that an answer
// does not change with each moment.
func (o *Operation) Today() diplomacy.Time { return diplomacy.DayOf(o.clock) }

// Store is where mutations write. What they may write there has been seen to; what
// they have written does not show in the operation's snapshot.
func (o *Operation) Store() store.Store { return o.store }

// Release gives the snapshot back.
func (o *Operation) Release() {
	if o.snapshot != nil {
		o.snapshot.Release()
		o.snapshot = nil
	}
}

// load fetches those of the records that are not at hand, in one call.
func (o *Operation) load(ctx context.Context, ids []diplomacy.ID) error {
	missing := o.missing(ids)
	if len(missing) == 0 {
		return ctx.Err()
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	records, err := reader.Records(ctx, missing)
	for i, record := range records {
		o.records[missing[i]] = record
		if record != nil {
			o.records[record.Header().ID] = record
		}
	}
	return err
}

// missing are the ids not looked up yet, each once. A record that is not there
// is remembered as nil.
func (o *Operation) missing(ids []diplomacy.ID) []diplomacy.ID {
	var missing []diplomacy.ID
	seen := make(map[diplomacy.ID]struct{}, len(ids))
	for _, id := range ids {
		_, known := o.records[id]
		_, again := seen[id]
		if id != 0 && !known && !again {
			seen[id] = struct{}{}
			missing = append(missing, id)
		}
	}
	return missing
}

// record looks one record up; nil when there is none.
func (o *Operation) record(ctx context.Context, id diplomacy.ID) (diplomacy.Record, error) {
	if record, ok := o.records[id]; ok || id == 0 {
		return record, nil
	}
	err := o.load(ctx, []diplomacy.ID{id})
	return o.records[id], err
}

// get looks up a record of a known type; nil when there is none.
func get[T diplomacy.Record](ctx context.Context, id diplomacy.ID) (T, error) {
	record, err := From(ctx).record(ctx, id)
	typed, _ := record.(T)
	return typed, err
}

// window is the time a field asks about: its own, else the operation's; false
// when neither was given.
func (o *Operation) window(own diplomacy.Time) (diplomacy.Window, bool) {
	if own.IsZero() {
		own = o.at
	}
	return own.Window(), !own.IsZero()
}

// Window is the time the operation asks about; zero when it asks for none.
func (o *Operation) Window() diplomacy.Window {
	w, asked := o.window(diplomacy.Time{})
	if !asked {
		return diplomacy.Window{}
	}
	return w
}
