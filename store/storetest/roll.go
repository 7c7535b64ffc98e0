package storetest

import (
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// roll reads an ordered list by pages, be it of links or of entities.
type roll func(store.Page) ([]stop, store.Flags)

// stop is one element of a roll.
type stop struct {
	id     diplomacy.ID // of the link's record or the entity
	cursor store.Cursor
}

// linkRoll reads the links of the first id of a query.
func (l look) linkRoll(q store.LinkQuery) roll {
	return func(p store.Page) ([]stop, store.Flags) {
		l.Helper()
		q.Page = p
		page := l.links(q)[0]
		stops := make([]stop, len(page.Links))
		for i, link := range page.Links {
			stops[i] = stop{link.Via, link.Cursor}
		}
		return stops, page.Flags
	}
}

func (l look) listRoll(q store.ListQuery) roll {
	return func(p store.Page) ([]stop, store.Flags) {
		l.Helper()
		q.Page = p
		page := l.list(q)
		stops := make([]stop, len(page.Entries))
		for i, entry := range page.Entries {
			stops[i] = stop{entry.ID, entry.Cursor}
		}
		return stops, page.Flags
	}
}

// all is the whole roll as one page.
func (r roll) all() []stop {
	stops, _ := r(whole)
	return stops
}

func idsAt(stops []stop) []diplomacy.ID {
	ids := make([]diplomacy.ID, len(stops))
	for i, s := range stops {
		ids[i] = s.id
	}
	return ids
}

// walk goes through the roll in steps of a page, from its end if last, and
// gives it in the roll's order.
func (r roll) walk(t tester, size int, last bool) []stop {
	t.Helper()
	p := store.Page{Limit: size, Last: last}
	for all := []stop(nil); ; {
		page, flags := r(p)
		more := flags.Next
		if last {
			more, all = flags.Previous, append(slices.Clone(page), all...)
		} else {
			all = append(all, page...)
		}
		if !more {
			return all
		}
		if len(page) != size || len(all) > store.MaxPage {
			t.Fatalf("a page of %d has %d elements and says that there are more than %d", size, len(page), len(all))
		}
		p.After, p.Before = all[len(all)-1].cursor, ""
		if last {
			p.After, p.Before = "", all[0].cursor
		}
	}
}

// window asks for what lies between two positions of a roll that is known as a
// whole; -1 and its length are its edges. It holds the page and its flags
// against what follows from the whole.
func (r roll) window(t tester, all []stop, after, before, limit int, last bool) {
	t.Helper()
	p := store.Page{Limit: limit, Last: last}
	if after >= 0 {
		p.After = all[after].cursor
	}
	if before < len(all) {
		p.Before = all[before].cursor
	}
	from, to := after+1, min(before, after+1+limit)
	if last {
		from, to = max(after+1, before-limit), before
	}
	got, flags := r(p)
	what := fmt.Sprintf("page of %d (last: %t) after %d and before %d of %d", limit, last, after, before, len(all))
	equal(t, what, idsAt(got), idsAt(all[from:to]))
	equal(t, "flags of "+what, flags, store.Flags{Previous: from > 0, Next: to < len(all)})
}
