package reading

import (
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var names = testbed.Theme{Name: "names", Trials: []testbed.Trial{
	{Name: "long names count to their end", Run: longNames},
	{Name: "names of a past state", Run: pastNames},
	{Name: "names of merged and restricted entities", Run: namesOfOverlay},
	{Name: "names put in the same transaction", Run: namesJustPut},
	{Name: "rare names among many", Run: rareNames},
}}

func namedAs(l testbed.MustReader, kind diplomacy.Kind, test store.NameTest) []diplomacy.ID {
	q := store.ListQuery{Kind: kind, Order: store.ByID, Where: store.ListFilter{Name: test}}
	entries := testbed.Entries(l, q)
	testbed.Equal(l, "counted", l.CountList(q), store.Count{N: len(entries)})
	return entries
}

// longNames has names of the longest that are allowed, which differ at their ends only.
func longNames(b *testbed.Bed) {
	const most = diplomacy.MaxName
	for _, size := range []int{63, 64, 65, 127, 128, 129, most - 1} {
		short, long := strings.Repeat("x", size), strings.Repeat("x", size)+"y"
		x, y := named(testbed.Topic(fmt.Sprint("x-", size)), short), named(testbed.Topic(fmt.Sprint("y-", size)), "other", long)
		b.Put(x, y)
		find := func(t store.NameTest) []diplomacy.ID { return namedAs(b.Now(), diplomacy.KindTopic, t) }
		testbed.Equal(b, "equal", find(store.NameTest{Equals: short}), testbed.IDsOf(x))
		testbed.Equal(b, "equal, longer", find(store.NameTest{Equals: long}), testbed.IDsOf(y))
		testbed.Equal(b, "longer start", find(store.NameTest{StartsWith: long}), testbed.IDsOf(y))
		testbed.Equal(b, "start and end", find(store.NameTest{StartsWith: short, Contains: "xy"})[:1], testbed.IDsOf(y))
		testbed.Equal(b, "start, not of one name", len(find(store.NameTest{StartsWith: long, Contains: "other"})), 0)
		b.Retract(x.ID, y.ID)
	}
}

func pastNames(b *testbed.Bed) {
	ann := named(testbed.Person("ann"), "Ann", "Łucja")
	first := b.Put(ann)
	ann.Names = []diplomacy.Name{{Value: "Bea"}, {Value: "ann"}}
	second := b.Put(ann)
	third := b.Retract(ann.ID)
	for known, want := range map[diplomacy.TxNumber]string{first.Number: "ann lucja", second.Number: "ann bea", third.Number: ""} {
		var found []string
		for _, name := range []string{"ann", "bea", "lucja"} {
			if len(namedAs(b.At(known), diplomacy.KindPerson, store.NameTest{Equals: name})) > 0 {
				found = append(found, name)
			}
		}
		testbed.Equal(b, "found", strings.Join(found, " "), want)
	}
}

// namesOfOverlay: of merged entities the canonical one is listed, by its own names; a
// restricted source is not.
func namesOfOverlay(b *testbed.Bed) {
	ann, anne := named(testbed.Person("ann"), "Ann"), named(testbed.Person("anne"), "Anne")
	open, secret := named(testbed.Source("open"), "Book one"), named(testbed.Source("secret"), "Book two")
	secret.Restricted = true
	b.Put(ann, anne, open, secret)
	b.Judge(ann, anne, "SAME")
	for _, test := range []store.NameTest{{StartsWith: "ann"}, {Contains: "n"}} {
		testbed.Equal(b, "merged", namedAs(b.Public(), diplomacy.KindPerson, test), testbed.IDsOf(ann))
		testbed.Equal(b, "apart", namedAs(b.Now(), diplomacy.KindPerson, test), testbed.IDsOf(ann, anne))
	}
	testbed.Equal(b, "by the name of a merged one", len(namedAs(b.Public(), diplomacy.KindPerson, store.NameTest{Equals: "Anne"})), 0)
	for _, test := range []store.NameTest{{StartsWith: "book"}, {Contains: "o"}} {
		testbed.Equal(b, "public", namedAs(b.Public(), diplomacy.KindSource, test), testbed.IDsOf(open))
		testbed.Equal(b, "restricted", namedAs(b.Now(), diplomacy.KindSource, test), testbed.IDsOf(open, secret))
	}
	testbed.Equal(b, "by the name of a restricted one", len(namedAs(b.Public(), diplomacy.KindSource, store.NameTest{Equals: "Book two"})), 0)
}

func namesJustPut(b *testbed.Bed) {
	ann := named(testbed.Person("ann"), "Ann")
	b.Put(ann)
	_, err := b.Write(func(w store.Writer) error {
		bea := named(testbed.Person("bea"), "Bea")
		ann.Names = []diplomacy.Name{{Value: "Cem"}}
		if err := w.Put(testbed.Background, ann, bea); err != nil {
			return err
		}
		for name, want := range map[string]int{"Ann": 0, "Bea": 1, "Cem": 1} {
			page, err := w.List(testbed.Background, store.ListQuery{Kind: diplomacy.KindPerson, Where: store.ListFilter{Name: store.NameTest{Equals: name}}, Page: testbed.Whole})
			if err != nil {
				return err
			}
			testbed.Equal(b, name, len(page.Entries), want)
		}
		return nil
	})
	testbed.Must(b, err, "write")
}

// rareNames looks for names that few of many entities have, in all orders.
func rareNames(b *testbed.Bed) {
	const many = 2_500
	people := make([]diplomacy.Record, many)
	for i := range people {
		p := named(testbed.Person(testbed.SlugOf(uint64(i))), fmt.Sprintf("Person %04d", many-i))
		p.Born = testbed.EDTF(fmt.Sprintf("%04d", 1000+(i*7)%many))
		if i%500 == 499 {
			p.Names = append(p.Names, diplomacy.Name{Value: "the Zwölfte"}, diplomacy.Name{Value: "zwolfte"})
		}
		people[i] = p
	}
	b.Put(people...)
	rare := testbed.IDsOf(people[499], people[999], people[1499], people[1999], people[2499])
	for _, test := range []store.NameTest{{Contains: "wölf"}, {StartsWith: "the z"}, {Equals: "zwolfte"}} {
		testbed.Equal(b, "rare", namedAs(b.Now(), diplomacy.KindPerson, test), rare)
		for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
			roll := b.Now().ListRoll(store.ListQuery{Kind: diplomacy.KindPerson, Order: by, Where: store.ListFilter{Name: test}})
			all := roll.All()
			found := testbed.IDsAt(all)
			slices.Sort(found)
			testbed.Equal(b, "rare", found, rare)
			testbed.Equal(b, "page by page", testbed.IDsAt(roll.Walk(b, 2, false)), testbed.IDsAt(all))
			testbed.Equal(b, "page by page, backward", testbed.IDsAt(roll.Walk(b, 2, true)), testbed.IDsAt(all))
		}
	}
	commonNames(b)
	testbed.Equal(b, "common", len(namedAs(b.Now(), diplomacy.KindPerson, store.NameTest{Contains: "person 2"})), 501)
}

// commonNames looks for names that a thousand entities of rareNames have: pages of them are
// the parts of the whole, in every order, from both ends.
func commonNames(b *testbed.Bed) {
	for _, by := range []store.ListOrder{store.ByName, store.ByDate, store.ByID} {
		for _, descending := range []bool{false, true} {
			q := store.ListQuery{Kind: diplomacy.KindPerson, Order: by, Descending: descending, Where: store.ListFilter{Name: store.NameTest{StartsWith: "person 1"}}}
			roll := b.Now().ListRoll(q)
			all := testbed.IDsAt(roll.All())
			testbed.Equal(b, "common", len(all), 1000)
			testbed.Equal(b, "page by page", testbed.IDsAt(roll.Walk(b, 73, false)), all)
			testbed.Equal(b, "page by page, backward", testbed.IDsAt(roll.Walk(b, 73, true)), all)
		}
	}
}
