package reading

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var filters = testbed.Theme{Name: "filters", Trials: []testbed.Trial{
	{Name: "of links", Run: linkFilters},
	{Name: "as of is held, or begun", Run: asOfMeans},
	{Name: "facets are those of the other end", Run: facetsOfNode},
}}

// linkFilters numbers four links of one person and says which pass.
func linkFilters(b *testbed.Bed) {
	ann, bank := testbed.Person("ann"), testbed.Organization("bank")
	call, visit, summit := testbed.Event("call", "2018-04-27"), testbed.Event("visit", "2019?"), testbed.Event("summit", "")
	call.Type, call.Medium, visit.Type, summit.Medium = "CONVERSATION", "TELEPHONE", "VISIT", "VIDEO"
	b.Put(ann, bank, call, visit, summit)
	atVisit := testbed.Statement(diplomacy.ParticipatedIn, ann, visit, "")
	atVisit.Role, atVisit.Rank = "HOST", "PREFERRED"
	all := []diplomacy.Record{
		testbed.Statement(diplomacy.ParticipatedIn, ann, summit, ""), testbed.Statement(diplomacy.MemberOf, ann, bank, "2016/2017"),
		testbed.Statement(diplomacy.ParticipatedIn, ann, call, ""), atVisit,
	}
	b.Put(all...)
	arcs := []store.Arc{testbed.Out(diplomacy.ParticipatedIn), testbed.Out(diplomacy.MemberOf)}
	for _, row := range []struct {
		what  string
		where store.LinkFilter
		pass  []int
	}{
		{"everything", store.LinkFilter{}, []int{0, 1, 2, 3}},
		{"nodes", store.LinkFilter{Nodes: []diplomacy.ID{visit.ID, summit.ID, ann.ID}}, []int{0, 3}},
		{"kinds", store.LinkFilter{Kinds: []diplomacy.Kind{diplomacy.KindOrganization, diplomacy.KindTopic}}, []int{1}},
		{"a facet", store.LinkFilter{Facets: testbed.Facet(diplomacy.FacetKind, "CONVERSATION", "VISIT")}, []int{2, 3}},
		{"no term", store.LinkFilter{Facets: testbed.Facet(diplomacy.FacetMedium, "")}, []int{1, 3}},
		{"two facets", store.LinkFilter{Facets: append(testbed.Facet(diplomacy.FacetKind, "CONVERSATION", "MEETING"), testbed.Facet(diplomacy.FacetMedium, "VIDEO")...)}, []int{0}},
		{"roles", store.LinkFilter{Roles: []diplomacy.Term{"HOST", "FULL"}}, []int{1, 3}},
		{"ranks", store.LinkFilter{Ranks: []diplomacy.Term{"PREFERRED"}}, []int{3}},
		{"possibly in 2019", store.LinkFilter{Times: testbed.Times(store.Within, "2019", diplomacy.Possible)}, []int{3}},
		{"possibly in 2019, or undated", store.LinkFilter{Times: undated(testbed.Times(store.Within, "2019", diplomacy.Possible))}, []int{0, 3}},
		{"certainly in 2018, or undated", store.LinkFilter{Times: undated(testbed.Times(store.Within, "2018", diplomacy.Certain))}, []int{0, 2}},
		{"certainly in 2019", store.LinkFilter{Times: testbed.Times(store.Within, "2019", diplomacy.Certain)}, nil},
		{"certainly in 2018", store.LinkFilter{Times: testbed.Times(store.Within, "2018", diplomacy.Certain)}, []int{2}},
		{"started in 2016", store.LinkFilter{Times: testbed.Times(store.Starts, "2016", diplomacy.Certain)}, []int{1}},
		{"ended in 2017", store.LinkFilter{Times: testbed.Times(store.Ends, "2017", diplomacy.Certain)}, []int{1}},
		{"begun by 2018", store.LinkFilter{Times: testbed.Times(store.Begun, "2018", diplomacy.Certain)}, []int{1, 2}},
		{"two times", store.LinkFilter{Times: append(testbed.Times(store.Begun, "2018", diplomacy.Possible), testbed.Times(store.Within, "2018", diplomacy.Possible)...)}, []int{2}},
		{"all together", store.LinkFilter{
			Nodes: []diplomacy.ID{call.ID, visit.ID}, Kinds: []diplomacy.Kind{diplomacy.KindEvent},
			Facets: testbed.Facet(diplomacy.FacetKind, "VISIT", "CONVERSATION"), Roles: []diplomacy.Term{"HOST", "PARTICIPANT"},
			Ranks: []diplomacy.Term{"NORMAL"}, Times: testbed.Times(store.AsOf, "2020", diplomacy.Possible),
		}, []int{2}},
		{"what cannot be", store.LinkFilter{Roles: []diplomacy.Term{"HOST"}, Ranks: []diplomacy.Term{"NORMAL"}}, nil},
	} {
		q := testbed.Along(ann, arcs...)
		q.Where = row.where
		var want []diplomacy.ID
		for _, i := range row.pass {
			want = append(want, all[i].Header().ID)
		}
		testbed.Equal(b, row.what, viasOf(b.Now().Links(q)[0]), want)
		testbed.Equal(b, row.what+", counted", b.Now().CountLinks(q)[0], store.Count{N: len(want)})
	}
}

func undated(tests []store.TimeTest) []store.TimeTest {
	tests[0].Undated = true
	return tests
}

// asOfMeans asks of a tenure and of a participation, both of 2016, in 2018.
func asOfMeans(b *testbed.Bed) {
	ann, minister, talks := testbed.Person("ann"), testbed.Office("minister"), testbed.Event("talks", "2016")
	b.Put(ann, minister, talks)
	b.Put(testbed.Statement(diplomacy.HoldsOffice, ann, minister, "2016-01-01/2016-12-31"))
	b.Put(testbed.Statement(diplomacy.ParticipatedIn, ann, talks, ""))
	q := testbed.Along(ann, testbed.Out(diplomacy.HoldsOffice), testbed.Out(diplomacy.ParticipatedIn))
	for window, want := range map[string][]diplomacy.ID{
		"2015":    nil,
		"2016-05": {minister.ID, talks.ID},
		"2018":    {talks.ID},
	} {
		q.Where.Times = testbed.Times(store.AsOf, window, diplomacy.Possible)
		testbed.Equal(b, "as of "+window, testbed.NodesOf(b.Now().Links(q)[0]), want)
	}
}

func facetsOfNode(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Summit, testbed.In(diplomacy.ParticipatedIn))
	q.Where.Facets = testbed.Facet(diplomacy.FacetKind, "SUMMIT")
	testbed.Equal(b, "persons that are summits", len(b.Now().Links(q)[0].Links), 0)
	q = testbed.Along(w.Minister, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity})
	q.Where.Facets = testbed.Facet(diplomacy.FacetKind, "SUMMIT")
	testbed.Equal(b, "summits seen from the office", testbed.NodesOf(b.Now().Links(q)[0]), []diplomacy.ID{w.Summit.ID})
	w.Summit.Type = "CONFERENCE"
	b.Put(w.Summit)
	testbed.Equal(b, "when it is one no more", len(b.Now().Links(q)[0].Links), 0)
}
