package reading

import (
	"context"
	"errors"
	"sync/atomic"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var snapshots = testbed.Theme{Name: "snapshots", Trials: []testbed.Trial{
	{Name: "an empty graph", Run: emptyGraph},
	{Name: "release twice", Run: releaseTwice},
	{Name: "a released snapshot says so", Run: releasedSaysSo},
	{Name: "a writer ends with its function", Run: writerEnds},
	{Name: "more versions than a page holds are an error", Run: tooManyVersions},
	{Name: "a context that ended stops every method", Run: endedContext},
	{Name: "a context that ends stops what is long", Run: endingContext},
}}

func emptyGraph(b *testbed.Bed) {
	l := b.Now()
	testbed.Equal(b, "revision", l.Reader.Revision(), diplomacy.TxNumber(0))
	got := l.Observe([]diplomacy.ID{diplomacy.MakeID(diplomacy.KindPerson, 1)}, []store.Key{testbed.Wikidata("Q1")})
	testbed.Equal(b, "records", got.Records, []diplomacy.Record{nil})
	testbed.Equal(b, "found", got.Found, []diplomacy.ID{0})
	testbed.Equal(b, "lists", got.Lists, make([]store.ListPage, len(got.Lists)))
	testbed.Equal(b, "counts", got.ListCounts, make([]store.Count, len(got.ListCounts)))
	testbed.Equal(b, "links", got.Links, make([]store.LinkPage, 1))
}

func releaseTwice(b *testbed.Bed) {
	first, err := b.Store.Read(testbed.Background, store.Everything(0))
	testbed.Must(b, err, "read")
	second, err := b.Store.Read(testbed.Background, store.Everything(0))
	testbed.Must(b, err, "read")
	first.Release()
	first.Release()
	testbed.MustReader{Tester: b, Reader: second}.Record(0)
	second.Release()
	first.Release()
}

// methods returns a call of each method of a reader that can fail.
func methods(ctx context.Context, r store.Reader, id diplomacy.ID) map[string]func() error {
	q := store.LinkQuery{Of: []diplomacy.ID{id}, Along: []store.Arc{testbed.Out(diplomacy.HoldsOffice)}, Page: testbed.Whole}
	list := store.ListQuery{Kind: diplomacy.KindPerson, Page: testbed.Whole}
	ids := []diplomacy.ID{id}
	return map[string]func() error{
		"Records": func() error { _, err := r.Records(ctx, ids); return err },
		"Find": func() error {
			_, err := r.Find(ctx, []store.Key{testbed.Slug(diplomacy.KindPerson, "ann")})
			return err
		},
		"Same":         func() error { _, err := r.Same(ctx, ids); return err },
		"Links":        func() error { _, err := r.Links(ctx, q); return err },
		"CountLinks":   func() error { _, err := r.CountLinks(ctx, q); return err },
		"List":         func() error { _, err := r.List(ctx, list); return err },
		"CountList":    func() error { _, err := r.CountList(ctx, list); return err },
		"Versions":     func() error { _, err := r.Versions(ctx, ids, 0, 1); return err },
		"Transactions": func() error { _, err := r.Transactions(ctx, []diplomacy.TxNumber{1}); return err },
		"Changes":      func() error { _, err := r.Changes(ctx, 1, 0, 1); return err },
		"Receipt":      func() error { _, _, err := r.Receipt(ctx, "key"); return err },
	}
}

// everyMethod calls all methods of a reader that can fail.
func everyMethod(ctx context.Context, r store.Reader, id diplomacy.ID) map[string]error {
	errs := map[string]error{}
	for method, call := range methods(ctx, r, id) {
		errs[method] = call()
	}
	return errs
}

func eachIs(b *testbed.Bed, errs map[string]error, want error) {
	b.Helper()
	for method, err := range errs {
		if !errors.Is(err, want) {
			b.Errorf("%s: %v, want %v", method, err, want)
		}
	}
}

func releasedSaysSo(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	for _, known := range []diplomacy.TxNumber{0, 1} {
		snapshot, err := b.Store.Read(testbed.Background, store.Everything(known))
		testbed.Must(b, err, "read")
		eachIs(b, everyMethod(testbed.Background, snapshot, w.Ann.ID), nil)
		snapshot.Release()
		eachIs(b, everyMethod(testbed.Background, snapshot, w.Ann.ID), store.ErrReleased)
	}
}

func endedContext(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ended, cancel := context.WithCancel(testbed.Background)
	cancel()
	errs := everyMethod(ended, b.Now().Reader, w.Ann.ID)
	_, errs["Read"] = b.Store.Read(ended, store.Everything(0))
	_, errs["Write"] = b.Store.Write(ended, store.Commit{}, func(w store.Writer) error { return w.Put(testbed.Background, testbed.Person("late")) })
	for _, err := range b.Store.Check(ended) {
		errs["Check"] = err
	}
	_, err := b.Write(func(writer store.Writer) error {
		errs["Put"] = writer.Put(ended, testbed.Person("late"))
		errs["Retract"] = writer.Retract(ended, w.Membership.ID)
		errs["Restore"] = writer.Restore(ended, 0, w.Membership.ID)
		errs["Remember"] = writer.Remember(ended, "key", nil)
		return errs["Put"]
	})
	errs["Write of a failed Put"] = err
	eachIs(b, errs, context.Canceled)
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), diplomacy.TxNumber(1))
}

