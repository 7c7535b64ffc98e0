package model

import (
	"context"
	"encoding/binary"
	"fmt"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// Version is a record as it was for a time.
type Version struct{ record diplomacy.Record }

// Revision counts the versions from 1.
func (v *Version) Revision() uint32 { return v.record.Header().Revision }

// Record is the record as it was.
func (v *Version) Record(ctx context.Context) (Node, error) {
	return NodeOf(v.record), aheadOf(ctx, v.record.Header().ID)
}

// aheadOf fetches what the field being resolved selects of a record that was
// found otherwise than by its id.
func aheadOf(ctx context.Context, id diplomacy.ID) error {
	return From(ctx).ahead(ctx, graphql.GetFieldContext(ctx).Field.Selections, []diplomacy.ID{id})
}

// Transaction wrote this version.
func (v *Version) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, v.record.Header().From)
}

// ClosedBy closed this version; nil while it is current.
func (v *Version) ClosedBy(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, v.record.Header().Until)
}

// History pages over every version of a record, the newest first.
func History(ctx context.Context, id diplomacy.ID) (*VersionConnection, error) {
	reader, err := From(ctx).Reader(ctx)
	if err != nil {
		return nil, err
	}
	answers, err := reader.Versions(ctx, []diplomacy.ID{id}, 0, store.MaxPage)
	if err != nil {
		return nil, err
	}
	versions := make([]*Version, len(answers[0]))
	for i, record := range answers[0] {
		versions[i] = &Version{record}
	}
	return pageOf(ctx, "history of "+id.String(), len(versions), func(from, to int) ([]*Version, error) { return versions[from:to], nil })
}

// Transactions pages over all transactions, the newest first.
func Transactions(ctx context.Context) (*TransactionConnection, error) {
	o := From(ctx)
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	last := int(reader.Revision())
	return pageOf(ctx, "transactions", last, func(from, to int) ([]*diplomacy.Transaction, error) {
		var numbers []diplomacy.TxNumber
		for i := from; i < to; i++ {
			numbers = append(numbers, diplomacy.TxNumber(last-i))
		}
		return reader.Transactions(ctx, numbers)
	})
}

// TransactionFilter reads which transactions are meant. An empty list, like one not
// given, tests nothing.
func TransactionFilter(touching map[string]any) feed.Filter {
	types, _ := touching["types"].([]diplomacy.Term)
	filter := feed.Filter{Entities: kindsOf(types)}
	filter.Records, _ = touching["entities"].([]diplomacy.ID)
	filter.Predicates, _ = touching["predicates"].([]diplomacy.Kind)
	return filter
}

// Change is what a transaction did to one record.
type Change struct {
	diplomacy.Change
	number diplomacy.TxNumber
}

// ID names the record.
func (c *Change) ID() diplomacy.ID { return c.Change.Record }

// Record is the record as the transaction left it; nil when it closed it.
func (c *Change) Record(ctx context.Context) (Node, error) {
	reader, err := From(ctx).Reader(ctx)
	if err != nil {
		return nil, err
	}
	answers, err := reader.Versions(ctx, []diplomacy.ID{c.Change.Record}, c.number+1, 1)
	if err != nil || len(answers[0]) == 0 || c.Action == "CLOSED" {
		return nil, err
	}
	return NodeOf(answers[0][0]), aheadOf(ctx, c.Change.Record)
}

// Changes pages over what a transaction did.
func Changes(ctx context.Context, t *diplomacy.Transaction) (*ChangeConnection, error) {
	reader, err := From(ctx).Reader(ctx)
	if err != nil {
		return nil, err
	}
	return pageOf(ctx, fmt.Sprint("changes of ", t.Number), t.Changes, func(from, to int) ([]*Change, error) {
		found, err := reader.Changes(ctx, t.Number, from, to-from)
		changes := make([]*Change, len(found))
		for i := range found {
			changes[i] = &Change{found[i], t.Number}
		}
		return changes, err
	})
}

// pageOf pages over a list whose elements are numbered from its far end: the
// cursor of an element is how many lie behind it, which stays as it is when
// newer ones are put in front.
func pageOf[N any](ctx context.Context, name string, length int, fetch func(from, to int) ([]N, error)) (*List[N], error) {
	field := graphql.GetFieldContext(ctx).Field
	page, err := pageArgs(rawArgs(ctx, field))
	if err != nil {
		return nil, err
	}
	from, to, seal := 0, length, newSeal(name)
	if page.After != "" {
		from, err = seal.position(page.After, length)
		from++
	}
	if page.Before != "" && err == nil {
		to, err = seal.position(page.Before, length)
	}
	if err != nil {
		return nil, err
	}
	to = max(from, to)
	list := &List[N]{Flags: store.Flags{Previous: from > 0, Next: to < length}}
	if surplus := to - from - page.Limit; surplus > 0 && page.Last {
		from, list.Previous = from+surplus, true
	} else if surplus > 0 {
		to, list.Next = to-surplus, true
	}
	nodes, err := fetch(from, to)
	for i, node := range nodes {
		at := binary.BigEndian.AppendUint64(nil, uint64(length-from-i))
		list.edges = append(list.edges, &ListEdge[N]{seal.close(store.Cursor(at)), node})
	}
	return list, err
}

// position is where the element of a cursor of pageOf stands now.
func (s seal) position(sealed store.Cursor, length int) (int, error) {
	cursor, err := s.open(sealed)
	if err != nil || len(cursor) != 8 {
		return 0, store.ErrCursor
	}
	behind := binary.BigEndian.Uint64([]byte(cursor))
	if behind == 0 || behind > uint64(length) {
		return 0, store.ErrCursor
	}
	return length - int(behind), nil
}
