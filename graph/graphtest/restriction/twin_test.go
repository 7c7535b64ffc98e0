package restriction_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// twins are two graphs that get the same random public transactions. One of them gets
// restricted records beside them; the other gets an empty transaction for each of those
// that touch nothing else, so that both number their transactions alike.
type twins struct {
	*rand.Rand
	t             *testing.T
	with, without *graphWithSecrets
	last          diplomacy.TxNumber
	// public and secret are the ids of records, also of withdrawn ones; secret are
	// restricted or depend on what is.
	public, secret []diplomacy.ID
	made           int // entities, for their slugs
}

// newTwins plays random transactions and restricts all secrets at the end.
func newTwins(t *testing.T, seed uint64, transactions int) *twins {
	t.Helper()
	w := &twins{Rand: rand.New(rand.NewPCG(seed, 0)), t: t, with: emptyGraph(t), without: emptyGraph(t)}
	w.both(w.with.putEntities, w.without.putEntities)
	w.note()
	w.beside(func(p *graphtest.Putter) {
		for i := range 4 {
			w.with.hidden[fmt.Sprint("source", i)] = w.secretSource(p, fmt.Sprint(canary, "-", i))
		}
	})
	for range transactions {
		switch w.IntN(6) {
		case 0, 1:
			w.beside(w.changeSecrets)
		case 2:
			w.mixed()
		default:
			w.openly(w.changePublic)
		}
	}
	w.restrictAll()
	w.openly(func(p *graphtest.Putter) { // matches all filters of feeds
		for _, kind := range diplomacy.EntityKinds {
			w.newEntity(p, kind)
		}
	})
	return w
}

func emptyGraph(t *testing.T) *graphWithSecrets {
	t.Helper()
	g := &graphWithSecrets{clock: graphtest.Noon, public: map[string]diplomacy.ID{}, hidden: map[string]diplomacy.ID{}}
	g.store = graphtest.OpenStoreAt(t, func() time.Time { return g.clock })
	g.handler = graph.NewHandler(g.store, graph.Options{Now: graphtest.Clock, Limits: graphtest.Unlimited, ReportCost: true, Logger: graphtest.Warnings})
	return g
}

// try writes a transaction, unless it is refused. Ids depend on the time, which advances
// with each.
func (w *twins) try(g *graphWithSecrets, by store.Commit, put func(*graphtest.Putter)) bool {
	w.t.Helper()
	g.clock = graphtest.Noon.Add(time.Duration(w.last+1) * time.Hour)
	_, err := g.store.Write(w.t.Context(), by, func(writer store.Writer) error {
		p := graphtest.NewPutter(writer)
		put(p)
		return p.Err
	})
	refused := errors.As(err, new(*store.RefusedError)) || errors.Is(err, store.ErrReferenced) || errors.Is(err, store.ErrNotFound)
	if err != nil && !refused {
		w.t.Fatal(err)
	}
	return !refused
}

// both writes a public transaction to both graphs, or to none if what is restricted in one
// of them forbids it. It keeps numbers alike.
func (w *twins) both(with, without func(*graphtest.Putter)) {
	w.t.Helper()
	by := store.Commit{Author: "author", Message: fmt.Sprint("message ", w.last+1)}
	if w.try(w.with, by, with) && !w.try(w.without, by, without) {
		w.t.Fatal("a public transaction was refused only without secrets")
	}
	w.align()
}

// openly writes a random public transaction, which is drawn twice alike.
func (w *twins) openly(put func(*graphtest.Putter)) {
	w.t.Helper()
	draws, made := w.Rand, w.made
	seed := w.Uint64()
	again := func(p *graphtest.Putter) {
		w.Rand, w.made = rand.New(rand.NewPCG(seed, 1)), made
		put(p)
	}
	w.both(again, again)
	w.Rand = draws
	w.note()
}

// beside writes secrets, and an empty transaction to the graph without them.
func (w *twins) beside(put func(*graphtest.Putter)) {
	w.t.Helper()
	if w.try(w.with, store.Commit{Author: canary, Message: canary}, put) {
		w.align()
	}
	w.note()
}

// mixed writes a transaction with public changes and secrets. Of such a transaction readers
// see neither author nor message.
func (w *twins) mixed() {
	w.t.Helper()
	draws, made := w.Rand, w.made
	seed := w.Uint64()
	public := func(p *graphtest.Putter) {
		w.Rand, w.made = rand.New(rand.NewPCG(seed, 1)), made
		w.newStatement(p)
	}
	secretly := func(p *graphtest.Putter) {
		public(p)
		if p.Err == nil {
			p.Record(w.evidence(w.pick(w.publicNow(p, isSubject)), w.pick(w.secretNow(p, isSource))))
		}
	}
	if w.try(w.with, store.Commit{Author: canary, Message: canary}, secretly) && !w.try(w.without, store.Commit{}, public) {
		w.t.Fatal("a public transaction was refused only without secrets")
	}
	w.Rand = draws
	w.align()
	w.note()
}

// align fills the graph without secrets up to the number of transactions of the other.
func (w *twins) align() {
	w.t.Helper()
	w.last, _ = w.with.store.Committed()
	if last, _ := w.without.store.Committed(); last == w.last-1 {
		w.without.clock = w.with.clock
		if _, err := w.without.store.Write(w.t.Context(), store.Commit{}, func(writer store.Writer) error {
			return writer.Remember(w.t.Context(), fmt.Sprint(w.last), nil)
		}); err != nil {
			w.t.Fatal(err)
		}
	}
	if last, _ := w.without.store.Committed(); last != w.last {
		w.t.Fatalf("%d transactions without secrets, %d with", last, w.last)
	}
}

// note lists the records that the last transactions have made: those that the graph without
// secrets has too are public.
func (w *twins) note() {
	w.t.Helper()
	known := append(slices.Clone(w.public), w.secret...)
	w.public, w.secret = w.public[:0:0], w.secret[:0:0]
	now := []store.Snapshot{w.read(w.with), w.read(w.without)}
	for _, snapshot := range now {
		for n := diplomacy.TxNumber(1); n <= w.last; n++ {
			changes, err := snapshot.Changes(w.t.Context(), n, 0, store.MaxPage)
			if err != nil {
				w.t.Fatal(err)
			}
			for _, c := range changes {
				known = append(known, c.Record)
			}
		}
		defer snapshot.Release()
	}
	slices.Sort(known)
	known = slices.Compact(known)
	versions, err := now[1].Versions(w.t.Context(), known, 0, 1)
	if err != nil {
		w.t.Fatal(err)
	}
	for i, id := range known {
		if len(versions[i]) > 0 {
			w.public = append(w.public, id)
		} else {
			w.secret = append(w.secret, id)
		}
	}
}

func (w *twins) read(g *graphWithSecrets) store.Snapshot {
	snapshot, err := g.store.Read(w.t.Context(), store.Everything(0))
	if err != nil {
		w.t.Fatal(err)
	}
	return snapshot
}
