package reading

import (
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var cursors = testbed.Theme{Name: "cursors", Trials: []testbed.Trial{
	{Name: "survive what comes and goes around them", Run: cursorsSurvive},
	{Name: "survive the retraction of their own element", Run: cursorsSurviveOwn},
	{Name: "survive in lists", Run: cursorsSurviveInLists},
	{Name: "are good for other filters and ids", Run: cursorsCarry},
	{Name: "are good at other transactions", Run: cursorsThroughTime},
	{Name: "of another order are refused", Run: cursorsOfOthers},
	{Name: "garbage is refused", Run: cursorsGarbage},
	{Name: "sort as what they stand for", Run: cursorsSort},
}}

// at makes a person with a participation in an event of each year.
func at(b *testbed.Bed, ann *diplomacy.Person, years ...string) []*diplomacy.Statement {
	var all []*diplomacy.Statement
	for _, year := range years {
		e := testbed.Event("e"+strings.ToLower(year), year)
		b.Put(e)
		s := testbed.Statement(diplomacy.ParticipatedIn, ann, e, "")
		b.Put(s)
		all = append(all, s)
	}
	return all
}

func cursorsSurvive(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	s := at(b, ann, "2010", "2012", "2014", "2016")
	q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	middle := b.Now().LinkRoll(q).All()[1].Cursor
	added := at(b, ann, "2009", "2011", "2013", "2015")
	b.Retract(s[0].ID, s[3].ID)
	roll := b.Now().LinkRoll(q)
	after, flags := roll(store.Page{After: middle, Limit: 9})
	testbed.Equal(b, "after", testbed.IDsAt(after), testbed.IDsOf(added[2], s[2], added[3]))
	testbed.Equal(b, "its flags", flags, store.Flags{Previous: true})
	before, flags := roll(store.Page{Before: middle, Limit: 9, Last: true})
	testbed.Equal(b, "before", testbed.IDsAt(before), testbed.IDsOf(added[0], added[1]))
	testbed.Equal(b, "its flags", flags, store.Flags{Next: true})
}

func cursorsSurviveOwn(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	s := at(b, ann, "2010", "2012", "2014")
	q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	all := b.Now().LinkRoll(q).All()
	b.Retract(s[1].ID)
	roll := b.Now().LinkRoll(q)
	after, flags := roll(store.Page{After: all[1].Cursor, Limit: 9})
	testbed.Equal(b, "after what is gone", testbed.IDsAt(after), testbed.IDsOf(s[2]))
	testbed.Equal(b, "its flags", flags, store.Flags{Previous: true})
	before, _ := roll(store.Page{Before: all[1].Cursor, Limit: 9})
	testbed.Equal(b, "before what is gone", testbed.IDsAt(before), testbed.IDsOf(s[0]))
	b.Retract(s[0].ID)
	roll = b.Now().LinkRoll(q)
	after, flags = roll(store.Page{After: all[1].Cursor, Limit: 9})
	testbed.Equal(b, "after, with nothing left before", testbed.IDsAt(after), testbed.IDsOf(s[2]))
	testbed.Equal(b, "its flags", flags, store.Flags{})
	b.Retract(s[2].ID)
	after, flags = b.Now().LinkRoll(q)(store.Page{After: all[1].Cursor, Limit: 9})
	testbed.Equal(b, "after, with nothing left at all", len(after), 0)
	testbed.Equal(b, "its flags", flags, store.Flags{})
}

func cursorsSurviveInLists(b *testbed.Bed) {
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		e := []*diplomacy.Event{testbed.Event("a", "2010"), testbed.Event("c", "2012"), testbed.Event("e", "2014")}
		for _, e := range e {
			b.Put(e)
		}
		q := store.ListQuery{Kind: diplomacy.KindEvent, Order: by}
		middle := b.Now().ListRoll(q).All()[1].Cursor
		b.Retract(e[1].ID)
		early, late := testbed.Event("b", "2011"), testbed.Event("d", "2013")
		b.Put(early, late)
		want := testbed.IDsOf(late, e[2])
		if by == store.ByID {
			want = testbed.IDsOf(e[2], early, late)
		}
		got, flags := b.Now().ListRoll(q)(store.Page{After: middle, Limit: 9})
		testbed.Equal(b, "after", testbed.IDsAt(got), want)
		testbed.Equal(b, "its flags", flags, store.Flags{Previous: true})
		b.Retract(testbed.IDsOf(e[0], e[2], early, late)...)
	}
}

func cursorsCarry(b *testbed.Bed) {
	ann, bob := testbed.Person("ann"), testbed.Person("bob")
	b.Put(ann, bob)
	at(b, ann, "2010", "2012", "2014")
	shared := b.Now().Links(testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn)))[0].Links
	of := b.Now().Record(shared[2].Node)
	his := testbed.Statement(diplomacy.ParticipatedIn, bob, of, "")
	b.Put(his)
	q := testbed.Along(bob, testbed.Out(diplomacy.ParticipatedIn))
	q.Where.Roles = []diplomacy.Term{"PARTICIPANT"}
	got, _ := b.Now().LinkRoll(q)(store.Page{After: shared[0].Cursor, Limit: 9})
	testbed.Equal(b, "after a cursor of ann's", testbed.IDsAt(got), testbed.IDsOf(his))
	got, flags := b.Now().LinkRoll(q)(store.Page{Before: shared[1].Cursor, Limit: 9})
	testbed.Equal(b, "before a cursor of ann's", len(got), 0)
	testbed.Equal(b, "its flags", flags, store.Flags{Next: true})
}

func cursorsThroughTime(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	s := at(b, ann, "2010", "2012", "2014")
	q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	known := b.Now().Reader.Revision()
	b.Retract(s[1].ID)
	added := at(b, ann, "2013")
	now, then := b.Now().LinkRoll(q), b.At(known).LinkRoll(q)
	got, _ := now(store.Page{After: then.All()[0].Cursor, Limit: 9})
	testbed.Equal(b, "now", testbed.IDsAt(got), testbed.IDsOf(added[0], s[2]))
	got, _ = then(store.Page{After: now.All()[0].Cursor, Limit: 9})
	testbed.Equal(b, "then", testbed.IDsAt(got), testbed.IDsOf(s[1], s[2]))
}

// cursorsSort holds the cursors of each roll against each other as strings, and
// those of two entities.
func cursorsSort(b *testbed.Bed) {
	for name, roll := range crowd(b) {
		sign := 1
		if strings.HasSuffix(name, "descending") {
			sign = -1
		}
		all := roll.All()
		for i := 1; i < len(all); i++ {
			if strings.Compare(string(all[i].Cursor), string(all[i-1].Cursor)) != sign {
				b.Errorf("%s: cursors %q and %q", name, all[i-1].Cursor, all[i].Cursor)
			}
		}
	}
	bob, carol := testbed.Person("bob"), testbed.Person("carol")
	b.Put(bob, carol)
	want := slices.Concat(at(b, bob, "2010"), at(b, carol, "-2012"), at(b, bob, "2014"))
	want[0], want[1] = want[1], want[0]
	stops := b.Now().LinkRoll(testbed.Along(bob, testbed.Out(diplomacy.ParticipatedIn))).All()
	stops = append(stops, b.Now().LinkRoll(testbed.Along(carol, testbed.Out(diplomacy.ParticipatedIn))).All()...)
	slices.SortFunc(stops, func(a, b testbed.Stop) int { return strings.Compare(string(a.Cursor), string(b.Cursor)) })
	testbed.Equal(b, "links of two merged by cursor", testbed.IDsAt(stops), testbed.IDsOf(want...))
}