// ending is a context that ends when it has been looked at a few times.
type ending struct {
	context.Context
	end   context.CancelFunc
	looks atomic.Int32
}

func newEnding() *ending {
	ctx, cancel := context.WithCancel(testbed.Background)
	return &ending{Context: ctx, end: cancel}
}

func (c *ending) Err() error            { c.look(); return c.Context.Err() }
func (c *ending) Done() <-chan struct{} { c.look(); return c.Context.Done() }

func (c *ending) look() {
	if c.looks.Add(1) == 4 {
		c.end()
	}
}

// endingContext gives every method that takes a slice a long one.
func endingContext(b *testbed.Bed) {
	const many = 5_000
	w := testbed.Seed(b, b.Store)
	ids, keys, late := make([]diplomacy.ID, many), make([]store.Key, many), make([]diplomacy.Record, many)
	for i := range many {
		ids[i], keys[i], late[i] = w.Ann.ID, testbed.Wikidata("Q1"), testbed.Clone(w.Ann)
	}
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Of = ids
	r, errs := b.Now().Reader, map[string]error{}
	_, errs["Records"] = r.Records(newEnding(), ids)
	_, errs["Find"] = r.Find(newEnding(), keys)
	_, errs["Same"] = r.Same(newEnding(), ids)
	_, errs["Links"] = r.Links(newEnding(), q)
	q.Distinct = true // counted, not looked up
	_, errs["CountLinks"] = r.CountLinks(newEnding(), q)
	_, errs["Versions"] = r.Versions(newEnding(), ids, 0, 1)
	_, errs["Write"] = b.Write(func(writer store.Writer) error { return writer.Put(newEnding(), late...) })
	eachIs(b, errs, context.Canceled)
}

func writerEnds(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	var ended store.Writer
	_, err := b.Write(func(writer store.Writer) error {
		ended = writer
		return writer.Put(testbed.Background, testbed.Person("late"))
	})
	testbed.Must(b, err, "write")
	errs := everyMethod(testbed.Background, ended, w.Ann.ID)
	errs["Put"] = ended.Put(testbed.Background, testbed.Person("later"))
	errs["Retract"] = ended.Retract(testbed.Background, w.Membership.ID)
	errs["Restore"] = ended.Restore(testbed.Background, 1, w.Membership.ID)
	errs["Remember"] = ended.Remember(testbed.Background, "key", nil)
	eachIs(b, errs, store.ErrReleased)
}

func tooManyVersions(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	if _, err := b.Now().Reader.Versions(testbed.Background, testbed.IDsOf(w.Ann), 0, store.MaxPage+1); !errors.Is(err, store.ErrLimit) {
		b.Errorf("more than MaxPage versions: %v, want ErrLimit", err)
	}
}
