package feed_test

import (
	"slices"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/feed"
	"chancery/store"
	"chancery/store/storetest"
)

// story is a graph with a transaction for each way of touching something.
type story struct {
	*storetest.World
	seeded, renamed, tenure, proof, closed, moved, judged, last diplomacy.TxNumber
}

func newStory(t *testing.T, s store.Store) *story {
	w := &story{World: storetest.Seed(t, s)}
	w.seeded, _ = s.Committed()
	ann := *w.Ann
	ann.Description = "a minister"
	w.renamed = put(t, s, &ann)
	tenure := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: w.Bob.ID, Object: w.Minister.ID}
	w.tenure = put(t, s, tenure)
	w.proof = put(t, s, &diplomacy.Evidence{About: tenure.ID, Source: w.Article.ID, AttributedTo: w.Ministry.ID})
	w.closed = write(t, s, func(tx store.Writer) error { return tx.Retract(t.Context(), tenure.ID) })
	there := *w.BobAtTalks
	there.OnBehalfOf = w.Avalon.ID // no longer Borduria's
	w.moved = put(t, s, &there)
	w.judged = put(t, s, &diplomacy.Judgement{A: min(w.Ann.ID, w.Bob.ID), B: max(w.Ann.ID, w.Bob.ID), Verdict: "DIFFERENT", Reasons: []string{"met"}})
	return w
}

func TestFilterSelectsTransactions(t *testing.T) {
	s := openStore(t)
	w := newStory(t, s)
	type ids = []diplomacy.ID
	type kinds = []diplomacy.Kind
	type numbers = []diplomacy.TxNumber
	w.last = put(t, s, topic("end"))
	tenure := func(more ...diplomacy.TxNumber) numbers { return append(numbers{w.tenure}, more...) }
	for name, test := range map[string]struct {
		which feed.Filter
		want  numbers
	}{
		"all":                     {feed.Filter{}, numbers{w.renamed, w.tenure, w.proof, w.closed, w.moved, w.judged}},
		"itself or a judgement":   {feed.Filter{Records: ids{w.Ann.ID}}, numbers{w.renamed, w.judged}},
		"an end of a statement":   {feed.Filter{Records: ids{w.Minister.ID}}, tenure(w.closed)},
		"a source":                {feed.Filter{Records: ids{w.Article.ID}}, numbers{w.proof, w.closed}},
		"whom it is attributed":   {feed.Filter{Records: ids{w.Ministry.ID}}, numbers{w.proof, w.closed}},
		"on whose behalf it is":   {feed.Filter{Records: ids{w.Avalon.ID}}, numbers{w.moved}},
		"on whose behalf it was":  {feed.Filter{Records: ids{w.Borduria.ID}}, numbers{w.moved}},
		"two records":             {feed.Filter{Records: ids{w.Article.ID, w.Minister.ID}}, numbers{w.tenure, w.proof, w.closed}},
		"a type":                  {feed.Filter{Entities: kinds{diplomacy.KindPerson, diplomacy.KindState}}, numbers{w.renamed}},
		"a predicate":             {feed.Filter{Predicates: kinds{diplomacy.HoldsOffice}}, tenure(w.closed)},
		"a record, a predicate":   {feed.Filter{Records: ids{w.Bob.ID}, Predicates: kinds{diplomacy.ParticipatedIn}}, numbers{w.moved}},
		"a type and a predicate":  {feed.Filter{Entities: kinds{diplomacy.KindPerson}, Predicates: kinds{diplomacy.HoldsOffice}}, nil},
		"what is no record":       {feed.Filter{Records: ids{0}}, nil},
		"an unknown record":       {feed.Filter{Records: ids{diplomacy.MakeID(diplomacy.KindPerson, 1)}}, nil},
		"from before the seeding": {feed.Filter{Entities: kinds{diplomacy.KindCouncil}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f := feed.New(s, feed.Options{})
			if got := passing(t, f, w.seeded, test.which, w.last); !slices.Equal(got, test.want) {
				t.Errorf("%v pass, want %v", got, test.want)
			}
		})
	}
}

