package reading

import (
	"errors"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

// cursorsOfOthers tries each roll with a cursor of each roll in another order.
func cursorsOfOthers(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ofLinks := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	down, others := ofLinks, ofLinks
	down.Descending = true
	others.Along = []store.Arc{testbed.Out(diplomacy.HoldsOffice)}
	list := store.ListQuery{Kind: diplomacy.KindEvent, Page: testbed.Whole}
	byDate, listDown := list, list
	byDate.Order, listDown.Descending = store.ByDate, true
	l := b.Now()
	given := []store.Cursor{
		l.LinkRoll(ofLinks).All()[0].Cursor, l.LinkRoll(down).All()[0].Cursor, l.LinkRoll(others).All()[0].Cursor,
		l.ListRoll(list).All()[0].Cursor, l.ListRoll(byDate).All()[0].Cursor, l.ListRoll(listDown).All()[0].Cursor,
	}
	for i, cursor := range given {
		page := store.Page{After: cursor, Limit: 1}
		for j, q := range []store.LinkQuery{ofLinks, down, others} {
			q.Page = page
			_, err := l.Reader.Links(testbed.Background, q)
			goodOnlyFor(b, i, j, err)
		}
		for j, q := range []store.ListQuery{list, byDate, listDown} {
			q.Page = page
			_, err := l.Reader.List(testbed.Background, q)
			goodOnlyFor(b, i, j+3, err)
		}
	}
}

func goodOnlyFor(b *testbed.Bed, cursor, query int, err error) {
	b.Helper()
	if cursor == query && err != nil || cursor != query && !errors.Is(err, store.ErrCursor) {
		b.Errorf("cursor of query %d in query %d: %v", cursor, query, err)
	}
}

func cursorsGarbage(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	list := store.ListQuery{Kind: diplomacy.KindEvent}
	l := b.Now()
	good := l.LinkRoll(q).All()[0].Cursor
	for _, cursor := range []store.Cursor{
		"x", "\x00", "\xff\xfe", " ", "null", "{}", good + "x", good[:len(good)-1], good[1:],
		store.Cursor(strings.Repeat("a", 10_000)), store.Cursor(strings.Repeat("\x00", 33)),
	} {
		for _, page := range []store.Page{{After: cursor, Limit: 1}, {Before: cursor, Limit: 1}} {
			q.Page, list.Page = page, page
			if _, err := l.Reader.Links(testbed.Background, q); !errors.Is(err, store.ErrCursor) {
				b.Errorf("links with cursor %.40q: %v, want ErrCursor", cursor, err)
			}
			if _, err := l.Reader.List(testbed.Background, list); !errors.Is(err, store.ErrCursor) {
				b.Errorf("list with cursor %.40q: %v, want ErrCursor", cursor, err)
			}
		}
	}
}
