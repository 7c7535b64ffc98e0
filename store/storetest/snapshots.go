package storetest

import (
	"context"
	"errors"
	"sync/atomic"

	"chancery/diplomacy"
	"chancery/store"
)

var snapshots = theme{"snapshots", []trial{
	{"an empty graph", emptyGraph},
	{"release twice", releaseTwice},
	{"a released snapshot says so", releasedSaysSo},
	{"a context that ended stops every method", endedContext},
	{"a context that ends stops what is long", endingContext},
}}

func emptyGraph(b *bed) {
	l := b.now()
	equal(b, "revision", l.reader.Revision(), diplomacy.TxNumber(0))
	got := l.observe([]diplomacy.ID{diplomacy.MakeID(diplomacy.KindPerson, 1)}, []store.Key{wikidata("Q1")})
	equal(b, "records", got.Records, []diplomacy.Record{nil})
	equal(b, "found", got.Found, []diplomacy.ID{0})
	equal(b, "lists", got.Lists, make([]store.ListPage, len(got.Lists)))
	equal(b, "counts", got.ListCounts, make([]store.Count, len(got.ListCounts)))
	equal(b, "links", got.Links, make([]store.LinkPage, 1))
}

func releaseTwice(b *bed) {
	first, err := b.store.Read(background, store.Everything(0))
	must(b, err, "read")
	second, err := b.store.Read(background, store.Everything(0))
	must(b, err, "read")
	first.Release()
	first.Release()
	look{b, second}.record(0)
	second.Release()
	first.Release()
}

// everyMethod calls all methods of a reader that can fail.
func everyMethod(ctx context.Context, r store.Reader, id diplomacy.ID) map[string]error {
	q := store.LinkQuery{Of: []diplomacy.ID{id}, Along: []store.Arc{out(diplomacy.HoldsOffice)}, Page: whole}
	list := store.ListQuery{Kind: diplomacy.KindPerson, Page: whole}
	errs := map[string]error{}
	_, errs["Records"] = r.Records(ctx, []diplomacy.ID{id})
	_, errs["Find"] = r.Find(ctx, []store.Key{slug(diplomacy.KindPerson, "ann")})
	_, errs["Same"] = r.Same(ctx, []diplomacy.ID{id})
	_, errs["Links"] = r.Links(ctx, q)
	_, errs["CountLinks"] = r.CountLinks(ctx, q)
	_, errs["List"] = r.List(ctx, list)
	_, errs["CountList"] = r.CountList(ctx, list)
	_, errs["Versions"] = r.Versions(ctx, []diplomacy.ID{id}, 0, 1)
	_, errs["Transactions"] = r.Transactions(ctx, []diplomacy.TxNumber{1})
	_, errs["Changes"] = r.Changes(ctx, 1, 0, 1)
	_, _, errs["Receipt"] = r.Receipt(ctx, "key")
	return errs
}

func eachIs(b *bed, errs map[string]error, want error) {
	b.Helper()
	for method, err := range errs {
		if !errors.Is(err, want) {
			b.Errorf("%s: %v, want %v", method, err, want)
		}
	}
}

func releasedSaysSo(b *bed) {
	w := Seed(b, b.store)
	for _, known := range []diplomacy.TxNumber{0, 1} {
		snapshot, err := b.store.Read(background, store.Everything(known))
		must(b, err, "read")
		eachIs(b, everyMethod(background, snapshot, w.Ann.ID), nil)
		snapshot.Release()
		eachIs(b, everyMethod(background, snapshot, w.Ann.ID), store.ErrReleased)
	}
}

func endedContext(b *bed) {
	w := Seed(b, b.store)
	ended, cancel := context.WithCancel(background)
	cancel()
	errs := everyMethod(ended, b.now().reader, w.Ann.ID)
	_, errs["Read"] = b.store.Read(ended, store.Everything(0))
	_, errs["Write"] = b.store.Write(ended, store.Commit{}, func(w store.Writer) error { return w.Put(background, person("late")) })
	for _, err := range b.store.Check(ended) {
		errs["Check"] = err
	}
	_, err := b.write(func(writer store.Writer) error {
		errs["Put"] = writer.Put(ended, person("late"))
		errs["Retract"] = writer.Retract(ended, w.Membership.ID)
		errs["Restore"] = writer.Restore(ended, 0, w.Membership.ID)
		errs["Remember"] = writer.Remember(ended, "key", nil)
		return errs["Put"]
	})
	errs["Write of a failed Put"] = err
	eachIs(b, errs, context.Canceled)
	equal(b, "revision", b.now().reader.Revision(), diplomacy.TxNumber(1))
}

// ending is a context that ends when it has been looked at a few times.
type ending struct {
	context.Context
	end   context.CancelFunc
	looks atomic.Int32
}

func newEnding() *ending {
	ctx, cancel := context.WithCancel(background)
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
func endingContext(b *bed) {
	const many = 5_000
	w := Seed(b, b.store)
	ids, keys, late := make([]diplomacy.ID, many), make([]store.Key, many), make([]diplomacy.Record, many)
	for i := range many {
		ids[i], keys[i], late[i] = w.Ann.ID, wikidata("Q1"), clone(w.Ann)
	}
	q := along(w.Ann, out(diplomacy.ParticipatedIn))
	q.Of = ids
	r, errs := b.now().reader, map[string]error{}
	_, errs["Records"] = r.Records(newEnding(), ids)
	_, errs["Find"] = r.Find(newEnding(), keys)
	_, errs["Same"] = r.Same(newEnding(), ids)
	_, errs["Links"] = r.Links(newEnding(), q)
	q.Distinct = true // counted, not looked up
	_, errs["CountLinks"] = r.CountLinks(newEnding(), q)
	_, errs["Versions"] = r.Versions(newEnding(), ids, 0, 1)
	_, errs["Write"] = b.write(func(writer store.Writer) error { return writer.Put(newEnding(), late...) })
	eachIs(b, errs, context.Canceled)
}
