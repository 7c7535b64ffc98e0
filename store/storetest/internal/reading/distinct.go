package reading

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var distinct = testbed.Theme{Name: "distinct", Trials: []testbed.Trial{
	{Name: "the first of several to one node at one time", Run: firstOfSeveral},
	{Name: "filters come before it", Run: filteredThenDistinct},
}}

func firstOfSeveral(b *testbed.Bed) {
	ann, talks, call := testbed.Person("ann"), testbed.Event("talks", "2019"), testbed.Event("call", "2019")
	b.Put(ann, talks, call)
	var put []*diplomacy.Statement
	for _, e := range []*diplomacy.Event{call, talks, call, talks} {
		s := testbed.Statement(diplomacy.ParticipatedIn, ann, e, "")
		b.Put(s)
		put = append(put, s)
	}
	later := testbed.Statement(diplomacy.ParticipatedIn, ann, talks, "2020")
	b.Put(later)
	q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Distinct = true
	testbed.Equal(b, "first up", viasOf(b.Now().Links(q)[0]), testbed.IDsOf(put[1], put[0], later))
	testbed.Equal(b, "count", b.Now().CountLinks(q)[0], store.Count{N: 3})
	q.Descending = true
	testbed.Equal(b, "first down", viasOf(b.Now().Links(q)[0]), testbed.IDsOf(later, put[2], put[3]))
	b.Retract(put[2].ID)
	testbed.Equal(b, "without the first", viasOf(b.Now().Links(q)[0]), testbed.IDsOf(later, put[0], put[3]))
}

func filteredThenDistinct(b *testbed.Bed) {
	ann, talks := testbed.Person("ann"), testbed.Event("talks", "2019")
	b.Put(ann, talks)
	var put []*diplomacy.Statement
	for _, role := range []diplomacy.Term{"HOST", "CHAIR", "CHAIR"} {
		s := testbed.Statement(diplomacy.ParticipatedIn, ann, talks, "")
		s.Role = role
		b.Put(s)
		put = append(put, s)
	}
	q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Distinct, q.Where.Roles = true, []diplomacy.Term{"CHAIR"}
	testbed.Equal(b, "the first chair", viasOf(b.Now().Links(q)[0]), testbed.IDsOf(put[1]))
}