// passing follows to the last transaction, whether that passes or not.
func passing(t *testing.T, f *feed.Feed, after diplomacy.TxNumber, which feed.Filter, last diplomacy.TxNumber) []diplomacy.TxNumber {
	t.Helper()
	var all []diplomacy.TxNumber
	for number, err := range peek(t, f, after, which, last) {
		if err != nil {
			t.Fatal(err)
		}
		if number != last {
			all = append(all, number)
		}
	}
	return all
}

// TestRestrictedRecordsAreNotAnnounced: a client that may not see a statement does not learn that it
// was touched; the transaction itself is announced to all.
func TestRestrictedRecordsAreNotAnnounced(t *testing.T) {
	s := openStore(t)
	w := storetest.Seed(t, s)
	seeded, _ := s.Committed()
	secret := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: w.Bob.ID, Object: w.Minister.ID, Restricted: true}
	put(t, s, secret)
	last := put(t, s, topic("end"))
	for role, want := range map[access.Role]int{access.Reader: 0, access.Editor: 1} {
		f := feed.New(access.Guard(s, access.Principal{Role: role}), feed.Options{})
		if got := passing(t, f, seeded, feed.Filter{Records: []diplomacy.ID{w.Bob.ID}}, last); len(got) != want {
			t.Errorf("role %d is notified of %v", role, got)
		}
		if got := passing(t, f, seeded, feed.Filter{}, last); len(got) != 1 {
			t.Errorf("role %d sees the transactions %v", role, got)
		}
	}
}

// TestFilterIncludesMergedRecords judges on the way that two are the same.
func TestFilterIncludesMergedRecords(t *testing.T) {
	s := openStore(t)
	a, b := topic("a"), topic("b")
	put(t, s, a, b)
	change := func(of *diplomacy.Topic, to string) diplomacy.TxNumber {
		next := *of
		next.Description = to
		return put(t, s, &next)
	}
	change(b, "not yet the same")
	judgement := &diplomacy.Judgement{A: a.ID, B: b.ID, Verdict: "SAME", Reasons: []string{"it is"}}
	judged := put(t, s, judgement)
	same := change(b, "the same")
	undone := write(t, s, func(w store.Writer) error { return w.Retract(t.Context(), judgement.ID) })
	change(b, "no longer the same")
	last := put(t, s, topic("end"))
	wanted := feed.Filter{Records: []diplomacy.ID{a.ID}}
	if got, want := passing(t, feed.New(s, feed.Options{}), 2, wanted, last), []diplomacy.TxNumber{judged, undone}; !slices.Equal(got, want) {
		t.Errorf("afterwards %v pass, want %v: it is held now to be another", got, want)
	}
	put(t, s, &diplomacy.Judgement{A: a.ID, B: b.ID, Verdict: "SAME", Reasons: []string{"it is after all"}})
	again := put(t, s, topic("end-2"))
	if got := passing(t, feed.New(s, feed.Options{}), judged, wanted, again); len(got) != 4 || got[0] != same {
		t.Errorf("%v pass, want four from %d on", got, same)
	}
}

// TestRecordsRestrictedLaterAreNotAnnounced: what was seen to be touched is not any more
// once it is restricted, and again when it is released.
func TestRecordsRestrictedLaterAreNotAnnounced(t *testing.T) {
	s := openStore(t)
	w := storetest.Seed(t, s)
	before, _ := s.Committed()
	tenure := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: w.Bob.ID, Object: w.Minister.ID}
	put(t, s, tenure)
	f := feed.New(access.Guard(s, access.Anonymous), feed.Options{})
	bob := feed.Filter{Records: []diplomacy.ID{w.Bob.ID}}
	restrict := func(restricted bool) {
		next := *tenure
		next.Restricted = restricted
		put(t, s, &next)
	}
	seen := func(end string) int { return len(passing(t, f, before, bob, put(t, s, topic(end)))) }
	if n := seen("end-1"); n != 1 {
		t.Fatalf("%d transactions pass, want 1", n)
	}
	restrict(true)
	if n := seen("end-2"); n != 0 {
		t.Errorf("%d transactions touch what is restricted", n)
	}
	restrict(false)
	if n := seen("end-3"); n != 3 {
		t.Errorf("%d transactions pass, want 3: made, restricted, released", n)
	}
}
