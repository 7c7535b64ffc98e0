package storetest

import (
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

var paging = theme{"paging", []trial{
	{"every page size gives the same list", everySize},
	{"every window and its flags", everyWindow},
	{"a page for each id", pageForEach},
	{"a limit of none", limitNone},
	{"too large a limit", limitTooLarge},
}}

func everySize(b *bed) {
	for name, roll := range crowd(b) {
		all := roll.all()
		if len(all) < 3 {
			b.Fatalf("%s has only %d elements", name, len(all))
		}
		for size := 1; size <= len(all)+1; size++ {
			equal(b, name+" forward", idsAt(roll.walk(b, size, false)), idsAt(all))
			equal(b, name+" backward", idsAt(roll.walk(b, size, true)), idsAt(all))
		}
	}
}

func everyWindow(b *bed) {
	for _, roll := range crowd(b) {
		all := roll.all()
		for after := -1; after < len(all); after++ {
			for before := after + 1; before <= len(all); before++ {
				for _, limit := range []int{0, 1, 2, len(all)} {
					roll.window(b, all, after, before, limit, false)
					roll.window(b, all, after, before, limit, true)
				}
			}
		}
	}
}

// pageForEach asks for the links of several ids by one page and one cursor: a
// cursor is a place in the order, not in the list of one id.
func pageForEach(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Ann, out(diplomacy.ParticipatedIn))
	q.Of = []diplomacy.ID{w.Ann.ID, w.Bob.ID, w.Anne.ID}
	q.Page.Limit = 1
	first := b.now().links(q)
	equal(b, "first of ann", viasOf(first[0]), []diplomacy.ID{w.AnnAtSummit.ID})
	equal(b, "first of bob", viasOf(first[1]), []diplomacy.ID{w.BobAtTalks.ID})
	equal(b, "flags of ann", first[0].Flags, store.Flags{Next: true})
	equal(b, "flags of bob", first[1].Flags, store.Flags{})
	q.Page.After = first[0].Links[0].Cursor
	second := b.now().links(q)
	equal(b, "second of ann", viasOf(second[0]), []diplomacy.ID{w.AnnAtTalks.ID})
	equal(b, "of bob, after ann's first", viasOf(second[1]), []diplomacy.ID{w.BobAtTalks.ID})
	equal(b, "flags of ann", second[0].Flags, store.Flags{Previous: true})
	equal(b, "flags of bob", second[1].Flags, store.Flags{})
	equal(b, "of anne", second[2], store.LinkPage{})
}

func limitNone(b *bed) {
	ann := person("ann")
	for name, roll := range rollsOf(b.now(), ann) {
		for _, last := range []bool{false, true} {
			got, flags := roll(store.Page{Last: last})
			equal(b, name+": elements of an empty list", len(got), 0)
			equal(b, name+": flags of an empty list", flags, store.Flags{})
		}
	}
	for name, roll := range crowd(b) {
		got, flags := roll(store.Page{})
		equal(b, name+": elements", len(got), 0)
		equal(b, name+": flags at the start", flags, store.Flags{Next: true})
		_, flags = roll(store.Page{Last: true})
		equal(b, name+": flags at the end", flags, store.Flags{Previous: true})
	}
}

func limitTooLarge(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Ann, out(diplomacy.ParticipatedIn))
	q.Page.Limit = store.MaxPage + 1
	r := b.now().reader
	_, ofLinks := r.Links(background, q)
	_, ofList := r.List(background, store.ListQuery{Kind: diplomacy.KindEvent, Page: q.Page})
	for _, err := range []error{ofLinks, ofList} {
		if !errors.Is(err, store.ErrLimit) {
			b.Errorf("a page of %d: %v, want ErrLimit", store.MaxPage+1, err)
		}
	}
}
