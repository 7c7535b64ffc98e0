package testbed

import (
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Roll reads an ordered list by pages, be it of links or of entities.
type Roll func(store.Page) ([]Stop, store.Flags)

// Stop is one element of a roll.
type Stop struct {
	ID     diplomacy.ID // of the link's record or the entity
	Cursor store.Cursor
}

// LinkRoll reads the links of the first id of a query.
func (l MustReader) LinkRoll(q store.LinkQuery) Roll {
	return func(p store.Page) ([]Stop, store.Flags) {
		l.Helper()
		q.Page = p
		page := l.Links(q)[0]
		stops := make([]Stop, len(page.Links))
		for i, link := range page.Links {
			stops[i] = Stop{link.Via, link.Cursor}
		}
		return stops, page.Flags
	}
}

// ListRoll reads a list by pages.
func (l MustReader) ListRoll(q store.ListQuery) Roll {
	return func(p store.Page) ([]Stop, store.Flags) {
		l.Helper()
		q.Page = p
		page := l.List(q)
		stops := make([]Stop, len(page.Entries))
		for i, entry := range page.Entries {
			stops[i] = Stop{entry.ID, entry.Cursor}
		}
		return stops, page.Flags
	}
}

// All is the whole roll as one page.
func (r Roll) All() []Stop {
	stops, _ := r(Whole)
	return stops
}

// IDsAt returns the ids of stops.
func IDsAt(stops []Stop) []diplomacy.ID {
	ids := make([]diplomacy.ID, len(stops))
	for i, s := range stops {
		ids[i] = s.ID
	}
	return ids
}

// Walk goes through the roll in steps of a page, from its end if last, and
// gives it in the roll's order.
func (r Roll) Walk(t Tester, size int, last bool) []Stop {
	t.Helper()
	p := store.Page{Limit: size, Last: last}
	for all := []Stop(nil); ; {
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
		p.After, p.Before = all[len(all)-1].Cursor, ""
		if last {
			p.After, p.Before = "", all[0].Cursor
		}
	}
}

// Window asks for what lies between two positions of a roll that is known as a
// whole; -1 and its length are its edges. It holds the page and its flags
// against what follows from the whole.
func (r Roll) Window(t Tester, all []Stop, after, before, limit int, last bool) {
	t.Helper()
	p := store.Page{Limit: limit, Last: last}
	if after >= 0 {
		p.After = all[after].Cursor
	}
	if before < len(all) {
		p.Before = all[before].Cursor
	}
	from, to := after+1, min(before, after+1+limit)
	if last {
		from, to = max(after+1, before-limit), before
	}
	got, flags := r(p)
	what := fmt.Sprintf("page of %d (last: %t) after %d and before %d of %d", limit, last, after, before, len(all))
	Equal(t, what, IDsAt(got), IDsAt(all[from:to]))
	Equal(t, "flags of "+what, flags, store.Flags{Previous: from > 0, Next: to < len(all)})
}
