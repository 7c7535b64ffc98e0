package overlay

import (
	"iter"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"

	"go.etcd.io/bbolt"
)

// Verdict is a judgement as seen from one of its entities.
type Verdict struct {
	Other diplomacy.ID // the other entity
	Via   diplomacy.ID // the judgement
}

// Verdicts returns the judgements about an entity with one verdict, layout.VerdictSame or
// layout.VerdictDifferent, which the view shows.
func (r *View) Verdicts(verdict byte, of diplomacy.ID) (found []Verdict, err error) {
	r.Meter.Work(mvcc.SeekWork)
	for _, s := range r.Cursors(nil, layout.Identity, layout.IdentityKey(verdict, of), store.Arc{}) {
		for s.Seek(nil, false); s.Rest != nil; s.Step(false) {
			v := Verdict{layout.ID(s.Rest), layout.ID(s.Rest[8:])}
			hidden, err := r.verdictHidden(of, v.Via)
			if err != nil {
				return nil, err
			}
			if !hidden {
				r.Meter.Work(mvcc.VisitWork)
				found = append(found, v)
			}
		}
	}
	return found, nil
}

// verdictHidden reports whether the view hides a judgement about an entity. Only those about
// sources can be hidden.
func (r *View) verdictHidden(of, judgement diplomacy.ID) (bool, error) {
	if of.Kind() != diplomacy.KindSource {
		return false, nil
	}
	return r.HiddenNow(judgement)
}

// judgedSame iterates over a half of the table of judgements: over the entities that are the
// same as another by judgements which are not hidden, in ascending order, some repeatedly.
func (r *View) judgedSame(half *bbolt.Bucket) iter.Seq2[diplomacy.ID, error] {
	return func(yield func(diplomacy.ID, error) bool) {
		c := half.Cursor()
		for k, _ := c.Seek([]byte{layout.VerdictSame}); len(k) > 0 && k[0] == layout.VerdictSame; k, _ = c.Next() {
			of := layout.ID(k[1:])
			hidden, err := r.verdictHidden(of, layout.ID(k[1+2*8:]))
			if (err != nil || !hidden) && !yield(of, err) || err != nil {
				return
			}
		}
	}
}
