package reading

import (
	"slices"
	"strings"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var lists = testbed.Theme{Name: "lists", Trials: []testbed.Trial{
	{Name: "three orders, both ways", Run: threeOrders},
	{Name: "ties go by id", Run: tiesByID},
	{Name: "only the main name counts", Run: mainName},
	{Name: "names fold", Run: namesFold},
	{Name: "letters of all scripts tell names apart", Run: namesApart},
	{Name: "filters", Run: listFilters},
	{Name: "entities come and go", Run: comeAndGo},
}}

func named[E diplomacy.Entity](e E, values ...string) E {
	e.Base().Names = nil
	for _, v := range values {
		e.Base().Names = append(e.Base().Names, diplomacy.Name{Value: v})
	}
	return e
}

func threeOrders(b *testbed.Bed) {
	third, first, second := named(testbed.Event("a", "2020"), "Zürich"), named(testbed.Event("c", ""), "zebra"), named(testbed.Event("b", "-0500"), "Émile")
	b.Put(third, first, second, testbed.State("other"))
	for by, want := range map[store.ListOrder][]*diplomacy.Event{
		store.ByName: {second, first, third},
		store.ByDate: {first, second, third},
		store.ByID:   {third, first, second},
	} {
		q := store.ListQuery{Kind: diplomacy.KindEvent, Order: by}
		testbed.Equal(b, "up", testbed.Entries(b.Now(), q), testbed.IDsOf(want...))
		q.Descending = true
		slices.Reverse(want)
		testbed.Equal(b, "down", testbed.Entries(b.Now(), q), testbed.IDsOf(want...))
	}
	for _, kind := range []diplomacy.Kind{diplomacy.KindPerson, diplomacy.KindNone, diplomacy.KindEvidence, diplomacy.ParticipatedIn} {
		testbed.Equal(b, "nothing", b.Now().List(store.ListQuery{Kind: kind, Page: testbed.Whole}), store.ListPage{})
	}
}

// tiesByID has names that are one when folded, or when cut to 64 bytes, names of
// which one is the beginning of the other, and one of great bytes.
func tiesByID(b *testbed.Bed) {
	b.Clock.Move(45 * 365 * 24 * time.Hour) // so that ids begin with great bytes
	long := strings.Repeat("x", 64)
	var want []diplomacy.Record
	for i, name := range []string{"a", "Ａ", "Á", "a b", " A   B ", "aa", long + "z", long, long + "a", long[1:] + "é", long[1:] + "ê", "\U00010c34"} {
		want = append(want, named(testbed.Event(testbed.SlugOf(uint64(i)), "2020"), name))
	}
	b.Put(want...)
	// 63 x and an e come before 64 x; an old Turkic rune after all.
	byName := slices.Concat(want[:6], want[9:11], want[6:9], want[11:])
	testbed.Equal(b, "by name", testbed.Entries(b.Now(), store.ListQuery{Kind: diplomacy.KindEvent}), testbed.IDsOf(byName...))
	testbed.Equal(b, "by date", testbed.Entries(b.Now(), store.ListQuery{Kind: diplomacy.KindEvent, Order: store.ByDate}), testbed.IDsOf(want...))
	slices.Reverse(byName)
	testbed.Equal(b, "by name, down", testbed.Entries(b.Now(), store.ListQuery{Kind: diplomacy.KindEvent, Descending: true}), testbed.IDsOf(byName...))
}

func mainName(b *testbed.Bed) {
	bea, cem := named(testbed.Person("bea"), "b", "a", "d"), named(testbed.Person("cem"), "c", "A")
	b.Put(cem, bea)
	q := store.ListQuery{Kind: diplomacy.KindPerson}
	testbed.Equal(b, "by name", testbed.Entries(b.Now(), q), testbed.IDsOf(bea, cem))
	q.Where.Name.Equals = "a"
	testbed.Equal(b, "by name, filtered", testbed.Entries(b.Now(), q), testbed.IDsOf(bea, cem))
	bea.Names = slices.Clone(bea.Names)
	slices.Reverse(bea.Names)
	b.Put(bea)
	testbed.Equal(b, "by the new name", testbed.Entries(b.Now(), q), testbed.IDsOf(cem, bea))
}

func namesFold(b *testbed.Bed) {
	minister := named(testbed.Person("minister"), "Mevlüt Çavuşoğlu", "Мевлют Чавушоглу", "ÇAVUŞOĞLU")
	b.Put(minister, named(testbed.Person("other"), "Straße", "Cavus", "oglu x"))
	for text, found := range map[string]bool{"cavusoglu": true, "ÇAVUŞOĞLU": true, "чавушоглу": true, "mevlut  C": true, "cavuz": false} {
		q := store.ListQuery{Kind: diplomacy.KindPerson}
		q.Where.Name.Contains = text
		testbed.Equal(b, text, len(testbed.Entries(b.Now(), q)) == 1, found)
	}
	for test, n := range map[store.NameTest]int{
		{Equals: "Strasse"}: 1, {Equals: "Stra"}: 0, {StartsWith: "мев"}: 1, {StartsWith: "oglu"}: 1, {Contains: "OĞLU"}: 2,
		{StartsWith: "cavus", Contains: "oglu"}: 1, {StartsWith: "мев", Contains: "oglu"}: 0, {}: 2,
	} {
		q := store.ListQuery{Kind: diplomacy.KindPerson, Where: store.ListFilter{Name: test}}
		testbed.Equal(b, "number of those that pass", len(testbed.Entries(b.Now(), q)), n)
	}
}

// namesApart has names whose marks are letters, each beside the name without them.
func namesApart(b *testbed.Bed) {
	names := []string{"ハリス", "パリス", "ประยุทธ์", "ประยทธ", "कुमार", "कमार", "Андрей Майоров", "Андреи Маиоров", "Фёдор Ежов", "Işık"}
	var people []diplomacy.Record
	for i, name := range names {
		people = append(people, named(testbed.Person(testbed.SlugOf(uint64(i))), name))
	}
	b.Put(people...)
	find := func(test store.NameTest) []diplomacy.ID {
		return testbed.Entries(b.Now(), store.ListQuery{Kind: diplomacy.KindPerson, Where: store.ListFilter{Name: test}})
	}
	for i, name := range names {
		for _, same := range []string{name, "\u200f" + name + "\u200d", strings.ToUpper(name), strings.ToLower(name)} {
			testbed.Equal(b, same, find(store.NameTest{Equals: same}), testbed.IDsOf(people[i]))
		}
	}
	for _, test := range []store.NameTest{{Equals: " "}, {Contains: "\u0301"}, {StartsWith: "\u200f"}, {Contains: " ", StartsWith: "i"}} {
		testbed.Equal(b, "what folds to nothing", len(find(test)), 0)
	}
}

func listFilters(b *testbed.Bed) {
	call, visit, without := named(testbed.Event("call", "2018-04-27"), "call"), testbed.Event("visit", "2019?"), testbed.Event("undated", "")
	call.Medium, visit.Medium, visit.Type = "TELEPHONE", "TELEPHONE", "VISIT"
	b.Put(call, visit, without)
	for _, row := range []struct {
		what  string
		where store.ListFilter
		pass  []*diplomacy.Event
	}{
		{"everything", store.ListFilter{}, []*diplomacy.Event{without, call, visit}},
		{"a facet", store.ListFilter{Facets: testbed.Facet(diplomacy.FacetMedium, "TELEPHONE")}, []*diplomacy.Event{call, visit}},
		{"no term", store.ListFilter{Facets: testbed.Facet(diplomacy.FacetMedium, "", "VIDEO")}, []*diplomacy.Event{without}},
		{"two facets", store.ListFilter{Facets: append(testbed.Facet(diplomacy.FacetMedium, "TELEPHONE"), testbed.Facet(diplomacy.FacetKind, "VISIT")...)}, []*diplomacy.Event{visit}},
		{"certainly by 2018", store.ListFilter{Times: testbed.Times(store.AsOf, "2018", diplomacy.Certain)}, []*diplomacy.Event{call}},
		{"possibly by 2018", store.ListFilter{Times: testbed.Times(store.AsOf, "2018", diplomacy.Possible)}, []*diplomacy.Event{call}},
		{"possibly by 2018, or undated", store.ListFilter{Times: undated(testbed.Times(store.AsOf, "2018", diplomacy.Possible))}, []*diplomacy.Event{without, call}},
		{"possibly in 2019", store.ListFilter{Times: testbed.Times(store.Within, "2019", diplomacy.Possible)}, []*diplomacy.Event{visit}},
		{"certainly in 2018, or undated", store.ListFilter{Times: undated(testbed.Times(store.Within, "2018", diplomacy.Certain))}, []*diplomacy.Event{without, call}},
		{"not possibly in 2019", store.ListFilter{Not: []store.ListFilter{{Times: testbed.Times(store.Within, "2019", diplomacy.Possible)}}}, []*diplomacy.Event{without, call}},
		{"not certainly in 2019", store.ListFilter{Not: []store.ListFilter{{Times: testbed.Times(store.Within, "2019", diplomacy.Certain)}}}, []*diplomacy.Event{without, call, visit}},
		{"neither of two", store.ListFilter{Not: []store.ListFilter{{Name: store.NameTest{Equals: "call"}}, {Facets: testbed.Facet(diplomacy.FacetKind, "VISIT")}}}, []*diplomacy.Event{without}},
		{"one of two", store.ListFilter{Or: []store.ListFilter{{Name: store.NameTest{Equals: "call"}}, {Facets: testbed.Facet(diplomacy.FacetKind, "VISIT")}}}, []*diplomacy.Event{call, visit}},
		{"not everything", store.ListFilter{Not: []store.ListFilter{{}}}, nil},
		{"undated", store.ListFilter{Times: []store.TimeTest{{Relation: store.Undated}}}, []*diplomacy.Event{without}},
		{"dated, not by telephone", store.ListFilter{
			Times: []store.TimeTest{{Relation: store.Dated}}, Not: []store.ListFilter{{Facets: testbed.Facet(diplomacy.FacetMedium, "TELEPHONE")}},
		}, nil},
		{"all together", store.ListFilter{
			Facets: testbed.Facet(diplomacy.FacetMedium, "TELEPHONE"), Times: testbed.Times(store.Begun, "2020", diplomacy.Possible),
			Name: store.NameTest{Contains: "it"},
		}, []*diplomacy.Event{visit}},
	} {
		for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
			q := store.ListQuery{Kind: diplomacy.KindEvent, Order: by, Where: row.where}
			got, want := testbed.Entries(b.Now(), q), testbed.IDsOf(row.pass...)
			if by != store.ByDate {
				slices.Sort(got)
				slices.Sort(want)
			}
			testbed.Equal(b, row.what, got, want)
			testbed.Equal(b, row.what+", counted", b.Now().CountList(q), store.Count{N: len(want)})
		}
	}
}

func comeAndGo(b *testbed.Bed) {
	ann, bob := testbed.Person("ann"), testbed.Person("bob")
	b.Put(ann, bob)
	bob.Names, bob.Born = []diplomacy.Name{{Value: "aaron"}}, testbed.EDTF("1960")
	b.Put(bob)
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		q := store.ListQuery{Kind: diplomacy.KindPerson, Order: by}
		want := map[store.ListOrder][]diplomacy.ID{store.ByName: testbed.IDsOf(bob, ann), store.ByDate: testbed.IDsOf(ann, bob), store.ByID: testbed.IDsOf(ann, bob)}
		testbed.Equal(b, "changed", testbed.Entries(b.Now(), q), want[by])
	}
	b.Retract(ann.ID)
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		testbed.Equal(b, "retracted", testbed.Entries(b.Now(), store.ListQuery{Kind: diplomacy.KindPerson, Order: by}), testbed.IDsOf(bob))
	}
}
