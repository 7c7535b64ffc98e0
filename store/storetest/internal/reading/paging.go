package reading

import (
	"errors"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var paging = testbed.Theme{Name: "paging", Trials: []testbed.Trial{
	{Name: "every page size gives the same list", Run: everySize},
	{Name: "every window and its flags", Run: everyWindow},
	{Name: "a page for each id", Run: pageForEach},
	{Name: "a limit of none", Run: limitNone},
	{Name: "too large a limit", Run: limitTooLarge},
}}

func everySize(b *testbed.Bed) {
	for name, roll := range crowd(b) {
		all := roll.All()
		if len(all) < 3 {
			b.Fatalf("%s has only %d elements", name, len(all))
		}
		for size := 1; size <= len(all)+1; size++ {
			testbed.Equal(b, name+" forward", testbed.IDsAt(roll.Walk(b, size, false)), testbed.IDsAt(all))
			testbed.Equal(b, name+" backward", testbed.IDsAt(roll.Walk(b, size, true)), testbed.IDsAt(all))
		}
	}
}

func everyWindow(b *testbed.Bed) {
	for _, roll := range crowd(b) {
		all := roll.All()
		for after := -1; after < len(all); after++ {
			for before := after + 1; before <= len(all); before++ {
				for _, limit := range []int{0, 1, 2, len(all)} {
					roll.Window(b, all, after, before, limit, false)
					roll.Window(b, all, after, before, limit, true)
				}
			}
		}
	}
}

// pageForEach asks for the links of several ids by one page and one cursor: a
// cursor is a place in the order, not in the list of one id.
func pageForEach(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Of = []diplomacy.ID{w.Ann.ID, w.Bob.ID, w.Anne.ID}
	q.Page.Limit = 1
	first := b.Now().Links(q)
	testbed.Equal(b, "first of ann", viasOf(first[0]), []diplomacy.ID{w.AnnAtSummit.ID})
	testbed.Equal(b, "first of bob", viasOf(first[1]), []diplomacy.ID{w.BobAtTalks.ID})
	testbed.Equal(b, "flags of ann", first[0].Flags, store.Flags{Next: true})
	testbed.Equal(b, "flags of bob", first[1].Flags, store.Flags{})
	q.Page.After = first[0].Links[0].Cursor
	second := b.Now().Links(q)
	testbed.Equal(b, "second of ann", viasOf(second[0]), []diplomacy.ID{w.AnnAtTalks.ID})
	testbed.Equal(b, "of bob, after ann's first", viasOf(second[1]), []diplomacy.ID{w.BobAtTalks.ID})
	testbed.Equal(b, "flags of ann", second[0].Flags, store.Flags{Previous: true})
	testbed.Equal(b, "flags of bob", second[1].Flags, store.Flags{})
	testbed.Equal(b, "of anne", second[2], store.LinkPage{})
}

func limitNone(b *testbed.Bed) {
	ann := testbed.Person("ann")
	for name, roll := range rollsOf(b.Now(), ann) {
		for _, last := range []bool{false, true} {
			got, flags := roll(store.Page{Last: last})
			testbed.Equal(b, name+": elements of an empty list", len(got), 0)
			testbed.Equal(b, name+": flags of an empty list", flags, store.Flags{})
		}
	}
	for name, roll := range crowd(b) {
		got, flags := roll(store.Page{})
		testbed.Equal(b, name+": elements", len(got), 0)
		testbed.Equal(b, name+": flags at the start", flags, store.Flags{Next: true})
		_, flags = roll(store.Page{Last: true})
		testbed.Equal(b, name+": flags at the end", flags, store.Flags{Previous: true})
	}
}

func limitTooLarge(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Page.Limit = store.MaxPage + 1
	r := b.Now().Reader
	_, ofLinks := r.Links(testbed.Background, q)
	_, ofList := r.List(testbed.Background, store.ListQuery{Kind: diplomacy.KindEvent, Page: q.Page})
	for _, err := range []error{ofLinks, ofList} {
		if !errors.Is(err, store.ErrLimit) {
			b.Errorf("a page of %d: %v, want ErrLimit", store.MaxPage+1, err)
		}
	}
}
