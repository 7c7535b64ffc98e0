package machine

import (
	"fmt"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/model"
	"chancery/store/storetest/internal/testbed"

	"pgregory.net/rapid"
)

// drawer draws the steps of one transaction from the graph as it stands in it.
type drawer struct {
	*rapid.T
	draft     *model.Draft
	rivals    *rivals
	retracted bool // something, so links may lead to what is gone
}

// pick draws one of a few.
func pick[E any](t *rapid.T, what string, from ...E) E {
	return rapid.SampledFrom(from).Draw(t, what)
}

// step draws what to do next.
func (d *drawer) step() step {
	switch pick(d.T, "step", "new", "change", "new", "change", "retract", "look", "restore", "new", "judge", "restrict", "echo", "judge", "remember", "mark unsourced") {
	case "change":
		return d.putChanged()
	case "retract":
		return d.retract()
	case "restore":
		return d.restore()
	case "remember":
		return d.remember()
	case "mark unsourced":
		return step{"mark unsourced", func(w store.Writer) (any, error) { w.MarkUnsourced(); return nil, nil }}
	case "judge":
		return d.judge()
	case "restrict":
		return d.restrict()
	case "echo":
		return d.echo()
	case "look":
		if !d.retracted {
			return d.look()
		}
	}
	return d.putNew()
}

// put makes a step of records; each time it puts copies. The answer is their
// ids.
func put(records ...diplomacy.Record) step {
	return step{fmt.Sprintf("put %s", kindsOf(records)), func(w store.Writer) (any, error) {
		copies := testbed.Clones(records)
		if err := w.Put(testbed.Background, copies...); err != nil {
			return nil, err
		}
		return testbed.IDsOf(copies...), nil
	}}
}

func kindsOf(records []diplomacy.Record) []string {
	var kinds []string
	for _, r := range records {
		kinds = append(kinds, r.Kind().String())
	}
	return kinds
}

func (d *drawer) putNew() step {
	var records []diplomacy.Record
	for range pick(d.T, "records", 1, 1, 2, 3, 5) {
		records = append(records, d.record())
	}
	return put(records...)
}

// putChanged takes a record as it is and draws some of its fields again; seldom
// under an id that no record has any more.
func (d *drawer) putChanged() step {
	ids := d.ids(all)
	if len(ids) == 0 {
		return d.putNew()
	}
	r := testbed.Clone(d.draft.Current()[pick(d.T, "which", ids...)])
	switch r := r.(type) {
	case diplomacy.Entity:
		d.dress(r)
	case *diplomacy.Statement:
		d.qualify(r)
	case *diplomacy.Evidence:
		d.prove(r)
	case *diplomacy.Judgement:
		r.Verdict = pick(d.T, "verdict", diplomacy.Verdicts...)
	}
	if d.seldom("gone") {
		r.Header().ID = pick(d.T, "id", d.rivals.retired...)
	}
	return put(r)
}

// retract draws a record that nothing refers to, one with all that refers to
// it, or any at all.
func (d *drawer) retract() step {
	d.retracted = true
	ids := []diplomacy.ID{pick(d.T, "which", append(d.ids(all), d.rivals.retired...)...)}
	switch leaves := d.ids(func(k diplomacy.Kind) bool { return !k.IsEntity() }); {
	case len(leaves) > 0 && pick(d.T, "a leaf", true, true, false):
		ids[0] = pick(d.T, "leaf", leaves...)
	case rapid.Bool().Draw(d.T, "all"):
		ids = append(ids, d.referring(ids[0])...)
	}
	d.rivals.retired = append(d.rivals.retired, ids...)
	return step{fmt.Sprint("retract ", ids), func(w store.Writer) (any, error) {
		return nil, w.Retract(testbed.Background, ids...)
	}}
}

// restore draws records, of which some may be gone, and a time for them.
func (d *drawer) restore() step {
	d.retracted = true // perhaps
	ids := rapid.SliceOfN(rapid.SampledFrom(append(d.ids(all), d.rivals.retired...)), 1, 4).Draw(d.T, "ids")
	known := diplomacy.TxNumber(rapid.Uint64Range(0, uint64(d.draft.Number()-1)).Draw(d.T, "known"))
	if d.seldom("future") {
		known = d.draft.Number()
	}
	d.rivals.retired = append(d.rivals.retired, ids...)
	return step{fmt.Sprintf("restore %v of %d", ids, known), func(w store.Writer) (any, error) {
		return nil, w.Restore(testbed.Background, known, ids...)
	}}
}

var someReceipts = []string{"a", "b", "c", "d"}

func (d *drawer) remember() step {
	key := pick(d.T, "receipt", someReceipts...)
	return step{"remember " + key, func(w store.Writer) (any, error) {
		return nil, w.Remember(testbed.Background, key, []byte(key))
	}}
}

// referring are the records that refer to one, but for evidence about it,
// which goes along.
func (d *drawer) referring(to diplomacy.ID) []diplomacy.ID {
	return slices.DeleteFunc(d.ids(all), func(id diplomacy.ID) bool {
		for ref := range diplomacy.References(d.draft.Current()[id]) {
			if *ref.ID == to && !ref.Owner {
				return false
			}
		}
		return true
	})
}

func all(diplomacy.Kind) bool { return true }

// seldom is true once in a while.
func (d *drawer) seldom(what string) bool { return rapid.IntRange(0, 20).Draw(d.T, what) == 13 }

// look asks the Writer.
func (d *drawer) look() step {
	q := drawQuestion(d.T, d.ids(all), true)
	return step{q.what, func(w store.Writer) (any, error) { return q.ask(w) }}
}

// ids are those of the draft's records of some kinds, in order.
func (d *drawer) ids(of func(diplomacy.Kind) bool) []diplomacy.ID {
	ids := slices.Sorted(maps.Keys(d.draft.Current()))
	return slices.DeleteFunc(ids, func(id diplomacy.ID) bool { return !of(id.Kind()) })
}

// idOf draws the id of a record of one of the kinds, rarely one of no record.
func (d *drawer) idOf(kinds ...diplomacy.Kind) diplomacy.ID {
	ids := d.ids(func(k diplomacy.Kind) bool { return slices.Contains(kinds, k) })
	if len(ids) == 0 || d.seldom("stray") {
		return diplomacy.MakeID(pick(d.T, "kind", kinds...), 1)
	}
	return pick(d.T, "id", ids...)
}
