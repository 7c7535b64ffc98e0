package storetest

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

var background = context.Background()

// look is a Reader whose errors end the test.
type look struct {
	tester
	reader store.Reader
}

func (l look) records(ids ...diplomacy.ID) []diplomacy.Record {
	l.Helper()
	records, err := l.reader.Records(background, ids)
	must(l, err, "records")
	return records
}

func (l look) record(id diplomacy.ID) diplomacy.Record {
	l.Helper()
	return l.records(id)[0]
}

func (l look) find(keys ...store.Key) []diplomacy.ID {
	l.Helper()
	ids, err := l.reader.Find(background, keys)
	must(l, err, "find")
	return ids
}

func (l look) links(q store.LinkQuery) []store.LinkPage {
	l.Helper()
	pages, err := l.reader.Links(background, q)
	must(l, err, "links")
	return pages
}

func (l look) countLinks(q store.LinkQuery) []store.Count {
	l.Helper()
	counts, err := l.reader.CountLinks(background, q)
	must(l, err, "count links")
	return counts
}

func (l look) list(q store.ListQuery) store.ListPage {
	l.Helper()
	page, err := l.reader.List(background, q)
	must(l, err, "list")
	return page
}

func (l look) countList(q store.ListQuery) store.Count {
	l.Helper()
	count, err := l.reader.CountList(background, q)
	must(l, err, "count list")
	return count
}

// versions pages by two until there are no more.
func (l look) versions(id diplomacy.ID) []diplomacy.Record {
	l.Helper()
	var all []diplomacy.Record
	for before := diplomacy.TxNumber(0); ; before = all[len(all)-1].Header().From {
		pages, err := l.reader.Versions(background, []diplomacy.ID{id}, before, 2)
		must(l, err, "versions")
		if all = append(all, pages[0]...); len(pages[0]) < 2 {
			return all
		}
	}
}

func (l look) transactions(numbers ...diplomacy.TxNumber) []*diplomacy.Transaction {
	l.Helper()
	transactions, err := l.reader.Transactions(background, numbers)
	must(l, err, "transactions")
	return transactions
}

// changes pages by two until there are no more.
func (l look) changes(number diplomacy.TxNumber) []diplomacy.Change {
	l.Helper()
	var all []diplomacy.Change
	for {
		page, err := l.reader.Changes(background, number, len(all), 2)
		must(l, err, "changes")
		if all = append(all, page...); len(page) < 2 {
			return all
		}
	}
}
