package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/transactions"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

var transactionListRows = rows{"Query.transactions": transactionList{}}

// Transactions returns a page of the transactions, the newest first.
func Transactions(ctx context.Context) (*model.TransactionConnection, error) {
	return answer[*model.TransactionConnection](ctx, 0)
}

// transactionList fetches a page of the transactions.
type transactionList struct{}

func (transactionList) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	raw := rawArguments(ctx, field.Field)
	args, err := arguments.ReadTransactions(raw)
	if err != nil {
		return err
	}
	args.Touching.Records, err = o.Named(ctx, "where.touching.entities", arguments.FieldOf(raw["where"], "touching.entities"), nil, true)
	if err != nil {
		return err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	selected := selectionOf(ctx, field)
	list, err := o.transactionPage(ctx, reader, args, selected.total)
	if err != nil {
		return err
	}
	numbers := make([]diplomacy.TxNumber, len(list.Items))
	for i, edge := range list.Items {
		numbers[i] = edge.Node.Number
	}
	for _, selection := range selected.ofNodes {
		if err := o.walkTransactions(ctx, selection, numbers); err != nil {
			return err
		}
	}
	o.answers[place{field: field.Field}] = list
	return nil
}

// transactionPage returns the page that arguments ask for, and counts all pages if the
// total is wanted.
func (o *Operation) transactionPage(ctx context.Context, r store.Reader, args *arguments.Transactions, total bool) (*model.TransactionConnection, error) {
	if o.feed == nil && args.Searches() {
		o.feed = feed.New(o.store, feed.Options{})
	}
	list := &model.TransactionConnection{Backward: args.Page.Last}
	numbers, err := transactions.Log{Reader: r, Meter: o.meter, Feed: o.feed}.Page(ctx, args, total, list)
	if err != nil {
		return nil, err
	}
	if err := o.loadTransactions(ctx, numbers); err != nil {
		return nil, err
	}
	for _, n := range numbers {
		list.Items = append(list.Items, &model.ListEdge[*diplomacy.Transaction]{At: transactions.Cursor(n), Node: o.transactions[n]})
	}
	return list, nil
}
