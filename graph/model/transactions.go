package model

import (
	"context"
	"fmt"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Transactions pages over all transactions, the newest first.
func Transactions(ctx context.Context) (*TransactionConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	page, err := pageArgs(rawArgs(ctx, field))
	if err != nil {
		return nil, err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	last, seal := reader.Revision(), newSeal("transactions")
	span, err := seal.span(page, int(last))
	if err != nil {
		return nil, err
	}
	numbers := span.numbers(last)
	for _, selection := range o.wants(ctx, field).nodeSelections {
		if err := o.aheadTransactions(ctx, selection, numbers); err != nil {
			return nil, err
		}
	}
	list := &TransactionConnection{Flags: span.Flags}
	for _, n := range numbers {
		list.edges = append(list.edges, &ListEdge[*diplomacy.Transaction]{seal.cursor(int(n)), o.transactions[n]})
	}
	return list, o.loadTransactions(ctx, numbers)
}

// TransactionOf is a transaction by its number; nil when there is none.
func TransactionOf(ctx context.Context, number diplomacy.TxNumber) (*diplomacy.Transaction, error) {
	o := From(ctx)
	err := o.loadTransactions(ctx, []diplomacy.TxNumber{number})
	return o.transactions[number], err
}

// aheadTransactions fetches transactions and what is selected of them.
func (o *Operation) aheadTransactions(ctx context.Context, selection ast.SelectionSet, numbers []diplomacy.TxNumber) error {
	if err := o.loadTransactions(ctx, numbers); err != nil {
		return err
	}
	for _, f := range collect(ctx, selection, "Transaction") {
		if f.Name != "reverts" {
			continue
		}
		var reverted []diplomacy.TxNumber
		for _, n := range numbers {
			if t := o.transactions[n]; t != nil {
				reverted = append(reverted, t.Reverts)
			}
		}
		if err := o.aheadTransactions(ctx, f.Selections, reverted); err != nil {
			return err
		}
	}
	return nil
}

func (o *Operation) loadTransactions(ctx context.Context, numbers []diplomacy.TxNumber) error {
	var missing []diplomacy.TxNumber
	for _, n := range numbers {
		if _, known := o.transactions[n]; n != 0 && !known {
			o.transactions[n] = nil
			missing = append(missing, n)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	found, err := reader.Transactions(ctx, missing)
	for i, transaction := range found {
		o.transactions[missing[i]] = transaction
	}
	return err
}

// Change is what a transaction did to one record.
type Change struct {
	diplomacy.Change
	before, after diplomacy.Record
}

// RecordID names the record.
func (c *Change) RecordID() diplomacy.ID { return c.Change.Record }

// Kind is the name of the record's type.
func (c *Change) Kind() string { return c.Change.Record.Kind().String() }

// Record is the record as the transaction left it; nil when it closed it.
func (c *Change) Record() Node { return NodeOf(c.after) }

// Before is the record as the transaction found it; nil when it was not there.
func (c *Change) Before() Node { return NodeOf(c.before) }

// Differences are the fields that it changed.
func (c *Change) Differences() []diplomacy.Difference {
	return diplomacy.Differences(c.before, c.after)
}

// Changes pages over what a transaction did.
func Changes(ctx context.Context, t *diplomacy.Transaction) (*ChangeConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	page, err := pageArgs(rawArgs(ctx, field))
	if err != nil {
		return nil, err
	}
	seal := newSeal(fmt.Sprint("changes of ", t.Number))
	span, err := seal.span(page, t.Changes)
	if err != nil {
		return nil, err
	}
	changes, err := o.changes(ctx, t.Number, span)
	if err != nil {
		return nil, err
	}
	list := &ChangeConnection{Flags: span.Flags}
	for i, change := range changes {
		list.edges = append(list.edges, &ListEdge[*Change]{seal.cursor(t.Changes - span.from - i), change})
	}
	return list, o.aheadChanges(ctx, o.wants(ctx, field).nodeSelections, changes)
}

// changes reads a part of what a transaction did, with the records as it found
// and as it left them, in two calls.
func (o *Operation) changes(ctx context.Context, number diplomacy.TxNumber, part span) ([]*Change, error) {
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.Changes(ctx, number, part.from, part.to-part.from)
	if err != nil {
		return nil, err
	}
	ids := make([]diplomacy.ID, len(found))
	for i, change := range found {
		ids[i] = change.Record
	}
	versions, err := reader.Versions(ctx, ids, number+1, 2)
	changes := make([]*Change, len(found))
	for i, change := range found {
		changes[i] = &Change{Change: change}
		if err == nil {
			changes[i].sides(versions[i], number)
		}
	}
	return changes, err
}

// sides finds among the last versions of a record the one that the transaction
// wrote and the one that it closed.
func (c *Change) sides(versions []diplomacy.Record, number diplomacy.TxNumber) {
	for _, version := range versions {
		switch number {
		case version.Header().From:
			c.after = version
		case version.Header().Until:
			c.before = version
		}
	}
}

func (o *Operation) aheadChanges(ctx context.Context, selections []ast.SelectionSet, changes []*Change) error {
	for _, selection := range selections {
		for _, f := range collect(ctx, selection, "Change") {
			var records []diplomacy.Record
			for _, c := range changes {
				if side := map[string]diplomacy.Record{"record": c.after, "before": c.before}[f.Name]; side != nil {
					records = append(records, side)
				}
			}
			if err := o.aheadRecords(ctx, f.Selections, records); err != nil {
				return err
			}
		}
	}
	return nil
}
