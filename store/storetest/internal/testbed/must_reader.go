package testbed

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// Background is the context of calls that must not end early.
var Background = context.Background()

// MustReader is a Reader whose errors end the trial.
type MustReader struct {
	Tester
	Reader store.Reader
}

func (l MustReader) Records(ids ...diplomacy.ID) []diplomacy.Record {
	l.Helper()
	records, err := l.Reader.Records(Background, ids)
	Must(l, err, "records")
	return records
}

func (l MustReader) Record(id diplomacy.ID) diplomacy.Record {
	l.Helper()
	return l.Records(id)[0]
}

func (l MustReader) Find(keys ...store.Key) []diplomacy.ID {
	l.Helper()
	ids, err := l.Reader.Find(Background, keys)
	Must(l, err, "find")
	return ids
}

func (l MustReader) Links(q store.LinkQuery) []store.LinkPage {
	l.Helper()
	pages, err := l.Reader.Links(Background, q)
	Must(l, err, "links")
	return pages
}

func (l MustReader) CountLinks(q store.LinkQuery) []store.Count {
	l.Helper()
	counts, err := l.Reader.CountLinks(Background, q)
	Must(l, err, "count links")
	return counts
}

func (l MustReader) List(q store.ListQuery) store.ListPage {
	l.Helper()
	page, err := l.Reader.List(Background, q)
	Must(l, err, "list")
	return page
}

func (l MustReader) CountList(q store.ListQuery) store.Count {
	l.Helper()
	count, err := l.Reader.CountList(Background, q)
	Must(l, err, "count list")
	return count
}

// needs skips the rest of a trial if the engine lacks a capability.
func (l MustReader) needs(c Capability) {
	if b, ok := l.Tester.(*Bed); ok {
		b.needs(c)
	}
}

// mostRead is more than any trial writes of what is read by pages of two.
const mostRead = 20_000

// Versions pages by two until there are no more.
func (l MustReader) Versions(id diplomacy.ID) []diplomacy.Record {
	l.Helper()
	l.needs(Past)
	var all []diplomacy.Record
	for before := diplomacy.TxNumber(0); ; before = all[len(all)-1].Header().From {
		pages, err := l.Reader.Versions(Background, []diplomacy.ID{id}, before, 2)
		Must(l, err, "versions")
		if all = append(all, pages[0]...); len(pages[0]) < 2 {
			return all
		}
		if len(all) > mostRead {
			l.Fatalf("the versions of %s have no end", id)
		}
	}
}

func (l MustReader) Transactions(numbers ...diplomacy.TxNumber) []*diplomacy.Transaction {
	l.Helper()
	transactions, err := l.Reader.Transactions(Background, numbers)
	Must(l, err, "transactions")
	return transactions
}

// Changes pages by two until there are no more.
func (l MustReader) Changes(number diplomacy.TxNumber) []diplomacy.Change {
	l.Helper()
	l.needs(Past)
	var all []diplomacy.Change
	for {
		page, err := l.Reader.Changes(Background, number, len(all), 2)
		Must(l, err, "changes")
		if all = append(all, page...); len(page) < 2 {
			return all
		}
		if len(all) > mostRead {
			l.Fatalf("the changes of transaction %d have no end", number)
		}
	}
}

// ReceiptOf looks a receipt up.
func (l MustReader) ReceiptOf(key string) (diplomacy.TxNumber, string) {
	l.Helper()
	n, text, err := l.Reader.Receipt(Background, key)
	Must(l, err, "receipt")
	if (n == 0) != (text == nil) {
		l.Fatalf("the receipt of %q is %d, %q", key, n, text)
	}
	return n, string(text)
}

// HasReceipt ends the trial unless a key has this receipt.
func (l MustReader) HasReceipt(key string, n diplomacy.TxNumber, text string) {
	l.Helper()
	gotN, got := l.ReceiptOf(key)
	Equal(l, "transaction of "+key, gotN, n)
	Equal(l, "receipt of "+key, got, text)
}

// HeadsOf returns the heads of records.
func HeadsOf(records []diplomacy.Record) []diplomacy.Head {
	var heads []diplomacy.Head
	for _, r := range records {
		heads = append(heads, *r.Header())
	}
	return heads
}

// LeadsTo ends the test unless the arc leads from a record to just these.
func LeadsTo(b *Bed, from diplomacy.Record, arc store.Arc, to ...diplomacy.Record) {
	b.Helper()
	page := b.Now().Links(Along(from, arc))[0]
	Equal(b, "where the arc leads", NodesOf(page), IDsOf(to...))
	Equal(b, "how many it leads to", b.Now().CountLinks(Along(from, arc))[0], store.Count{N: len(to)})
}

// NodesOf returns the other ends of links.
func NodesOf(page store.LinkPage) []diplomacy.ID {
	var ids []diplomacy.ID
	for _, l := range page.Links {
		ids = append(ids, l.Node)
	}
	return ids
}

// Entries returns the ids of a list.
func Entries(l MustReader, q store.ListQuery) []diplomacy.ID {
	l.Helper()
	return IDsAt(l.ListRoll(q).All())
}
