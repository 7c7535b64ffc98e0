package writing

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var keys = testbed.Theme{Name: "keys", Trials: []testbed.Trial{
	{Name: "slugs are of a kind", Run: slugsOfAKind},
	{Name: "identifiers are of the whole graph", Run: identifiersOfTheGraph},
	{Name: "values are compared byte by byte", Run: byteByByte},
	{Name: "names keep their bytes", Run: namesKeepBytes},
	{Name: "keys are freed by a change", Run: freedByChange},
	{Name: "keys are freed by retraction", Run: freedByRetraction},
	{Name: "keys pass on within a call", Run: passedOn},
	{Name: "an entity may repeat an identifier", Run: repeatedIdentifier},
}}

func slugsOfAKind(b *testbed.Bed) {
	georgia, alsoGeorgia := testbed.State("georgia"), testbed.Topic("georgia")
	b.Put(georgia, alsoGeorgia)
	got := b.Now().Find(
		testbed.Slug(diplomacy.KindTopic, "georgia"), testbed.Slug(diplomacy.KindState, "georgia"),
		testbed.Slug(diplomacy.KindPerson, "georgia"), testbed.Slug(diplomacy.KindNone, "georgia"),
		testbed.Slug(diplomacy.KindState, "georgi"), testbed.Slug(diplomacy.KindState, "georgia1"), testbed.Slug(diplomacy.KindState, ""),
	)
	testbed.Equal(b, "found", got, []diplomacy.ID{alsoGeorgia.ID, georgia.ID, 0, 0, 0, 0, 0})
	testbed.Equal(b, "no keys", len(b.Now().Find()), 0)
}

func identifiersOfTheGraph(b *testbed.Bed) {
	avalon := testbed.Identified(testbed.State("avalon"), "wikidata", "Q1")
	b.Put(avalon)
	ofKind := func(kind diplomacy.Kind) store.Key {
		return store.Key{Kind: kind, Scheme: "wikidata", Value: "Q1"}
	}
	got := b.Now().Find(ofKind(diplomacy.KindNone), ofKind(diplomacy.KindState), ofKind(diplomacy.KindPerson))
	testbed.Equal(b, "found", got, []diplomacy.ID{avalon.ID, avalon.ID, 0})
	testbed.Refused(b, 0, "identifiers[0]", testbed.Identified(testbed.Person("ann"), "wikidata", "Q1"))
}

// byteByByte has values that a careless key would mix up, all different.
func byteByByte(b *testbed.Bed) {
	pairs := [][2]string{
		{"a", "bc"}, {"ab", "c"}, {"a", "b"}, {"a", "B"}, {"a", "b "}, {"a", " b"}, {"a", "b:c"}, {"a", "b/c"},
		{"a", "\u00e9"}, {"a", "e\u0301"}, {"a", "\ufb01"}, {"a", "fi"}, {"a-b", "c"}, {"a", "-b-c"},
		{"a", strings.Repeat("x", diplomacy.MaxIdentifier)}, {"a", strings.Repeat("x", diplomacy.MaxIdentifier-1)},
	}
	var entities []diplomacy.Record
	var keys []store.Key
	for i, p := range pairs {
		entities = append(entities, testbed.Identified(testbed.Topic(testbed.SlugOf(uint64(i))), p[0], p[1]))
		keys = append(keys, store.Key{Scheme: p[0], Value: p[1]})
	}
	b.Put(entities...)
	testbed.Equal(b, "found", b.Now().Find(keys...), testbed.IDsOf(entities...))
}

func namesKeepBytes(b *testbed.Bed) {
	ann := testbed.Person("ann")
	for _, value := range []string{"Mémm\u0259d", "Me\u0301mm\u0259d", "MƏMMƏD", "  two  spaces  ", "\u200fback"} {
		ann.Names = append(ann.Names, diplomacy.Name{Value: value, Language: "az"})
	}
	b.Put(ann)
	testbed.Equal(b, "names", b.Now().Record(ann.ID).(*diplomacy.Person).Names, ann.Names)
}

func freedByChange(b *testbed.Bed) {
	ann := testbed.Identified(testbed.Person("ann"), "wikidata", "Q1")
	first := b.Put(ann)
	ann.Slug = "anne"
	b.Put(testbed.Identified(ann, "wikidata", "Q2"))
	other := testbed.Identified(testbed.Person("ann"), "wikidata", "Q1")
	b.Put(other)
	keys := []store.Key{testbed.Slug(diplomacy.KindPerson, "ann"), testbed.Wikidata("Q1"), testbed.Slug(diplomacy.KindPerson, "anne"), testbed.Wikidata("Q2")}
	testbed.Equal(b, "found now", b.Now().Find(keys...), []diplomacy.ID{other.ID, other.ID, ann.ID, ann.ID})
	testbed.Equal(b, "found before", b.At(first.Number).Find(keys...), []diplomacy.ID{ann.ID, ann.ID, 0, 0})
}

func freedByRetraction(b *testbed.Bed) {
	ann, heir := testbed.Identified(testbed.Person("ann"), "wikidata", "Q1"), testbed.Identified(testbed.Person("ann"), "wikidata", "Q1")
	first := b.Put(ann)
	gone := b.Retract(ann.ID)
	third := b.Put(heir)
	keys := []store.Key{testbed.Slug(diplomacy.KindPerson, "ann"), testbed.Wikidata("Q1")}
	for n, want := range map[diplomacy.TxNumber]diplomacy.ID{first.Number: ann.ID, gone.Number: 0, third.Number: heir.ID, 0: heir.ID} {
		testbed.Equal(b, "found", b.At(n).Find(keys...), []diplomacy.ID{want, want})
	}
}

func passedOn(b *testbed.Bed) {
	ann, bob := testbed.Identified(testbed.Person("ann"), "wikidata", "Q1"), testbed.Person("bob")
	b.Put(ann, bob)
	ann.Slug, ann.Identifiers = "carol", nil
	bob.Slug, bob.Identifiers = "ann", []diplomacy.Identifier{{Scheme: "wikidata", Value: "Q1"}}
	testbed.Refused(b, 0, "identifiers[0] slug", bob, ann)
	b.Put(ann, bob)
	keys := []store.Key{testbed.Slug(diplomacy.KindPerson, "ann"), testbed.Slug(diplomacy.KindPerson, "bob"), testbed.Slug(diplomacy.KindPerson, "carol"), testbed.Wikidata("Q1")}
	testbed.Equal(b, "found", b.Now().Find(keys...), []diplomacy.ID{bob.ID, 0, ann.ID, bob.ID})
}

func repeatedIdentifier(b *testbed.Bed) {
	ann := testbed.Identified(testbed.Person("ann"), "wikidata", "Q1")
	twice := append(ann.Identifiers, ann.Identifiers[0])
	ann.Identifiers = twice
	b.Put(ann)
	ann.Identifiers = twice[:1]
	b.Put(ann)
	testbed.Equal(b, "found", b.Now().Find(testbed.Wikidata("Q1")), []diplomacy.ID{ann.ID})
	ann.Identifiers = nil
	b.Put(ann)
	testbed.Equal(b, "found", b.Now().Find(testbed.Wikidata("Q1")), []diplomacy.ID{0})
}
