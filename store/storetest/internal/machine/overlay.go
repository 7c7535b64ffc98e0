package machine

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"

	"pgregory.net/rapid"
)

// drawView draws any way to look at a state.
func drawView(t *rapid.T, known diplomacy.TxNumber) store.View {
	return store.View{Known: known, Restricted: rapid.Bool().Draw(t, "restricted"), Apart: pick(t, "apart", false, false, true)}
}

// judge draws a verdict on two entities of a kind, most often that they are one.
func (d *drawer) judge() step {
	kind := pick(d.T, "kind", someKinds...)
	j := &diplomacy.Judgement{A: d.idOf(kind), B: d.idOf(kind), Verdict: pick[diplomacy.Term](d.T, "verdict", "SAME", "SAME", "SAME", "DIFFERENT", "UNSURE")}
	if j.A > j.B {
		j.A, j.B = j.B, j.A
	}
	return put(j)
}

// restrict sets or lifts the restriction of a source or a statement.
func (d *drawer) restrict() step {
	ids := d.ids(func(k diplomacy.Kind) bool {
		return k == diplomacy.KindSource || k.IsStatement() && rapid.Bool().Draw(d.T, "statement")
	})
	if len(ids) == 0 {
		return d.putNew()
	}
	r := testbed.Clone(d.draft.Current()[pick(d.T, "which", ids...)])
	switch r := r.(type) {
	case *diplomacy.Source:
		r.Restricted = !r.Restricted
	case *diplomacy.Statement:
		r.Restricted = !r.Restricted
	}
	return put(r)
}

// echo says what a statement says once more, perhaps of an entity that is held
// to be the same as one it names.
func (d *drawer) echo() step {
	ids := d.ids(diplomacy.Kind.IsStatement)
	if len(ids) == 0 {
		return d.putNew()
	}
	s := testbed.Clone(d.draft.Current()[pick(d.T, "which", ids...)].(*diplomacy.Statement))
	s.Head = diplomacy.Head{}
	for ref := range diplomacy.References(s) {
		same, err := d.draft.Same(testbed.Background, []diplomacy.ID{*ref.ID})
		if testbed.Must(d.T, err, "same"); len(same[0]) > 1 {
			*ref.ID = pick(d.T, ref.Name, testbed.IDsOf(same[0]...)...)
		}
	}
	s.Normalize()
	return put(s)
}
