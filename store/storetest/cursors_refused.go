package storetest

import (
	"errors"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// cursorsOfOthers tries each roll with a cursor of each roll in another order.
func cursorsOfOthers(b *bed) {
	w := Seed(b, b.store)
	ofLinks := along(w.Ann, out(diplomacy.ParticipatedIn))
	down, others := ofLinks, ofLinks
	down.Descending = true
	others.Along = []store.Arc{out(diplomacy.HoldsOffice)}
	list := store.ListQuery{Kind: diplomacy.KindEvent, Page: whole}
	byDate, listDown := list, list
	byDate.Order, listDown.Descending = store.ByDate, true
	l := b.now()
	given := []store.Cursor{
		l.linkRoll(ofLinks).all()[0].cursor, l.linkRoll(down).all()[0].cursor, l.linkRoll(others).all()[0].cursor,
		l.listRoll(list).all()[0].cursor, l.listRoll(byDate).all()[0].cursor, l.listRoll(listDown).all()[0].cursor,
	}
	for i, cursor := range given {
		page := store.Page{After: cursor, Limit: 1}
		for j, q := range []store.LinkQuery{ofLinks, down, others} {
			q.Page = page
			_, err := l.reader.Links(background, q)
			goodOnlyFor(b, i, j, err)
		}
		for j, q := range []store.ListQuery{list, byDate, listDown} {
			q.Page = page
			_, err := l.reader.List(background, q)
			goodOnlyFor(b, i, j+3, err)
		}
	}
}

func goodOnlyFor(b *bed, cursor, query int, err error) {
	b.Helper()
	if cursor == query && err != nil || cursor != query && !errors.Is(err, store.ErrCursor) {
		b.Errorf("cursor of query %d in query %d: %v", cursor, query, err)
	}
}

func cursorsGarbage(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Ann, out(diplomacy.ParticipatedIn))
	list := store.ListQuery{Kind: diplomacy.KindEvent}
	l := b.now()
	good := l.linkRoll(q).all()[0].cursor
	for _, cursor := range []store.Cursor{
		"x", "\x00", "\xff\xfe", " ", "null", "{}", good + "x", good[:len(good)-1], good[1:],
		store.Cursor(strings.Repeat("a", 10_000)), store.Cursor(strings.Repeat("\x00", 33)),
	} {
		for _, page := range []store.Page{{After: cursor, Limit: 1}, {Before: cursor, Limit: 1}} {
			q.Page, list.Page = page, page
			if _, err := l.reader.Links(background, q); !errors.Is(err, store.ErrCursor) {
				b.Errorf("links with cursor %.40q: %v, want ErrCursor", cursor, err)
			}
			if _, err := l.reader.List(background, list); !errors.Is(err, store.ErrCursor) {
				b.Errorf("list with cursor %.40q: %v, want ErrCursor", cursor, err)
			}
		}
	}
}
