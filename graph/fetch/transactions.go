package fetch

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

var transactionRows = rows{
	"Query.transaction":     onDemand{},
	"Thing.transaction":     writtenBy{},
	"Statement.transaction": writtenBy{},
	"Evidence.transaction":  writtenBy{},
	"Judgement.transaction": writtenBy{},
}

// Transaction returns a transaction by its number; nil if there is none.
func (o *Operation) Transaction(ctx context.Context, number diplomacy.TxNumber) (*diplomacy.Transaction, error) {
	err := o.loadTransactions(ctx, []diplomacy.TxNumber{number})
	return o.transactions[number], err
}

// writtenBy fetches the transactions that wrote the versions of records.
type writtenBy struct{}

func (writtenBy) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	var numbers []diplomacy.TxNumber
	for _, record := range of.records(o) {
		numbers = append(numbers, record.Header().From)
	}
	return o.walkTransactions(ctx, field.Selections, numbers)
}

// toTransactions returns the step of a field that leads from objects to
// transactions.
func toTransactions[T any](number func(T) diplomacy.TxNumber) objectStep[T] {
	return func(ctx context.Context, o *Operation, field graphql.CollectedField, of []T) error {
		numbers := make([]diplomacy.TxNumber, len(of))
		for i, object := range of {
			numbers[i] = number(object)
		}
		return o.walkTransactions(ctx, field.Selections, numbers)
	}
}

// walkTransactions fetches transactions and what is selected of them.
func (o *Operation) walkTransactions(ctx context.Context, selection ast.SelectionSet, numbers []diplomacy.TxNumber) error {
	if err := o.loadTransactions(ctx, numbers); err != nil {
		return err
	}
	var found []*diplomacy.Transaction
	for _, number := range numbers {
		if t := o.transactions[number]; t != nil {
			found = append(found, t)
		}
	}
	return transactionType().walk(ctx, o, []ast.SelectionSet{selection}, found)
}

func transactionType() objectType[*diplomacy.Transaction] {
	return objectType[*diplomacy.Transaction]{"Transaction", map[string]objectStep[*diplomacy.Transaction]{
		"reverts": toTransactions(func(t *diplomacy.Transaction) diplomacy.TxNumber { return t.Reverts }),
		"changes": nil,
	}}
}

func (o *Operation) loadTransactions(ctx context.Context, numbers []diplomacy.TxNumber) error {
	var missing []diplomacy.TxNumber
	for _, n := range numbers {
		if _, known := o.transactions[n]; n != 0 && !known {
			put(&o.transactions, n, nil)
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
