package transactions

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"
)

// scan finds transactions of a snapshot that pass a filter.
type scan struct{ feed.Scan }

// search finds the page of transactions that pass the filter, among those at some indexes,
// and sets what the list says beside them.
func (l Log) search(ctx context.Context, args *arguments.Transactions, among paging.Span, total bool, list *model.TransactionConnection) ([]diplomacy.TxNumber, error) {
	touching, err := l.Feed.Search(ctx, l.Reader, args.Touching)
	if err != nil {
		return nil, err
	}
	defer touching.Close()
	begin := func() *scan {
		return &scan{feed.Scan{Reader: l.Reader, Meter: l.Meter, Authors: args.Authors, Search: touching}}
	}
	if total {
		if list.Count, err = begin().count(ctx, among); err != nil {
			return nil, err
		}
	}
	page := args.Page
	page.Limit = among.To // the search itself limits the page
	rest, err := cursors.SpanBetween(page, int(l.Reader.Revision()), among)
	if err != nil {
		return nil, err
	}
	return begin().page(ctx, rest, args.Page, list)
}

// count counts what passes at the indexes of a span.
func (s *scan) count(ctx context.Context, all paging.Span) (store.Count, error) {
	found, next, err := s.find(ctx, all, store.CountCap, false)
	return store.Count{N: len(found), Capped: next < all.To-all.From}, err
}

// page finds a page and one more, which says whether there is a next page.
func (s *scan) page(ctx context.Context, rest paging.Span, page store.Page, list *model.TransactionConnection) ([]diplomacy.TxNumber, error) {
	found, seen, err := s.find(ctx, rest, page.Limit+1, page.Last)
	if err != nil {
		return nil, err
	}
	more := seen < rest.To-rest.From
	if len(found) > page.Limit {
		found, more = found[:page.Limit], true
	} else if more {
		at := rest.From + seen - 1
		if page.Last {
			at = rest.To - seen
		}
		list.SearchedTo = cursors.Numbered(int(s.Reader.Revision()) - at)
	}
	list.Flags = rest.Flags
	if page.Last {
		list.Previous = list.Previous || more
		slices.Reverse(found)
	} else {
		list.Next = list.Next || more
	}
	return found, nil
}

// find returns the first transactions that pass at the indexes of a span, or the last
// ones, and how many it has examined of the span.
func (s *scan) find(ctx context.Context, within paging.Span, most int, backward bool) (found []diplomacy.TxNumber, seen int, err error) {
	if backward {
		within.From = max(within.From, within.To-feed.MaxExamined)
	} else {
		within.To = min(within.To, within.From+feed.MaxExamined)
	}
	numbers := within.Numbers(s.Reader.Revision())
	if backward {
		slices.Reverse(numbers)
	}
	return s.Find(ctx, numbers, most)
}
