package storetest

import (
	"chancery/diplomacy"
	"chancery/store"
)

var filters = theme{"filters", []trial{
	{"of links", linkFilters},
	{"as of is held, or begun", asOfMeans},
	{"facets are those of the other end", facetsOfNode},
}}

// linkFilters numbers four links of one person and says which pass.
func linkFilters(b *bed) {
	ann, bank := person("ann"), organization("bank")
	call, visit, summit := event("call", "2018-04-27"), event("visit", "2019?"), event("summit", "")
	call.Type, call.Medium, visit.Type, summit.Medium = "CONVERSATION", "TELEPHONE", "VISIT", "VIDEO"
	b.put(ann, bank, call, visit, summit)
	atVisit := statement(diplomacy.ParticipatedIn, ann, visit, "")
	atVisit.Role, atVisit.Rank = "HOST", "PREFERRED"
	all := []diplomacy.Record{
		statement(diplomacy.ParticipatedIn, ann, summit, ""), statement(diplomacy.MemberOf, ann, bank, "2016/2017"),
		statement(diplomacy.ParticipatedIn, ann, call, ""), atVisit,
	}
	b.put(all...)
	arcs := []store.Arc{out(diplomacy.ParticipatedIn), out(diplomacy.MemberOf)}
	for _, row := range []struct {
		what  string
		where store.LinkFilter
		pass  []int
	}{
		{"everything", store.LinkFilter{}, []int{0, 1, 2, 3}},
		{"nodes", store.LinkFilter{Nodes: []diplomacy.ID{visit.ID, summit.ID, ann.ID}}, []int{0, 3}},
		{"kinds", store.LinkFilter{Kinds: []diplomacy.Kind{diplomacy.KindOrganization, diplomacy.KindTopic}}, []int{1}},
		{"a facet", store.LinkFilter{Facets: facet(diplomacy.FacetKind, "CONVERSATION", "VISIT")}, []int{2, 3}},
		{"no term", store.LinkFilter{Facets: facet(diplomacy.FacetMedium, "")}, []int{1, 3}},
		{"two facets", store.LinkFilter{Facets: append(facet(diplomacy.FacetKind, "CONVERSATION", "MEETING"), facet(diplomacy.FacetMedium, "VIDEO")...)}, []int{0}},
		{"roles", store.LinkFilter{Roles: []diplomacy.Term{"HOST", "FULL"}}, []int{1, 3}},
		{"ranks", store.LinkFilter{Ranks: []diplomacy.Term{"PREFERRED"}}, []int{3}},
		{"possibly in 2019", store.LinkFilter{Times: times(store.Within, "2019", diplomacy.Possible)}, []int{0, 3}},
		{"certainly in 2019", store.LinkFilter{Times: times(store.Within, "2019", diplomacy.Certain)}, nil},
		{"certainly in 2018", store.LinkFilter{Times: times(store.Within, "2018", diplomacy.Certain)}, []int{2}},
		{"started in 2016", store.LinkFilter{Times: times(store.Starts, "2016", diplomacy.Certain)}, []int{1}},
		{"ended in 2017", store.LinkFilter{Times: times(store.Ends, "2017", diplomacy.Certain)}, []int{1}},
		{"begun by 2018", store.LinkFilter{Times: times(store.Begun, "2018", diplomacy.Certain)}, []int{1, 2}},
		{"two times", store.LinkFilter{Times: append(times(store.Begun, "2018", diplomacy.Possible), times(store.Within, "2018", diplomacy.Possible)...)}, []int{0, 2}},
		{"all together", store.LinkFilter{
			Nodes: []diplomacy.ID{call.ID, visit.ID}, Kinds: []diplomacy.Kind{diplomacy.KindEvent},
			Facets: facet(diplomacy.FacetKind, "VISIT", "CONVERSATION"), Roles: []diplomacy.Term{"HOST", "PARTICIPANT"},
			Ranks: []diplomacy.Term{"NORMAL"}, Times: times(store.AsOf, "2020", diplomacy.Possible),
		}, []int{2}},
		{"what cannot be", store.LinkFilter{Roles: []diplomacy.Term{"HOST"}, Ranks: []diplomacy.Term{"NORMAL"}}, nil},
	} {
		q := along(ann, arcs...)
		q.Where = row.where
		var want []diplomacy.ID
		for _, i := range row.pass {
			want = append(want, all[i].Header().ID)
		}
		equal(b, row.what, viasOf(b.now().links(q)[0]), want)
		equal(b, row.what+", counted", b.now().countLinks(q)[0], store.Count{N: len(want)})
	}
}

func facet(f diplomacy.Facet, terms ...diplomacy.Term) []store.FacetTest {
	return []store.FacetTest{{Facet: f, Terms: terms}}
}

func times(r store.Relation, window string, m diplomacy.Match) []store.TimeTest {
	return []store.TimeTest{{Relation: r, Window: edtf(window).Window(), Match: m}}
}

// asOfMeans asks of a tenure and of a participation, both of 2016, in 2018.
func asOfMeans(b *bed) {
	ann, minister, talks := person("ann"), office("minister"), event("talks", "2016")
	b.put(ann, minister, talks)
	b.put(statement(diplomacy.HoldsOffice, ann, minister, "2016-01-01/2016-12-31"))
	b.put(statement(diplomacy.ParticipatedIn, ann, talks, ""))
	q := along(ann, out(diplomacy.HoldsOffice), out(diplomacy.ParticipatedIn))
	for window, want := range map[string][]diplomacy.ID{
		"2015":    nil,
		"2016-05": {minister.ID, talks.ID},
		"2018":    {talks.ID},
	} {
		q.Where.Times = times(store.AsOf, window, diplomacy.Possible)
		equal(b, "as of "+window, nodesOf(b.now().links(q)[0]), want)
	}
}

func facetsOfNode(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Summit, in(diplomacy.ParticipatedIn))
	q.Where.Facets = facet(diplomacy.FacetKind, "SUMMIT")
	equal(b, "persons that are summits", len(b.now().links(q)[0].Links), 0)
	q = along(w.Minister, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity})
	q.Where.Facets = facet(diplomacy.FacetKind, "SUMMIT")
	equal(b, "summits seen from the office", nodesOf(b.now().links(q)[0]), []diplomacy.ID{w.Summit.ID})
	w.Summit.Type = "CONFERENCE"
	b.put(w.Summit)
	equal(b, "when it is one no more", len(b.now().links(q)[0].Links), 0)
}
