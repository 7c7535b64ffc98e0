package fetch

import (
	"context"
	"time"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// lastUntil is the last transaction that was committed until a time.
type lastUntil struct {
	time   time.Time
	number diplomacy.TxNumber
}

// LastUntil returns the number of the last transaction that was committed at a time or
// before it; of a time in the future, the last one. The answer stays the same for the whole
// operation, whatever commits meanwhile. A time before the first transaction is a user
// error; in a graph without transactions the number is 0.
func (o *Operation) LastUntil(ctx context.Context, until time.Time) (diplomacy.TxNumber, error) {
	if o.until != nil && o.until.time.Equal(until) {
		return o.until.number, nil
	}
	present, err := o.store.Read(ctx, store.View{})
	if err != nil {
		return 0, err
	}
	defer present.Release()
	number, err := store.LastUntil(ctx, present, until)
	if err == nil && number == 0 && present.Revision() > 0 {
		err = beforeFirst(ctx, present)
	}
	if err == nil {
		o.until = &lastUntil{until, number}
	}
	return number, err
}

// beforeFirst returns the user error of a time before the first transaction. An empty graph
// would read like an answer.
func beforeFirst(ctx context.Context, r store.Reader) error {
	first, err := r.Transactions(ctx, []diplomacy.TxNumber{1})
	if err != nil {
		return err
	}
	return model.BadInput("knownAtTime: the graph was empty then; its first transaction was at %s", first[0].Time.Format(time.RFC3339Nano))
}
