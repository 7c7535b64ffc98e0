package storetest

import (
	"slices"
	"strings"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

var lists = theme{"lists", []trial{
	{"three orders, both ways", threeOrders},
	{"ties go by id", tiesByID},
	{"only the main name counts", mainName},
	{"names fold", namesFold},
	{"filters", listFilters},
	{"entities come and go", comeAndGo},
}}

func entries(l look, q store.ListQuery) []diplomacy.ID {
	l.Helper()
	return idsAt(l.listRoll(q).all())
}

func named[E diplomacy.Entity](e E, values ...string) E {
	e.Base().Names = nil
	for _, v := range values {
		e.Base().Names = append(e.Base().Names, diplomacy.Name{Value: v})
	}
	return e
}

func threeOrders(b *bed) {
	third, first, second := named(event("a", "2020"), "Zürich"), named(event("c", ""), "zebra"), named(event("b", "-0500"), "Émile")
	b.put(third, first, second, state("other"))
	for by, want := range map[store.ListOrder][]*diplomacy.Event{
		store.ByName: {second, first, third},
		store.ByDate: {first, second, third},
		store.ByID:   {third, first, second},
	} {
		q := store.ListQuery{Kind: diplomacy.KindEvent, Order: by}
		equal(b, "up", entries(b.now(), q), idsOf(want...))
		q.Descending = true
		slices.Reverse(want)
		equal(b, "down", entries(b.now(), q), idsOf(want...))
	}
	for _, kind := range []diplomacy.Kind{diplomacy.KindPerson, diplomacy.KindNone, diplomacy.KindEvidence, diplomacy.ParticipatedIn} {
		equal(b, "nothing", b.now().list(store.ListQuery{Kind: kind, Page: whole}), store.ListPage{})
	}
}

// tiesByID has names that are one when folded, or when cut to 64 bytes, names of
// which one is the beginning of the other, and one of great bytes.
func tiesByID(b *bed) {
	b.clock.move(45 * 365 * 24 * time.Hour) // so that ids begin with great bytes
	long := strings.Repeat("x", 64)
	var want []diplomacy.Record
	for i, name := range []string{"a", "Ａ", "Á", "a b", " A   B ", "aa", long + "z", long, long + "a", long[1:] + "é", long[1:] + "ê", "\U00010c34"} {
		want = append(want, named(event(slugOf(uint64(i)), "2020"), name))
	}
	b.put(want...)
	// 63 x and an e come before 64 x; an old Turkic rune after all.
	byName := slices.Concat(want[:6], want[9:11], want[6:9], want[11:])
	equal(b, "by name", entries(b.now(), store.ListQuery{Kind: diplomacy.KindEvent}), idsOf(byName...))
	equal(b, "by date", entries(b.now(), store.ListQuery{Kind: diplomacy.KindEvent, Order: store.ByDate}), idsOf(want...))
	slices.Reverse(byName)
	equal(b, "by name, down", entries(b.now(), store.ListQuery{Kind: diplomacy.KindEvent, Descending: true}), idsOf(byName...))
}

func mainName(b *bed) {
	bea, cem := named(person("bea"), "b", "a", "d"), named(person("cem"), "c", "A")
	b.put(cem, bea)
	q := store.ListQuery{Kind: diplomacy.KindPerson}
	equal(b, "by name", entries(b.now(), q), idsOf(bea, cem))
	q.Where.Name.Equals = "a"
	equal(b, "by name, filtered", entries(b.now(), q), idsOf(bea, cem))
	bea.Names = slices.Clone(bea.Names)
	slices.Reverse(bea.Names)
	b.put(bea)
	equal(b, "by the new name", entries(b.now(), q), idsOf(cem, bea))
}

func namesFold(b *bed) {
	minister := named(person("minister"), "Mevlüt Çavuşoğlu", "Мевлют Чавушоглу", "ÇAVUŞOĞLU")
	b.put(minister, named(person("other"), "Straße", "Cavus", "oglu x"))
	for text, found := range map[string]bool{"cavusoglu": true, "ÇAVUŞOĞLU": true, "чавушоглу": true, "mevlut  C": true, "cavuz": false} {
		q := store.ListQuery{Kind: diplomacy.KindPerson}
		q.Where.Name.Contains = text
		equal(b, text, len(entries(b.now(), q)) == 1, found)
	}
	for test, n := range map[store.NameTest]int{
		{Equals: "Strasse"}: 1, {Equals: "Stra"}: 0, {StartsWith: "мев"}: 1, {StartsWith: "oglu"}: 1, {Contains: "OĞLU"}: 2,
		{StartsWith: "cavus", Contains: "oglu"}: 1, {StartsWith: "мев", Contains: "oglu"}: 0, {}: 2,
	} {
		q := store.ListQuery{Kind: diplomacy.KindPerson, Where: store.ListFilter{Name: test}}
		equal(b, "number of those that pass", len(entries(b.now(), q)), n)
	}
}

func listFilters(b *bed) {
	call, visit, undated := named(event("call", "2018-04-27"), "call"), event("visit", "2019?"), event("undated", "")
	call.Medium, visit.Medium, visit.Type = "TELEPHONE", "TELEPHONE", "VISIT"
	b.put(call, visit, undated)
	for _, row := range []struct {
		what  string
		where store.ListFilter
		pass  []*diplomacy.Event
	}{
		{"everything", store.ListFilter{}, []*diplomacy.Event{undated, call, visit}},
		{"a facet", store.ListFilter{Facets: facet(diplomacy.FacetMedium, "TELEPHONE")}, []*diplomacy.Event{call, visit}},
		{"no term", store.ListFilter{Facets: facet(diplomacy.FacetMedium, "", "VIDEO")}, []*diplomacy.Event{undated}},
		{"two facets", store.ListFilter{Facets: append(facet(diplomacy.FacetMedium, "TELEPHONE"), facet(diplomacy.FacetKind, "VISIT")...)}, []*diplomacy.Event{visit}},
		{"certainly by 2018", store.ListFilter{Times: times(store.AsOf, "2018", diplomacy.Certain)}, []*diplomacy.Event{call}},
		{"possibly by 2018", store.ListFilter{Times: times(store.AsOf, "2018", diplomacy.Possible)}, []*diplomacy.Event{undated, call}},
		{"possibly in 2019", store.ListFilter{Times: times(store.Within, "2019", diplomacy.Possible)}, []*diplomacy.Event{undated, visit}},
		{"all together", store.ListFilter{
			Facets: facet(diplomacy.FacetMedium, "TELEPHONE"), Times: times(store.Begun, "2020", diplomacy.Possible),
			Name: store.NameTest{Contains: "it"},
		}, []*diplomacy.Event{visit}},
	} {
		for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
			q := store.ListQuery{Kind: diplomacy.KindEvent, Order: by, Where: row.where}
			got, want := entries(b.now(), q), idsOf(row.pass...)
			if by != store.ByDate {
				slices.Sort(got)
				slices.Sort(want)
			}
			equal(b, row.what, got, want)
			equal(b, row.what+", counted", b.now().countList(q), store.Count{N: len(want)})
		}
	}
}

func comeAndGo(b *bed) {
	ann, bob := person("ann"), person("bob")
	b.put(ann, bob)
	bob.Names, bob.Born = []diplomacy.Name{{Value: "aaron"}}, edtf("1960")
	b.put(bob)
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		q := store.ListQuery{Kind: diplomacy.KindPerson, Order: by}
		want := map[store.ListOrder][]diplomacy.ID{store.ByName: idsOf(bob, ann), store.ByDate: idsOf(ann, bob), store.ByID: idsOf(ann, bob)}
		equal(b, "changed", entries(b.now(), q), want[by])
	}
	b.retract(ann.ID)
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		equal(b, "retracted", entries(b.now(), store.ListQuery{Kind: diplomacy.KindPerson, Order: by}), idsOf(bob))
	}
}
