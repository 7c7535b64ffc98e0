package writing

import (
	"errors"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var batches = testbed.Theme{Name: "batches", Trials: []testbed.Trial{
	{Name: "all refusals of a call are listed", Run: allRefusalsListed},
	{Name: "the records that are not refused are written", Run: othersAreWritten},
	{Name: "a refused new record has no id", Run: refusedHasNoID},
	{Name: "of two records with one key the second is refused", Run: sameKeyTwice},
	{Name: "swapped slugs are refused for both", Run: swappedSlugs},
	{Name: "a slug given up before in the call is free", Run: slugGivenUp},
	{Name: "records are checked in their order", Run: checkedInOrder},
	{Name: "a judgement counts for those after it", Run: judgementCounts},
	{Name: "a refused judgement does not count", Run: refusedJudgementDoesNotCount},
	{Name: "one record twice is two versions of it", Run: sameRecordTwice},
	{Name: "restore lists all refusals and restores the rest", Run: restoreListsAll},
	{Name: "retract stops at a record that is not there", Run: retractStops},
	{Name: "a large call", Run: largeCall},
}}

func allRefusalsListed(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Bob.Slug = "ann"
	testbed.RefusedAll(b, []string{"1: slug", "2: slug", "4: object", "5: identifiers[0] slug", "6: names"},
		testbed.Person("good"), testbed.Person("Bad"), w.Bob, testbed.Person("fine"),
		testbed.Statement(diplomacy.MemberOf, w.Ann, testbed.OrganizationAt(1), ""),
		testbed.Identified(testbed.Person("ann"), "wikidata", "Q1"), &diplomacy.Person{Thing: diplomacy.Thing{Slug: "nameless"}})
}

func othersAreWritten(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	good, fine := testbed.Person("good"), testbed.Person("fine")
	t, err := b.Write(func(writer store.Writer) error {
		testbed.IsRefused(b, writer.Put(testbed.Background, good, testbed.Person("Bad"), fine), []string{"1: slug"}, good, testbed.Person("Bad"), fine)
		return writer.Put(testbed.Background, testbed.Statement(diplomacy.MemberOf, fine, w.League, ""))
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "changes", t.Changes, 3)
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "good"), testbed.Slug(diplomacy.KindPerson, "fine")), testbed.IDsOf(good, fine))
}

func refusedHasNoID(b *testbed.Bed) {
	bad := testbed.Person("Bad")
	_, err := b.Write(func(w store.Writer) error {
		if !errors.As(w.Put(testbed.Background, testbed.Person("good"), bad), new(*store.RefusedError)) {
			b.Errorf("a person with a bad slug was not refused")
		}
		bad.Slug = "better"
		return w.Put(testbed.Background, bad)
	})
	testbed.Must(b, err, "put it again after mending it")
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "better")), testbed.IDsOf(bad))
}

func sameKeyTwice(b *testbed.Bed) {
	testbed.RefusedAll(b, []string{"1: slug", "3: identifiers[0]"},
		testbed.Person("ann"), testbed.Person("ann"), testbed.Identified(testbed.Person("bob"), "wikidata", "Q1"), testbed.Identified(testbed.State("avalon"), "wikidata", "Q1"))
}

func swappedSlugs(b *testbed.Bed) {
	ann, bob := testbed.Person("ann"), testbed.Person("bob")
	b.Put(ann, bob)
	ann.Slug, bob.Slug = "bob", "ann"
	testbed.RefusedAll(b, []string{"0: slug", "1: slug"}, ann, bob)
	_, err := b.Write(func(w store.Writer) error {
		meanwhile := testbed.Clone(ann)
		meanwhile.Slug = "meanwhile"
		return errors.Join(w.Put(testbed.Background, meanwhile), w.Put(testbed.Background, testbed.Clone(bob), testbed.Clone(ann)))
	})
	testbed.Must(b, err, "swap them by way of a third slug")
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "ann"), testbed.Slug(diplomacy.KindPerson, "bob")), testbed.IDsOf(bob, ann))
}

