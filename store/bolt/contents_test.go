package bolt_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/fxamacker/cbor/v2"
)

// contents is everything that a graph holds, as text: its transactions with their
// changes, and its records as several views show them.
type contents struct {
	strings.Builder
	t     testing.TB
	store store.Store
	ids   []diplomacy.ID // of all records that ever were
}

// contentsOf reads a graph in every view and at every transaction.
func contentsOf(t testing.TB, s store.Store) string {
	t.Helper()
	c := &contents{t: t, store: s}
	last := c.read(store.Everything(0), (*contents).history)
	for known := diplomacy.TxNumber(1); known <= last; known++ {
		for _, v := range []store.View{{}, {Apart: true}, {Restricted: true}, store.Everything(0)} {
			v.Known = known
			c.printf("\n# as of transaction %d, apart %t, restricted %t\n", v.Known, v.Apart, v.Restricted)
			c.read(v, (*contents).state)
		}
	}
	return c.String()
}

func (c *contents) printf(format string, args ...any) { fmt.Fprintf(c, format, args...) }

func (c *contents) read(v store.View, print func(*contents, store.Snapshot)) diplomacy.TxNumber {
	c.t.Helper()
	s, err := c.store.Read(background, v)
	ok(c.t, err)
	defer s.Release()
	print(c, s)
	return s.Revision()
}

// history prints transactions, their changes, and all versions of what they changed.
func (c *contents) history(s store.Snapshot) {
	c.t.Helper()
	seen := map[diplomacy.ID]bool{}
	for n := diplomacy.TxNumber(1); n <= s.Revision(); n++ {
		done, err := s.Transactions(background, []diplomacy.TxNumber{n})
		ok(c.t, err)
		c.printf("transaction %d: %s\n", n, encoded(c.t, done[0]))
		changes, err := s.Changes(background, n, 0, store.MaxPage)
		ok(c.t, err)
		for _, change := range changes {
			c.printf("\t%s %s\n", change.Action, change.Record)
			if !seen[change.Record] {
				seen[change.Record] = true
				c.ids = append(c.ids, change.Record)
			}
		}
		of, text, err := s.Receipt(background, fmt.Sprint("receipt-", n))
		ok(c.t, err)
		c.printf("\treceipt of %d: %q\n", of, text)
	}
	versions, err := s.Versions(background, c.ids, 0, store.MaxPage)
	ok(c.t, err)
	for i, id := range c.ids {
		for _, v := range versions[i] {
			c.printf("%s %s\n", id, recordText(c.t, v))
		}
	}
}

// state prints what a view shows of each record, its links and the lists.
func (c *contents) state(s store.Snapshot) {
	c.t.Helper()
	records, err := s.Records(background, c.ids)
	ok(c.t, err)
	same, err := s.Same(background, c.ids)
	ok(c.t, err)
	for i, id := range c.ids {
		c.printf("%s answers as %s, is one of %d\n", id, versionOf(records[i]), len(same[i]))
		c.links(s, id)
	}
	for _, kind := range diplomacy.EntityKinds {
		c.list(s, kind)
	}
}

// links prints all links of a record, and holds the counters against them.
func (c *contents) links(s store.Snapshot, of diplomacy.ID) {
	c.t.Helper()
	q := store.LinkQuery{Of: []diplomacy.ID{of}, Along: allArcs(), Page: store.Page{Limit: store.MaxPage}}
	pages, err := s.Links(background, q)
	ok(c.t, err)
	found := map[store.Arc]int{}
	for _, l := range pages[0].Links {
		found[l.Arc]++
		c.printf("\t%s %d to %s via %s, %v %q %q %q\n", l.Arc.Kind, l.Arc.Direction, l.Node, l.Via, l.Span, l.Role, l.Rank, l.Facets)
	}
	for arc, n := range found {
		q.Along = []store.Arc{arc}
		counts, err := s.CountLinks(background, q)
		ok(c.t, err)
		if counts[0].N != n {
			c.t.Errorf("%s has %d links along %s, direction %d, and counts %d", of, n, arc.Kind, arc.Direction, counts[0].N)
		}
	}
}

func allArcs() (arcs []store.Arc) {
	kinds := []diplomacy.Kind{diplomacy.KindEvidence, diplomacy.KindJudgement}
	for i := range diplomacy.Vocabulary {
		kinds = append(kinds, diplomacy.Vocabulary[i].Predicate)
	}
	for _, kind := range kinds {
		for d := store.Out; d <= store.ForWhom; d++ {
			arcs = append(arcs, store.Arc{Kind: kind, Direction: d})
		}
	}
	return arcs
}

func (c *contents) list(s store.Snapshot, kind diplomacy.Kind) {
	c.t.Helper()
	for order := store.ByName; order <= store.ByID; order++ {
		q := store.ListQuery{Kind: kind, Order: order, Page: store.Page{Limit: store.MaxPage}}
		page, err := s.List(background, q)
		ok(c.t, err)
		n, err := s.CountList(background, q)
		ok(c.t, err)
		if n.N != len(page.Entries) {
			c.t.Errorf("there are %d of %s and count %d", len(page.Entries), kind, n.N)
		}
		for i, e := range page.Entries {
			c.printf("%d of %s in order %d: %s\n", i, kind, order, e.ID)
		}
	}
}

// versionOf names the version of a record.
func versionOf(r diplomacy.Record) string {
	if r == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s of transaction %d", r.Header().ID, r.Header().From)
}

// recordText is a version with what the store keeps in its head.
func recordText(t testing.TB, r diplomacy.Record) string {
	t.Helper()
	h := r.Header()
	return fmt.Sprintf("from %d until %d, revision %d: %s", h.From, h.Until, h.Revision, encoded(t, r))
}

// encoded is a value in CBOR's diagnostic notation, with its keys as in the file.
func encoded(t testing.TB, value any) string {
	t.Helper()
	mode, err := cbor.EncOptions{Sort: cbor.SortCoreDeterministic, Time: cbor.TimeRFC3339Nano, TextMarshaler: cbor.TextMarshalerTextString}.EncMode()
	ok(t, err)
	data, err := mode.Marshal(value)
	ok(t, err)
	text, err := cbor.Diagnose(data)
	ok(t, err)
	return text
}
