// Package transactions finds pages of the transactions of a graph, the newest first.
package transactions

import (
	"context"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"
)

var cursors = paging.NewSeal("transactions")

// Cursor returns the cursor of a transaction in all pages.
func Cursor(n diplomacy.TxNumber) store.Cursor { return cursors.Numbered(int(n)) }

// Log is the transactions that a reader shows. The feed is needed for filters that search.
type Log struct {
	Reader store.Reader
	Meter  *store.Meter
	Feed   *feed.Feed
}

// Page returns the numbers of the page that arguments ask for, and sets what the list says
// beside it; the total of a search only if it is wanted.
func (l Log) Page(ctx context.Context, args *arguments.Transactions, total bool, list *model.TransactionConnection) ([]diplomacy.TxNumber, error) {
	among, err := within(ctx, l.Reader, args)
	if err != nil {
		return nil, err
	}
	part, err := cursors.SpanBetween(args.Page, int(l.Reader.Revision()), among)
	if err != nil {
		return nil, err
	}
	list.Flags, list.Count.N = part.Flags, among.To-among.From
	if args.Searches() {
		return l.search(ctx, args, among, total, list)
	}
	return part.Numbers(l.Reader.Revision()), nil
}

// within returns the indexes, the last transaction's being 0, of the
// transactions that were committed at the times asked for.
func within(ctx context.Context, r store.Reader, args *arguments.Transactions) (paging.Span, error) {
	last := r.Revision()
	low, high := diplomacy.TxNumber(0), last
	var err error
	if !args.Until.IsZero() {
		if high, err = store.LastUntil(ctx, r, args.Until); err != nil {
			return paging.Span{}, err
		}
	}
	if !args.From.IsZero() {
		if low, err = store.LastUntil(ctx, r, args.From.Add(-1)); err != nil {
			return paging.Span{}, err
		}
	}
	return paging.Span{From: int(last - high), To: int(last - min(low, high))}, nil
}
