package storetest

import (
	"errors"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

var refusals = theme{"refusals", []trial{
	{"texts", refusedTexts},
	{"references", refusedReferences},
	{"keys", refusedKeys},
	{"unknown ids", refusedIDs},
	{"what cannot change", refusedChanges},
	{"all problems of a record at once", allAtOnce},
	{"the first refused record is named", firstNamed},
	{"nothing is left behind", nothingLeft},
	{"the function may go on", mayGoOn},
}}

// refused ends the test unless Put refuses the record at the position for the
// fields, joined by spaces.
func refused(b *bed, position int, fields string, records ...diplomacy.Record) {
	b.Helper()
	_, err := b.tryPut(records...)
	var refusal *store.RefusedError
	var problems diplomacy.Problems
	if !errors.As(err, &refusal) || !errors.As(err, &problems) {
		b.Fatalf("put %s: %v, want it refused", fields, err)
	}
	if refusal.Position != position || refusal.Record.Kind() != records[position].Kind() {
		b.Errorf("refused is record %d, a %s; want record %d", refusal.Position, refusal.Record.Kind(), position)
	}
	if len(err.Error()) > 10_000 {
		b.Errorf("the message for %s has %d bytes", fields, len(err.Error()))
	}
	equal(b, "refused fields", fieldsOf(problems), strings.Fields(fields))
}

// fieldsOf are the fields of the problems in their order, each once.
func fieldsOf(problems diplomacy.Problems) []string {
	var fields []string
	for _, p := range problems {
		fields = append(fields, p.Field)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

func refusedTexts(b *bed) {
	for _, name := range []string{"", " ", "a\x00b", "a\nb", "\x1b[31m", "a\xffb", "\xed\xa0\x80", strings.Repeat("x", 1<<20)} {
		ann := person("ann")
		ann.Names[0].Value = name
		refused(b, 0, "names[0].value", ann)
	}
	for _, bad := range []string{"", "Ann", "a--n", "a_n", "a\x00n", "\xff", "ä", strings.Repeat("x", diplomacy.MaxSlug+1)} {
		ann := person("ann")
		ann.Slug = bad
		refused(b, 0, "slug", ann)
	}
	for _, value := range []string{"", "\x00", "\xff", strings.Repeat("x", diplomacy.MaxIdentifier+1)} {
		refused(b, 0, "identifiers[0]", identified(person("ann"), "wikidata", value))
	}
}

func refusedReferences(b *bed) {
	w := Seed(b, b.store)
	nobody, nowhere := person("nobody"), state("nowhere")
	nobody.ID = diplomacy.MakeID(diplomacy.KindPerson, 1)
	nowhere.ID = diplomacy.MakeID(diplomacy.KindState, 1)
	refused(b, 0, "subject", statement(diplomacy.HoldsOffice, nobody, w.Minister, ""))
	refused(b, 0, "object", statement(diplomacy.MemberOf, w.Bob, organizationAt(1), ""))
	behalf := statement(diplomacy.ParticipatedIn, w.Bob, w.Talks, "")
	behalf.OnBehalfOf, behalf.InCapacityOf = nowhere.ID, diplomacy.MakeID(diplomacy.KindOffice, 1)
	refused(b, 0, "inCapacityOf onBehalfOf", behalf)
	refused(b, 0, "about", evidence(nobody, w.Article))
	refused(b, 0, "source", evidence(w.Ann, sourceAt(1)))
	attributed := evidence(w.Ann, w.Article)
	attributed.AttributedTo = nobody.ID
	refused(b, 0, "attributedTo", attributed)
	refused(b, 0, "a", judgement(nobody, w.Ann, "SAME"))
}

func refusedKeys(b *bed) {
	w := Seed(b, b.store)
	refused(b, 0, "slug", person("ann"))
	refused(b, 0, "identifiers[0] slug", identified(person("bob"), "wikidata", "Q1"))
	w.Bob.Slug = "ann"
	refused(b, 0, "slug", w.Bob)
	refused(b, 1, "slug", person("new"), person("new"))
}

func refusedIDs(b *bed) {
	w := Seed(b, b.store)
	stranger := person("stranger")
	stranger.ID = diplomacy.MakeID(diplomacy.KindPerson, 1)
	refused(b, 0, "id", stranger)
	disguised := state("disguised")
	disguised.ID = w.Ann.ID
	if _, err := b.tryPut(disguised); !errors.As(err, new(*store.RefusedError)) {
		b.Errorf("a State under the id of a Person: %v", err)
	}
	other := clone(w.AnnAtTalks)
	other.Predicate = diplomacy.Signed
	other.Object, other.OnBehalfOf = w.Treaty.ID, 0
	if _, err := b.tryPut(other); !errors.As(err, new(*store.RefusedError)) {
		b.Errorf("another predicate: %v", err)
	}
}

func refusedChanges(b *bed) {
	w := Seed(b, b.store)
	w.BobAtTalks.Subject = w.Ann.ID
	refused(b, 0, "subject", w.BobAtTalks)
	w.AnnAtTalks.Object = w.Summit.ID
	refused(b, 0, "object", w.AnnAtTalks)
	w.OfTenure.About = w.Ann.ID
	refused(b, 0, "about", w.OfTenure)
}

func allAtOnce(b *bed) {
	ann := identified(person("Ann"), "Wikidata", "")
	ann.Names[0] = diplomacy.Name{Value: "\x00", Language: "no language", Kind: "NICK"}
	ann.Description = "\xff"
	refused(b, 0, "description identifiers[0] names[0].kind names[0].language names[0].value slug", ann)
}

func firstNamed(b *bed) {
	refused(b, 1, "slug", person("ann"), person("Bob"), person("Carol"))
	refused(b, 2, "names", person("ann"), person("bob"), &diplomacy.Person{Thing: diplomacy.Thing{Slug: "carol"}})
}

func nothingLeft(b *bed) {
	w := Seed(b, b.store)
	ids, keys := idsOf(w.Records()...), keysOf(w.Entities())
	before := b.now().observe(ids, keys)
	w.Ann.Slug, w.Talks.Date = "anna", edtf("2021")
	refused(b, 4, "slug", person("new"), w.Ann, w.Talks, statement(diplomacy.MemberOf, w.Bob, w.League, ""), person("bob"))
	equal(b, "the graph after a refused write", b.now().observe(ids, keys), before)
	next := b.put(person("new"), person("anna"))
	equal(b, "number of the next transaction", next.Number, before.Revision+1)
	equal(b, "number of its changes", next.Changes, 2)
}

// mayGoOn puts again what was refused halfway through a call, and others.
func mayGoOn(b *bed) {
	w := Seed(b, b.store)
	good, bad, never := identified(person("good"), "wikidata", "Q7"), identified(person("bad"), "wikidata", "Q2"), person("never")
	talks := clone(w.Talks)
	talks.Slug, talks.Date, talks.Names = w.Summit.Slug, edtf("1999"), nil
	t, err := b.write(func(writer store.Writer) error {
		for _, records := range [][]diplomacy.Record{{good, bad, never}, {talks}} {
			if err := writer.Put(background, records...); !errors.As(err, new(*store.RefusedError)) {
				b.Errorf("put: %v, want it refused", err)
			}
		}
		equal(b, "found meanwhile", look{b, writer}.find(slug(diplomacy.KindPerson, "bad"), slug(diplomacy.KindPerson, "never")), make([]diplomacy.ID, 2))
		return writer.Put(background, statement(diplomacy.MemberOf, good, w.League, ""))
	})
	must(b, err, "write")
	equal(b, "changes", t.Changes, 2)
	equal(b, "found", b.now().find(slug(diplomacy.KindPerson, "good"), wikidata("Q7"), wikidata("Q2"), slug(diplomacy.KindPerson, "never")),
		[]diplomacy.ID{good.ID, good.ID, w.Ann.ID, 0})
	equal(b, "the refused version", len(b.now().versions(w.Talks.ID)), 1)
	equal(b, "its links", nodesOf(b.now().links(along(w.Talks, in(diplomacy.ParticipatedIn)))[0]), idsOf(w.Ann, w.Bob))
}
