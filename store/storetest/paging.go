package storetest

import (
	"errors"
	"slices"

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

// crowd puts a person with links along two arcs, with ties of dates and of
// nodes, and gives the rolls that the tests of paging go over: one or more of
// each kind of query, up and down.
func crowd(b *bed) map[string]roll {
	ann, bank := person("ann"), organization("bank")
	b.put(ann, bank)
	for i, date := range []string{"2019", "2018", "", "2019", "2019-02", "2018"} {
		e := event(slugOf(uint64(i)), date)
		e.Names[0].Value = []string{"Ä", "a", "b"}[i%3]
		e.Status = []diplomacy.Term{"HELD", "CANCELLED"}[i%2]
		b.put(e)
		b.put(statement(diplomacy.ParticipatedIn, ann, e, ""), statement(diplomacy.ParticipatedIn, ann, e, ""))
	}
	b.put(statement(diplomacy.MemberOf, ann, bank, "2018/2019"), statement(diplomacy.MemberOf, ann, bank, ""))
	return rollsOf(b.now(), ann)
}

func rollsOf(l look, ann diplomacy.Record) map[string]roll {
	rolls := map[string]roll{}
	for suffix, descending := range map[string]bool{"": false, " descending": true} {
		q := along(ann, out(diplomacy.ParticipatedIn))
		q.Descending = descending
		rolls["links"+suffix] = l.linkRoll(q)
		q.Distinct = true
		rolls["distinct"+suffix] = l.linkRoll(q)
		q.Along = append(q.Along, out(diplomacy.MemberOf))
		rolls["distinct merged"+suffix] = l.linkRoll(q)
		q.Distinct = false
		rolls["merged"+suffix] = l.linkRoll(q)
		q.Where.Facets = facet(diplomacy.FacetStatus, "HELD")
		rolls["filtered"+suffix] = l.linkRoll(q)
		for name, by := range map[string]store.ListOrder{"by name": store.ByName, "by date": store.ByDate, "by id": store.ByID} {
			list := store.ListQuery{Kind: diplomacy.KindEvent, Order: by, Descending: descending}
			rolls[name+suffix] = l.listRoll(list)
			list.Where.Name.StartsWith = "A"
			rolls[name+" filtered"+suffix] = l.listRoll(list)
		}
	}
	return rolls
}

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

var distinct = theme{"distinct", []trial{
	{"the first of several to one node at one time", firstOfSeveral},
	{"filters come before it", filteredThenDistinct},
}}

func firstOfSeveral(b *bed) {
	ann, talks, call := person("ann"), event("talks", "2019"), event("call", "2019")
	b.put(ann, talks, call)
	var put []*diplomacy.Statement
	for _, e := range []*diplomacy.Event{call, talks, call, talks} {
		s := statement(diplomacy.ParticipatedIn, ann, e, "")
		b.put(s)
		put = append(put, s)
	}
	later := statement(diplomacy.ParticipatedIn, ann, talks, "2020")
	b.put(later)
	q := along(ann, out(diplomacy.ParticipatedIn))
	q.Distinct = true
	equal(b, "first up", viasOf(b.now().links(q)[0]), idsOf(put[1], put[0], later))
	equal(b, "count", b.now().countLinks(q)[0], store.Count{N: 3})
	q.Descending = true
	equal(b, "first down", viasOf(b.now().links(q)[0]), idsOf(later, put[2], put[3]))
	b.retract(put[2].ID)
	equal(b, "without the first", viasOf(b.now().links(q)[0]), idsOf(later, put[0], put[3]))
}

func filteredThenDistinct(b *bed) {
	ann, talks := person("ann"), event("talks", "2019")
	b.put(ann, talks)
	var put []*diplomacy.Statement
	for _, role := range []diplomacy.Term{"HOST", "CHAIR", "CHAIR"} {
		s := statement(diplomacy.ParticipatedIn, ann, talks, "")
		s.Role = role
		b.put(s)
		put = append(put, s)
	}
	q := along(ann, out(diplomacy.ParticipatedIn))
	q.Distinct, q.Where.Roles = true, []diplomacy.Term{"CHAIR"}
	equal(b, "the first chair", viasOf(b.now().links(q)[0]), idsOf(slices.Clone(put[1:2])...))
}
