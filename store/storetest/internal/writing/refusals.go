package writing

import (
	"errors"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var refusals = testbed.Theme{Name: "refusals", Trials: []testbed.Trial{
	{Name: "texts", Run: refusedTexts},
	{Name: "references", Run: refusedReferences},
	{Name: "keys", Run: refusedKeys},
	{Name: "unknown ids", Run: refusedIDs},
	{Name: "what cannot change", Run: refusedChanges},
	{Name: "all problems of a record at once", Run: allAtOnce},
	{Name: "nothing is left behind", Run: nothingLeft},
	{Name: "the function may go on", Run: mayGoOn},
}}

func refusedTexts(b *testbed.Bed) {
	for _, name := range []string{"", " ", "a\x00b", "a\nb", "\x1b[31m", "a\xffb", "\xed\xa0\x80", strings.Repeat("x", 1<<20)} {
		ann := testbed.Person("ann")
		ann.Names[0].Value = name
		testbed.Refused(b, 0, "names[0].value", ann)
	}
	for _, bad := range []string{"", "Ann", "a--n", "a_n", "a\x00n", "\xff", "ä", strings.Repeat("x", diplomacy.MaxSlug+1)} {
		ann := testbed.Person("ann")
		ann.Slug = bad
		testbed.Refused(b, 0, "slug", ann)
	}
	for _, value := range []string{"", "\x00", "\xff", strings.Repeat("x", diplomacy.MaxIdentifier+1)} {
		testbed.Refused(b, 0, "identifiers[0]", testbed.Identified(testbed.Person("ann"), "wikidata", value))
	}
}

func refusedReferences(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	nobody, nowhere := testbed.Person("nobody"), testbed.State("nowhere")
	nobody.ID = diplomacy.MakeID(diplomacy.KindPerson, 1)
	nowhere.ID = diplomacy.MakeID(diplomacy.KindState, 1)
	testbed.Refused(b, 0, "subject", testbed.Statement(diplomacy.HoldsOffice, nobody, w.Minister, ""))
	testbed.Refused(b, 0, "object", testbed.Statement(diplomacy.MemberOf, w.Bob, testbed.OrganizationAt(1), ""))
	behalf := testbed.Statement(diplomacy.ParticipatedIn, w.Bob, w.Talks, "")
	behalf.OnBehalfOf, behalf.InCapacityOf = nowhere.ID, diplomacy.MakeID(diplomacy.KindOffice, 1)
	testbed.Refused(b, 0, "inCapacityOf onBehalfOf", behalf)
	testbed.Refused(b, 0, "about", testbed.Evidence(nobody, w.Article))
	testbed.Refused(b, 0, "source", testbed.Evidence(w.Ann, testbed.SourceAt(1)))
	attributed := testbed.Evidence(w.Ann, w.Article)
	attributed.AttributedTo = nobody.ID
	testbed.Refused(b, 0, "attributedTo", attributed)
	testbed.Refused(b, 0, "a", testbed.Judgement(nobody, w.Ann, "SAME"))
}

func refusedKeys(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	testbed.Refused(b, 0, "slug", testbed.Person("ann"))
	testbed.Refused(b, 0, "identifiers[0] slug", testbed.Identified(testbed.Person("bob"), "wikidata", "Q1"))
	w.Bob.Slug = "ann"
	testbed.Refused(b, 0, "slug", w.Bob)
	testbed.Refused(b, 1, "slug", testbed.Person("new"), testbed.Person("new"))
}

func refusedIDs(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	stranger := testbed.Person("stranger")
	stranger.ID = diplomacy.MakeID(diplomacy.KindPerson, 1)
	testbed.Refused(b, 0, "id", stranger)
	disguised := testbed.State("disguised")
	disguised.ID = w.Ann.ID
	if _, err := b.TryPut(disguised); !errors.As(err, new(*store.RefusedError)) {
		b.Errorf("a State under the id of a Person: %v", err)
	}
	other := testbed.Clone(w.AnnAtTalks)
	other.Predicate = diplomacy.Signed
	other.Object, other.OnBehalfOf = w.Treaty.ID, 0
	if _, err := b.TryPut(other); !errors.As(err, new(*store.RefusedError)) {
		b.Errorf("another predicate: %v", err)
	}
}

func refusedChanges(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.BobAtTalks.Subject = w.Ann.ID
	testbed.Refused(b, 0, "subject", w.BobAtTalks)
	w.AnnAtTalks.Object = w.Summit.ID
	testbed.Refused(b, 0, "object", w.AnnAtTalks)
	w.OfTenure.About = w.Ann.ID
	testbed.Refused(b, 0, "about", w.OfTenure)
}

func allAtOnce(b *testbed.Bed) {
	ann := testbed.Identified(testbed.Person("Ann"), "Wikidata", "")
	ann.Names[0] = diplomacy.Name{Value: "\x00", Language: "no language", Kind: "NICK"}
	ann.Description = "\xff"
	testbed.Refused(b, 0, "description identifiers[0] names[0].kind names[0].language names[0].value slug", ann)
}

func nothingLeft(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ids, keys := testbed.IDsOf(w.Records()...), testbed.KeysOf(w.Entities())
	before := b.Now().Observe(ids, keys)
	w.Ann.Slug, w.Talks.Date = "anna", testbed.EDTF("2021")
	testbed.Refused(b, 4, "slug", testbed.Person("new"), w.Ann, w.Talks, testbed.Statement(diplomacy.MemberOf, w.Bob, w.League, ""), testbed.Person("bob"))
	testbed.Equal(b, "the graph after a refused write", b.Now().Observe(ids, keys), before)
	next := b.Put(testbed.Person("new"), testbed.Person("anna"))
	testbed.Equal(b, "number of the next transaction", next.Number, before.Revision+1)
	testbed.Equal(b, "number of its changes", next.Changes, 2)
}

// mayGoOn writes after calls of which records were refused.
func mayGoOn(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	good, bad, late := testbed.Identified(testbed.Person("good"), "wikidata", "Q7"), testbed.Identified(testbed.Person("bad"), "wikidata", "Q2"), testbed.Person("late")
	talks := testbed.Clone(w.Talks)
	talks.Slug, talks.Date, talks.Names = w.Summit.Slug, testbed.EDTF("1999"), nil
	t, err := b.Write(func(writer store.Writer) error {
		for _, records := range [][]diplomacy.Record{{good, bad, late}, {talks}} {
			if err := writer.Put(testbed.Background, records...); !errors.As(err, new(*store.RefusedError)) {
				b.Errorf("put: %v, want it refused", err)
			}
		}
		testbed.Equal(b, "found meanwhile", testbed.MustReader{Tester: b, Reader: writer}.Find(testbed.Slug(diplomacy.KindPerson, "bad"), testbed.Slug(diplomacy.KindPerson, "late")), []diplomacy.ID{0, late.ID})
		return writer.Put(testbed.Background, testbed.Statement(diplomacy.MemberOf, good, w.League, ""))
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "changes", t.Changes, 3)
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "good"), testbed.Wikidata("Q7"), testbed.Wikidata("Q2"), testbed.Slug(diplomacy.KindPerson, "late")),
		[]diplomacy.ID{good.ID, good.ID, w.Ann.ID, late.ID})
	testbed.Equal(b, "the refused version", len(b.Now().Versions(w.Talks.ID)), 1)
	testbed.Equal(b, "its links", testbed.NodesOf(b.Now().Links(testbed.Along(w.Talks, testbed.In(diplomacy.ParticipatedIn)))[0]), testbed.IDsOf(w.Ann, w.Bob))
}
