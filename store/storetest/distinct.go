package storetest

import (
	"chancery/diplomacy"
	"chancery/store"
)

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
	equal(b, "the first chair", viasOf(b.now().links(q)[0]), idsOf(put[1]))
}
