package bolt_test

import (
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// workOf returns the work of a read.
func workOf(t *testing.T, db *bolt.DB, view store.View, read func(store.Reader) error) int64 {
	t.Helper()
	m := store.NewMeter(func(int64, int64) bool { return true })
	view.Meter = m
	s, err := db.Read(background, view)
	ok(t, err)
	defer s.Release()
	ok(t, read(s))
	work, _ := m.Used()
	return work
}

// TestScansCostWhatTheyVisit compares filters that nothing passes with pages of one.
func TestScansCostWhatTheyVisit(t *testing.T) {
	const many = 2_000
	db, _ := openNew(t, bolt.Options{NoSync: true})
	state := putState(t, db, "avalon")
	write(t, db, func(w store.Writer) error { return putMeetings(w, state, 0, many) })
	links := func(q store.LinkQuery) func(store.Reader) error {
		q.Of, q.Along = []diplomacy.ID{state}, []store.Arc{{Kind: diplomacy.ParticipatedIn}}
		return func(r store.Reader) error { _, err := r.Links(background, q); return err }
	}
	list := func(q store.ListQuery) func(store.Reader) error {
		q.Kind, q.Page.Limit = diplomacy.KindEvent, 1
		return func(r store.Reader) error { _, err := r.List(background, q); return err }
	}
	little := workOf(t, db, store.View{}, links(store.LinkQuery{Page: store.Page{Limit: 1}}))
	nothing := store.LinkFilter{Ranks: []diplomacy.Term{"DEPRECATED"}}
	for what, read := range map[string]func(store.Reader) error{
		"links that a filter leaves out": links(store.LinkQuery{Where: nothing, Page: store.Page{Limit: 1}}),
		"entities of another facet":      list(store.ListQuery{Where: store.ListFilter{Facets: []store.FacetTest{{Terms: []diplomacy.Term{"ELECTION"}}}}}),
		"entities of another name":       list(store.ListQuery{Where: store.ListFilter{Name: store.NameTest{Contains: "nobody"}}}),
		"a count of links": func(r store.Reader) error {
			_, err := r.CountLinks(background, store.LinkQuery{Of: []diplomacy.ID{state}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn}}, Distinct: true})
			return err
		},
	} {
		if much := workOf(t, db, store.View{}, read); much < little+many*100 {
			t.Errorf("%s, of %d: %d ns of work; a page of one: %d", what, many, much, little)
		}
	}
}

// TestNameFiltersVisitOnlyTheirRange compares the work of a name that few have, in all
// orders, with that of all names.
func TestNameFiltersVisitOnlyTheirRange(t *testing.T) {
	const many = 5_000
	db, _ := openNew(t, bolt.Options{NoSync: true})
	write(t, db, func(w store.Writer) error { return putPersons(w, 0, many) })
	work := func(test store.NameTest, by store.ListOrder, limit int) int64 {
		q := store.ListQuery{Kind: diplomacy.KindPerson, Order: by, Page: store.Page{Limit: limit}, Where: store.ListFilter{Name: test}}
		return workOf(t, db, store.View{}, func(r store.Reader) error { _, err := r.List(background, q); return err })
	}
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		little := work(store.NameTest{}, by, 10)
		for _, test := range []store.NameTest{{Equals: "Łucja Ødegård 2823"}, {Equals: "nobody"}, {StartsWith: "nunez 49"}} {
			if got := work(test, by, store.MaxPage); got > 5*little {
				t.Errorf("%+v is %d ns of work, ten entities %d", test, got, little)
			}
		}
		if got := work(store.NameTest{Contains: "nobody"}, by, 10); got < many*100 || got > many*1_000 {
			t.Errorf("all of %d names are %d ns of work", many, got)
		}
	}
}

// TestNameFiltersSpareTheCache looks for a name that nobody has: the decoded records that other
// reads need stay in the cache.
func TestNameFiltersSpareTheCache(t *testing.T) {
	const many, most = 5_000, 1_000
	db, _ := openNew(t, bolt.Options{NoSync: true})
	write(t, db, func(w store.Writer) error { return putPersons(w, 0, many) })
	for _, test := range []store.NameTest{{Equals: "nobody"}, {StartsWith: "nunez"}, {Contains: "nobody"}} {
		before := db.Stats().DecodedKept
		workOf(t, db, store.View{}, func(r store.Reader) error {
			q := store.ListQuery{Kind: diplomacy.KindPerson, Where: store.ListFilter{Name: test}, Page: store.Page{Limit: 20}}
			_, err := r.List(background, q)
			if err == nil {
				_, err = r.CountList(background, q)
			}
			return err
		})
		if added := db.Stats().DecodedKept - before; added > most {
			t.Errorf("%+v put %d records into the cache", test, added)
		}
	}
}

// TestDatedWalksVisitOnlyTheirRange asks for a month in the middle of many, in both directions,
// of links and of entities, with what began at an unknown time beside it.
func TestDatedWalksVisitOnlyTheirRange(t *testing.T) {
	const many = 5_000
	db, _ := openNew(t, bolt.Options{NoSync: true})
	state := putState(t, db, "avalon")
	write(t, db, func(w store.Writer) error { return putMeetings(w, state, 0, many) })
	write(t, db, func(w store.Writer) error {
		undated := &diplomacy.Event{Thing: named("undated"), Type: "MEETING"}
		if err := w.Put(background, undated); err != nil {
			return err
		}
		return w.Put(background, &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: state, Object: undated.ID})
	})
	for _, row := range []struct {
		when  string
		match diplomacy.Match
		found int
	}{{"1987-05", diplomacy.Possible, 17}, {"1987-05", diplomacy.Certain, 17}, {"2024-11/..", diplomacy.Possible, 16}} {
		tests := []store.TimeTest{{Relation: store.Within, Match: row.match, Window: diplomacy.MustParseTime(row.when).Window()}}
		for _, descending := range []bool{false, true} {
			links := func(r store.Reader, page store.Page, where []store.TimeTest) (int, error) {
				found, err := r.Links(background, store.LinkQuery{
					Of: []diplomacy.ID{state}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn}}, Descending: descending, Page: page, Where: store.LinkFilter{Times: where},
				})
				return len(found[0].Links), err
			}
			list := func(r store.Reader, page store.Page, where []store.TimeTest) (int, error) {
				found, err := r.List(background, store.ListQuery{
					Kind: diplomacy.KindEvent, Order: store.ByDate, Descending: descending, Page: page, Where: store.ListFilter{Times: where},
				})
				return len(found.Entries), err
			}
			for what, read := range map[string]func(store.Reader, store.Page, []store.TimeTest) (int, error){"links": links, "list": list} {
				little := workOf(t, db, store.View{}, func(r store.Reader) error { _, err := read(r, store.Page{Limit: 50}, nil); return err })
				work := workOf(t, db, store.View{}, func(r store.Reader) error {
					n, err := read(r, store.Page{Limit: store.MaxPage}, tests)
					if n != row.found {
						t.Errorf("%d %s pass %v", n, what, row)
					}
					return err
				})
				if work > little {
					t.Errorf("%s of %v, descending %t: %d ns of work, fifty are %d", what, row, descending, work, little)
				}
			}
		}
	}
}
