package reading

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

// crowd puts a person with links along two arcs, with ties of dates and of
// nodes and with statements that are seen from her twice.
func crowd(b *testbed.Bed) map[string]testbed.Roll {
	ann, bank := testbed.Person("ann"), testbed.Organization("bank")
	b.Put(ann, bank)
	for i, date := range []string{"2019", "2018", "", "2019", "2019-02", "2018"} {
		e := testbed.Event(testbed.SlugOf(uint64(i)), date)
		e.Names[0].Value = []string{"Ä", "a", "b"}[i%3]
		e.Status = []diplomacy.Term{"HELD", "CANCELLED"}[i%2]
		b.Put(e)
		herself := testbed.Statement(diplomacy.ParticipatedIn, ann, e, "")
		herself.OnBehalfOf = ann.ID
		b.Put(herself, testbed.Statement(diplomacy.ParticipatedIn, ann, e, ""))
	}
	b.Put(testbed.Statement(diplomacy.MemberOf, ann, bank, "2018/2019"), testbed.Statement(diplomacy.MemberOf, ann, bank, ""))
	return rollsOf(b.Now(), ann)
}

// rollsOf are what the tests of paging go over: one or more of each kind of
// query, up and down.
func rollsOf(l testbed.MustReader, ann diplomacy.Record) map[string]testbed.Roll {
	rolls := map[string]testbed.Roll{}
	for suffix, descending := range map[string]bool{"": false, " descending": true} {
		q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
		q.Descending = descending
		rolls["links"+suffix] = l.LinkRoll(q)
		twice := q
		twice.Along = []store.Arc{testbed.Out(diplomacy.ParticipatedIn), {Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}}
		rolls["seen twice"+suffix] = l.LinkRoll(twice)
		q.Distinct = true
		rolls["distinct"+suffix] = l.LinkRoll(q)
		q.Along = append(q.Along, testbed.Out(diplomacy.MemberOf))
		rolls["distinct merged"+suffix] = l.LinkRoll(q)
		q.Distinct = false
		rolls["merged"+suffix] = l.LinkRoll(q)
		q.Where.Facets = testbed.Facet(diplomacy.FacetStatus, "HELD")
		rolls["filtered"+suffix] = l.LinkRoll(q)
		for name, by := range map[string]store.ListOrder{"by name": store.ByName, "by date": store.ByDate, "by id": store.ByID} {
			list := store.ListQuery{Kind: diplomacy.KindEvent, Order: by, Descending: descending}
			rolls[name+suffix] = l.ListRoll(list)
			list.Where.Name.StartsWith = "A"
			rolls[name+" filtered"+suffix] = l.ListRoll(list)
		}
	}
	return rolls
}
