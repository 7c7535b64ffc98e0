package storetest

import (
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

var cursors = theme{"cursors", []trial{
	{"survive what comes and goes around them", cursorsSurvive},
	{"survive the retraction of their own element", cursorsSurviveOwn},
	{"survive in lists", cursorsSurviveInLists},
	{"are good for other filters and ids", cursorsCarry},
	{"are good at other transactions", cursorsThroughTime},
	{"of another order are refused", cursorsOfOthers},
	{"garbage is refused", cursorsGarbage},
	{"sort as what they stand for", cursorsSort},
}}

// at makes a person with a participation in an event of each year.
func at(b *bed, ann *diplomacy.Person, years ...string) []*diplomacy.Statement {
	var all []*diplomacy.Statement
	for _, year := range years {
		e := event("e"+strings.ToLower(year), year)
		b.put(e)
		s := statement(diplomacy.ParticipatedIn, ann, e, "")
		b.put(s)
		all = append(all, s)
	}
	return all
}

func cursorsSurvive(b *bed) {
	ann := person("ann")
	b.put(ann)
	s := at(b, ann, "2010", "2012", "2014", "2016")
	q := along(ann, out(diplomacy.ParticipatedIn))
	middle := b.now().linkRoll(q).all()[1].cursor
	added := at(b, ann, "2009", "2011", "2013", "2015")
	b.retract(s[0].ID, s[3].ID)
	roll := b.now().linkRoll(q)
	after, flags := roll(store.Page{After: middle, Limit: 9})
	equal(b, "after", idsAt(after), idsOf(added[2], s[2], added[3]))
	equal(b, "its flags", flags, store.Flags{Previous: true})
	before, flags := roll(store.Page{Before: middle, Limit: 9, Last: true})
	equal(b, "before", idsAt(before), idsOf(added[0], added[1]))
	equal(b, "its flags", flags, store.Flags{Next: true})
}

func cursorsSurviveOwn(b *bed) {
	ann := person("ann")
	b.put(ann)
	s := at(b, ann, "2010", "2012", "2014")
	q := along(ann, out(diplomacy.ParticipatedIn))
	all := b.now().linkRoll(q).all()
	b.retract(s[1].ID)
	roll := b.now().linkRoll(q)
	after, flags := roll(store.Page{After: all[1].cursor, Limit: 9})
	equal(b, "after what is gone", idsAt(after), idsOf(s[2]))
	equal(b, "its flags", flags, store.Flags{Previous: true})
	before, _ := roll(store.Page{Before: all[1].cursor, Limit: 9})
	equal(b, "before what is gone", idsAt(before), idsOf(s[0]))
	b.retract(s[0].ID)
	roll = b.now().linkRoll(q)
	after, flags = roll(store.Page{After: all[1].cursor, Limit: 9})
	equal(b, "after, with nothing left before", idsAt(after), idsOf(s[2]))
	equal(b, "its flags", flags, store.Flags{})
	b.retract(s[2].ID)
	after, flags = b.now().linkRoll(q)(store.Page{After: all[1].cursor, Limit: 9})
	equal(b, "after, with nothing left at all", len(after), 0)
	equal(b, "its flags", flags, store.Flags{})
}

func cursorsSurviveInLists(b *bed) {
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		e := []*diplomacy.Event{event("a", "2010"), event("c", "2012"), event("e", "2014")}
		for _, e := range e {
			b.put(e)
		}
		q := store.ListQuery{Kind: diplomacy.KindEvent, Order: by}
		middle := b.now().listRoll(q).all()[1].cursor
		b.retract(e[1].ID)
		early, late := event("b", "2011"), event("d", "2013")
		b.put(early, late)
		want := idsOf(late, e[2])
		if by == store.ByID {
			want = idsOf(e[2], early, late)
		}
		got, flags := b.now().listRoll(q)(store.Page{After: middle, Limit: 9})
		equal(b, "after", idsAt(got), want)
		equal(b, "its flags", flags, store.Flags{Previous: true})
		b.retract(idsOf(e[0], e[2], early, late)...)
	}
}

func cursorsCarry(b *bed) {
	ann, bob := person("ann"), person("bob")
	b.put(ann, bob)
	at(b, ann, "2010", "2012", "2014")
	shared := b.now().links(along(ann, out(diplomacy.ParticipatedIn)))[0].Links
	of := b.now().record(shared[2].Node)
	his := statement(diplomacy.ParticipatedIn, bob, of, "")
	b.put(his)
	q := along(bob, out(diplomacy.ParticipatedIn))
	q.Where.Roles = []diplomacy.Term{"PARTICIPANT"}
	got, _ := b.now().linkRoll(q)(store.Page{After: shared[0].Cursor, Limit: 9})
	equal(b, "after a cursor of ann's", idsAt(got), idsOf(his))
	got, flags := b.now().linkRoll(q)(store.Page{Before: shared[1].Cursor, Limit: 9})
	equal(b, "before a cursor of ann's", len(got), 0)
	equal(b, "its flags", flags, store.Flags{Next: true})
}

func cursorsThroughTime(b *bed) {
	ann := person("ann")
	b.put(ann)
	s := at(b, ann, "2010", "2012", "2014")
	q := along(ann, out(diplomacy.ParticipatedIn))
	known := b.now().reader.Revision()
	b.retract(s[1].ID)
	added := at(b, ann, "2013")
	now, then := b.now().linkRoll(q), b.at(known).linkRoll(q)
	got, _ := now(store.Page{After: then.all()[0].cursor, Limit: 9})
	equal(b, "now", idsAt(got), idsOf(added[0], s[2]))
	got, _ = then(store.Page{After: now.all()[0].cursor, Limit: 9})
	equal(b, "then", idsAt(got), idsOf(s[1], s[2]))
}

// cursorsSort holds the cursors of each roll against each other as strings, and
// those of two entities.
func cursorsSort(b *bed) {
	for name, roll := range crowd(b) {
		sign := 1
		if strings.HasSuffix(name, "descending") {
			sign = -1
		}
		all := roll.all()
		for i := 1; i < len(all); i++ {
			if strings.Compare(string(all[i].cursor), string(all[i-1].cursor)) != sign {
				b.Errorf("%s: cursors %q and %q", name, all[i-1].cursor, all[i].cursor)
			}
		}
	}
	bob, carol := person("bob"), person("carol")
	b.put(bob, carol)
	want := slices.Concat(at(b, bob, "2010"), at(b, carol, "-2012"), at(b, bob, "2014"))
	want[0], want[1] = want[1], want[0]
	stops := b.now().linkRoll(along(bob, out(diplomacy.ParticipatedIn))).all()
	stops = append(stops, b.now().linkRoll(along(carol, out(diplomacy.ParticipatedIn))).all()...)
	slices.SortFunc(stops, func(a, b stop) int { return strings.Compare(string(a.cursor), string(b.cursor)) })
	equal(b, "links of two merged by cursor", idsAt(stops), idsOf(want...))
}