func slugGivenUp(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	ann.Slug = "anna"
	heir := testbed.Person("ann")
	testbed.Refused(b, 0, "slug", heir, ann)
	b.Put(ann, heir)
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "ann")), testbed.IDsOf(heir))
}

// checkedInOrder has a record that gives up its slug, but is refused.
func checkedInOrder(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	ann.Slug, ann.Names = "anna", nil
	testbed.RefusedAll(b, []string{"0: names", "1: slug"}, ann, testbed.Person("ann"))
}

func judgementCounts(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Twins.ID)
	testbed.Refused(b, 2, "verdict", testbed.Judgement(w.Ann, w.Bob, "SAME"), testbed.Judgement(w.Bob, w.Anne, "SAME"), testbed.Judgement(w.Ann, w.Anne, "DIFFERENT"))
}

func refusedJudgementDoesNotCount(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Twins.ID)
	testbed.RefusedAll(b, []string{"1: verdict"}, testbed.Judgement(w.Ann, w.Bob, "SAME"), &diplomacy.Judgement{A: w.Bob.ID, B: w.Anne.ID, Verdict: "PERHAPS"},
		testbed.Judgement(w.Ann, w.Anne, "DIFFERENT"))
}

func sameRecordTwice(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	first, second := testbed.Clone(w.Ann), testbed.Clone(w.Ann)
	first.Slug, second.Slug = "anna", "annie"
	t := b.Put(first, second)
	testbed.Equal(b, "changes", t.Changes, 1)
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "anna"), testbed.Slug(diplomacy.KindPerson, "annie")), []diplomacy.ID{0, w.Ann.ID})
	testbed.Equal(b, "revision", b.Now().Record(w.Ann.ID).Header().Revision, uint32(2))
}

func restoreListsAll(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Water.ID, w.Membership.ID, w.OfTenure.ID, w.Tenure.ID)
	b.Put(testbed.Topic("water"))
	_, err := b.Write(func(writer store.Writer) error {
		ids := testbed.IDsOf[diplomacy.Record](w.Water, w.OfTenure, w.Membership, w.Tenure)
		testbed.IsRefused(b, writer.Restore(testbed.Background, 1, ids...), []string{"0: slug", "1: about"}, w.Water, w.OfTenure, w.Membership, w.Tenure)
		return writer.Restore(testbed.Background, 1, w.OfTenure.ID)
	})
	testbed.Must(b, err, "write")
	for _, id := range testbed.IDsOf[diplomacy.Record](w.OfTenure, w.Membership, w.Tenure) {
		testbed.Equal(b, "restored "+id.String(), b.Now().Record(id) != nil, true)
	}
}

func retractStops(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	_, err := b.Write(func(writer store.Writer) error {
		if err := writer.Retract(testbed.Background, w.Membership.ID, w.Membership.ID, w.Tenure.ID); !errors.Is(err, store.ErrNotFound) {
			b.Errorf("retract one record twice: %v, want ErrNotFound", err)
		}
		return nil
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "the one before it", b.Now().Record(w.Membership.ID) == nil, true)
	testbed.Equal(b, "the one after it", b.Now().Record(w.Tenure.ID) != nil, true)
}

// largeCall has more records than an engine may hold back for a transaction that is
// shared with others.
func largeCall(b *testbed.Bed) {
	const many = 1500
	w := testbed.Seed(b, b.Store)
	records := make([]diplomacy.Record, many)
	var want []string
	for i := range records {
		records[i] = testbed.Statement(diplomacy.Discussed, w.Talks, w.Water, "")
		if i%500 == 7 {
			records[i] = testbed.Person("Bad")
			want = append(want, testbed.RefusedFields(&store.RefusedError{Refusals: []store.Refusal{{Position: i, Problems: diplomacy.Problems{{Field: "slug"}}}}})...)
		}
	}
	t, err := b.Write(func(writer store.Writer) error {
		testbed.IsRefused(b, writer.Put(testbed.Background, records...), want, records...)
		return nil
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "changes", t.Changes, many-len(want))
	testbed.Equal(b, "links", b.Now().CountLinks(testbed.Along(w.Talks, testbed.Out(diplomacy.Discussed)))[0].N, many-len(want))
}
