package storetest

import (
	"chancery/diplomacy"
	"chancery/store"
)

// crowd puts a person with links along two arcs, with ties of dates and of
// nodes and with statements that are seen from her twice.
func crowd(b *bed) map[string]roll {
	ann, bank := person("ann"), organization("bank")
	b.put(ann, bank)
	for i, date := range []string{"2019", "2018", "", "2019", "2019-02", "2018"} {
		e := event(slugOf(uint64(i)), date)
		e.Names[0].Value = []string{"Ä", "a", "b"}[i%3]
		e.Status = []diplomacy.Term{"HELD", "CANCELLED"}[i%2]
		b.put(e)
		herself := statement(diplomacy.ParticipatedIn, ann, e, "")
		herself.OnBehalfOf = ann.ID
		b.put(herself, statement(diplomacy.ParticipatedIn, ann, e, ""))
	}
	b.put(statement(diplomacy.MemberOf, ann, bank, "2018/2019"), statement(diplomacy.MemberOf, ann, bank, ""))
	return rollsOf(b.now(), ann)
}

// rollsOf are what the tests of paging go over: one or more of each kind of
// query, up and down.
func rollsOf(l look, ann diplomacy.Record) map[string]roll {
	rolls := map[string]roll{}
	for suffix, descending := range map[string]bool{"": false, " descending": true} {
		q := along(ann, out(diplomacy.ParticipatedIn))
		q.Descending = descending
		rolls["links"+suffix] = l.linkRoll(q)
		twice := q
		twice.Along = []store.Arc{out(diplomacy.ParticipatedIn), {Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}}
		rolls["seen twice"+suffix] = l.linkRoll(twice)
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
