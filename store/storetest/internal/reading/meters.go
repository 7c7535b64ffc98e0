package reading

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var meters = testbed.Theme{Name: "meters", Trials: []testbed.Trial{
	{Name: "every method is counted", Run: everyMethodIsCounted},
	{Name: "an exhausted meter stops every method", Run: exhaustedStops},
	{Name: "an exhausted meter stops what is long", Run: exhaustionStopsLong},
	{Name: "what is hidden is not counted", Run: hiddenIsNotCounted},
}}

// generous returns a meter that is never exhausted.
func generous() *store.Meter { return store.NewMeter(func(int64, int64) bool { return true }) }

// exhausted returns a meter that is exhausted.
func exhausted() *store.Meter {
	m := store.NewMeter(func(int64, int64) bool { return false })
	m.Work(store.MeterWork)
	return m
}

func everyMethodIsCounted(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	m := generous()
	l := b.ReadIn(store.View{Meter: m})
	last := int64(0)
	for method, call := range methods(testbed.Background, l.Reader, w.Ann.ID) {
		testbed.Must(b, call(), method)
		work, _ := m.Used()
		if work <= last {
			b.Errorf("a call of %s is no work", method)
		}
		last = work
	}
	m = generous()
	_, err := b.Store.Write(testbed.Background, store.Commit{Meter: m}, func(w store.Writer) error {
		return w.Put(testbed.Background, testbed.Person("late"))
	})
	testbed.Must(b, err, "write")
	if work, _ := m.Used(); work == 0 {
		b.Error("a write is no work")
	}
}

func exhaustedStops(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	snapshot, err := b.Store.Read(testbed.Background, store.View{Meter: exhausted()})
	testbed.Must(b, err, "read")
	defer snapshot.Release()
	eachIs(b, everyMethod(testbed.Background, snapshot, w.Ann.ID), store.ErrExpensive)
	errs := map[string]error{}
	_, errs["Write"] = b.Store.Write(testbed.Background, store.Commit{Meter: exhausted()}, func(writer store.Writer) error {
		errs["Put"] = writer.Put(testbed.Background, testbed.Person("late"))
		errs["Retract"] = writer.Retract(testbed.Background, w.Membership.ID)
		return errs["Put"]
	})
	eachIs(b, errs, store.ErrExpensive)
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), diplomacy.TxNumber(1))
}

// exhaustionStopsLong gives every method that takes a slice a long one.
func exhaustionStopsLong(b *testbed.Bed) {
	const many = 5_000
	w := testbed.Seed(b, b.Store)
	ids, keys, late := make([]diplomacy.ID, many), make([]store.Key, many), make([]diplomacy.Record, many)
	for i := range many {
		ids[i], keys[i], late[i] = w.Ann.ID, testbed.Wikidata("Q1"), testbed.Clone(w.Ann)
	}
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Of = ids
	errs := map[string]error{}
	stopped := func(method string, read func(store.Reader) error) {
		m := store.NewMeter(func(work, _ int64) bool { return work < 4*store.MeterWork })
		errs[method] = read(b.ReadIn(store.View{Meter: m}).Reader)
	}
	stopped("Records", func(r store.Reader) error { _, err := r.Records(testbed.Background, ids); return err })
	stopped("Find", func(r store.Reader) error { _, err := r.Find(testbed.Background, keys); return err })
	stopped("Same", func(r store.Reader) error { _, err := r.Same(testbed.Background, ids); return err })
	stopped("Links", func(r store.Reader) error { _, err := r.Links(testbed.Background, q); return err })
	stopped("Versions", func(r store.Reader) error { _, err := r.Versions(testbed.Background, ids, 0, 1); return err })
	m := store.NewMeter(func(work, _ int64) bool { return work < 4*store.MeterWork })
	_, errs["Write"] = b.Store.Write(testbed.Background, store.Commit{Meter: m}, func(w store.Writer) error {
		return w.Put(testbed.Background, late...)
	})
	eachIs(b, errs, store.ErrExpensive)
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), diplomacy.TxNumber(1))
}

// hiddenIsNotCounted compares the work of reads before and after restricted records.
func hiddenIsNotCounted(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	known := b.Now().Reader.Revision()
	b.Put(testbed.Person("last"))
	work := func() map[string]int64 {
		used := map[string]int64{}
		for name, view := range map[string]store.View{"present": {}, "past": {Known: known}} {
			m := generous()
			view.Meter = m
			l := b.ReadIn(view)
			for _, kind := range []diplomacy.Kind{diplomacy.KindEvidence, diplomacy.KindJudgement, diplomacy.Discussed, diplomacy.IssuedBy} {
				for _, of := range []diplomacy.Record{w.Ann, w.Ministry, w.Talks, w.Article} {
					l.Links(testbed.Along(of, testbed.Out(kind), testbed.In(kind)))
				}
			}
			for _, test := range []store.NameTest{{}, {Contains: "a"}, {StartsWith: "c"}} {
				l.List(store.ListQuery{Kind: diplomacy.KindSource, Page: testbed.Whole, Where: store.ListFilter{Name: test}})
			}
			used[name], _ = m.Used()
		}
		return used
	}
	before := work()
	cable := testbed.Source("cable")
	cable.Restricted = true
	b.Put(cable)
	b.Put(testbed.Statement(diplomacy.IssuedBy, cable, w.Ministry, ""), testbed.Statement(diplomacy.Discussed, w.Talks, cable, ""),
		testbed.Evidence(w.Ann, cable), testbed.Evidence(cable, w.Article), testbed.Judgement(w.Article, cable, "UNSURE"))
	testbed.Equal(b, "work beside restricted records", work(), before)
}
