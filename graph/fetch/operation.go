package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"chancery/curation/duplicates"
	"chancery/diplomacy"
	"chancery/feed"
	"chancery/graph/model"
	"chancery/store"
)

// Operation is what the resolvers of one GraphQL operation share: one snapshot of
// the store (of mutations, one for each field), the times that it asks about, and
// the records fetched so far.
type Operation struct {
	store      store.Store
	known      diplomacy.TxNumber
	at         diplomacy.Time // zero if the operation names no time
	now        time.Time
	today      diplomacy.Time    // the day of now, which each name of a response asks for
	duplicates *duplicates.Cache // nil caches nothing
	meter      *store.Meter      // counts the work of the operation; may be nil
	feed       *feed.Feed        // of what the store shows; nil until it is needed
	until      *lastUntil        // nil until it is looked up
	steps      steps

	snapshot store.Snapshot
	revision diplomacy.TxNumber // of the snapshot opened last
	fetched
}

// ShareFeed lets the operation use a feed, with what it has read, which must be of a store
// with the same rights.
func (o *Operation) ShareFeed(f *feed.Feed) { o.feed = f }

// From returns the operation of a resolver's context.
func From(ctx context.Context) *Operation { return model.FetcherFrom(ctx).(*Operation) }

// Renew gives the snapshot back and forgets what was read from it: the next read
// sees what was written meanwhile.
func (o *Operation) Renew() {
	o.Release()
	o.revision = 0
	o.fetched = fetched{records: model.Records{}, answers: map[place]any{}}
}

// Release gives the snapshot back.
func (o *Operation) Release() {
	if o.snapshot != nil {
		o.snapshot.Release()
		o.snapshot = nil
	}
}

// Count counts the work of the operation and of the store for it. It must be called before
// anything is read.
func (o *Operation) Count(m *store.Meter) { o.store, o.meter = store.Metered(o.store, m), m }

// SetTimes makes the whole operation answer as of a valid time and as of a known
// transaction; zero for either leaves it. It must be called before anything is read.
func (o *Operation) SetTimes(at diplomacy.Time, known diplomacy.TxNumber) { o.at, o.known = at, known }

// Reader returns the operation's snapshot, which the first call opens.
func (o *Operation) Reader(ctx context.Context) (store.Reader, error) {
	if o.snapshot == nil {
		snapshot, err := o.store.Read(ctx, store.View{Known: o.known})
		if o.known > 0 && errors.Is(err, store.ErrNotFound) {
			return nil, &model.UserError{Code: model.CodeNotFound, Message: fmt.Sprintf("knownAt: there is no transaction %d", o.known)}
		}
		if err != nil {
			return nil, err
		}
		o.snapshot, o.revision = snapshot, snapshot.Revision()
	}
	return o.snapshot, nil
}

// Revision returns the number of the last transaction in the state that was read; 0
// if nothing was read since New or Renew.
func (o *Operation) Revision() diplomacy.TxNumber { return o.revision }

// Store returns the store for writing, restricted to what the principal may do. The
// operation's snapshot does not show what is written.
func (o *Operation) Store() store.Store { return o.store }

// Today returns the time at which a field is answered that names none. It is a day,
// so that answers do not change from moment to moment.
func (o *Operation) Today() diplomacy.Time { return o.today }

// Period returns the time that a field asks about: its own, else the operation's,
// else today.
func (o *Operation) Period(own diplomacy.Time) diplomacy.Window {
	return cmp.Or(own, o.at, o.Today()).Window()
}

// DayEnds returns how long Today lasts from now.
func (o *Operation) DayEnds() time.Duration {
	return o.now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour).Sub(o.now)
}
