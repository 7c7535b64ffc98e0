package curation_test

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// countingWriter counts the calls of a Writer.
type countingWriter struct {
	store.Writer
	calls *int
}

func (w *countingWriter) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	*w.calls++
	return w.Writer.Records(ctx, ids)
}

func (w *countingWriter) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	*w.calls++
	return w.Writer.Find(ctx, keys)
}

func (w *countingWriter) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	*w.calls++
	return w.Writer.Same(ctx, ids)
}

func (w *countingWriter) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	*w.calls++
	return w.Writer.Links(ctx, q)
}

func (w *countingWriter) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	*w.calls++
	return w.Writer.CountLinks(ctx, q)
}

func (w *countingWriter) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	*w.calls++
	return w.Writer.Versions(ctx, ids, before, limit)
}

func (w *countingWriter) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	*w.calls++
	return w.Writer.Transactions(ctx, numbers)
}

func (w *countingWriter) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	*w.calls++
	return w.Writer.Changes(ctx, number, after, limit)
}

func (w *countingWriter) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
	*w.calls++
	return w.Writer.Receipt(ctx, key)
}

func (w *countingWriter) Put(ctx context.Context, records ...diplomacy.Record) error {
	*w.calls++
	return w.Writer.Put(ctx, records...)
}

func (w *countingWriter) Retract(ctx context.Context, ids ...diplomacy.ID) error {
	*w.calls++
	return w.Writer.Retract(ctx, ids...)
}

func (w *countingWriter) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	*w.calls++
	return w.Writer.Restore(ctx, known, ids...)
}

func (w *countingWriter) Remember(ctx context.Context, key string, receipt []byte) error {
	*w.calls++
	return w.Writer.Remember(ctx, key, receipt)
}
