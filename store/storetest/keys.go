package storetest

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

var keys = theme{"keys", []trial{
	{"slugs are of a kind", slugsOfAKind},
	{"identifiers are of the whole graph", identifiersOfTheGraph},
	{"values are compared byte by byte", byteByByte},
	{"names keep their bytes", namesKeepBytes},
	{"keys are freed by a change", freedByChange},
	{"keys are freed by retraction", freedByRetraction},
	{"keys pass on within a call", passedOn},
	{"an entity may repeat an identifier", repeatedIdentifier},
}}

func slugsOfAKind(b *bed) {
	georgia, alsoGeorgia := state("georgia"), topic("georgia")
	b.put(georgia, alsoGeorgia)
	got := b.now().find(
		slug(diplomacy.KindTopic, "georgia"), slug(diplomacy.KindState, "georgia"),
		slug(diplomacy.KindPerson, "georgia"), slug(diplomacy.KindNone, "georgia"),
		slug(diplomacy.KindState, "georgi"), slug(diplomacy.KindState, "georgia1"), slug(diplomacy.KindState, ""),
	)
	equal(b, "found", got, []diplomacy.ID{alsoGeorgia.ID, georgia.ID, 0, 0, 0, 0, 0})
	equal(b, "no keys", len(b.now().find()), 0)
}

func identifiersOfTheGraph(b *bed) {
	avalon := identified(state("avalon"), "wikidata", "Q1")
	b.put(avalon)
	ofKind := func(kind diplomacy.Kind) store.Key {
		return store.Key{Kind: kind, Scheme: "wikidata", Value: "Q1"}
	}
	got := b.now().find(ofKind(diplomacy.KindNone), ofKind(diplomacy.KindState), ofKind(diplomacy.KindPerson))
	equal(b, "found", got, []diplomacy.ID{avalon.ID, avalon.ID, 0})
	refused(b, 0, "identifiers[0]", identified(person("ann"), "wikidata", "Q1"))
}

// byteByByte has values that a careless key would mix up, all different.
func byteByByte(b *bed) {
	pairs := [][2]string{
		{"a", "bc"}, {"ab", "c"}, {"a", "b"}, {"a", "B"}, {"a", "b "}, {"a", " b"}, {"a", "b:c"}, {"a", "b/c"},
		{"a", "\u00e9"}, {"a", "e\u0301"}, {"a", "\ufb01"}, {"a", "fi"}, {"a-b", "c"}, {"a", "-b-c"},
		{"a", strings.Repeat("x", diplomacy.MaxIdentifier)}, {"a", strings.Repeat("x", diplomacy.MaxIdentifier-1)},
	}
	var entities []diplomacy.Record
	var keys []store.Key
	for i, p := range pairs {
		entities = append(entities, identified(topic(slugOf(uint64(i))), p[0], p[1]))
		keys = append(keys, store.Key{Scheme: p[0], Value: p[1]})
	}
	b.put(entities...)
	equal(b, "found", b.now().find(keys...), idsOf(entities...))
}

func namesKeepBytes(b *bed) {
	ann := person("ann")
	for _, value := range []string{"Mémm\u0259d", "Me\u0301mm\u0259d", "MƏMMƏD", "  two  spaces  ", "\u202eback"} {
		ann.Names = append(ann.Names, diplomacy.Name{Value: value, Language: "az"})
	}
	b.put(ann)
	equal(b, "names", b.now().record(ann.ID).(*diplomacy.Person).Names, ann.Names)
}

func freedByChange(b *bed) {
	ann := identified(person("ann"), "wikidata", "Q1")
	first := b.put(ann)
	ann.Slug = "anne"
	b.put(identified(ann, "wikidata", "Q2"))
	other := identified(person("ann"), "wikidata", "Q1")
	b.put(other)
	keys := []store.Key{slug(diplomacy.KindPerson, "ann"), wikidata("Q1"), slug(diplomacy.KindPerson, "anne"), wikidata("Q2")}
	equal(b, "found now", b.now().find(keys...), []diplomacy.ID{other.ID, other.ID, ann.ID, ann.ID})
	equal(b, "found before", b.at(first.Number).find(keys...), []diplomacy.ID{ann.ID, ann.ID, 0, 0})
}

func freedByRetraction(b *bed) {
	ann, heir := identified(person("ann"), "wikidata", "Q1"), identified(person("ann"), "wikidata", "Q1")
	first := b.put(ann)
	gone := b.retract(ann.ID)
	third := b.put(heir)
	keys := []store.Key{slug(diplomacy.KindPerson, "ann"), wikidata("Q1")}
	for n, want := range map[diplomacy.TxNumber]diplomacy.ID{first.Number: ann.ID, gone.Number: 0, third.Number: heir.ID, 0: heir.ID} {
		equal(b, "found", b.at(n).find(keys...), []diplomacy.ID{want, want})
	}
}

func passedOn(b *bed) {
	ann, bob := identified(person("ann"), "wikidata", "Q1"), person("bob")
	b.put(ann, bob)
	ann.Slug, ann.Identifiers = "carol", nil
	bob.Slug, bob.Identifiers = "ann", []diplomacy.Identifier{{Scheme: "wikidata", Value: "Q1"}}
	refused(b, 0, "identifiers[0] slug", bob, ann)
	b.put(ann, bob)
	keys := []store.Key{slug(diplomacy.KindPerson, "ann"), slug(diplomacy.KindPerson, "bob"), slug(diplomacy.KindPerson, "carol"), wikidata("Q1")}
	equal(b, "found", b.now().find(keys...), []diplomacy.ID{bob.ID, 0, ann.ID, bob.ID})
}

func repeatedIdentifier(b *bed) {
	ann := identified(person("ann"), "wikidata", "Q1")
	twice := append(ann.Identifiers, ann.Identifiers[0])
	ann.Identifiers = twice
	b.put(ann)
	ann.Identifiers = twice[:1]
	b.put(ann)
	equal(b, "found", b.now().find(wikidata("Q1")), []diplomacy.ID{ann.ID})
	ann.Identifiers = nil
	b.put(ann)
	equal(b, "found", b.now().find(wikidata("Q1")), []diplomacy.ID{0})
}

func identified[E diplomacy.Entity](e E, scheme, value string) E {
	e.Base().Identifiers = []diplomacy.Identifier{{Scheme: scheme, Value: value}}
	return e
}
