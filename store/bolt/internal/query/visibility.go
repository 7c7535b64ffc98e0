package query

import (
	"context"

	"chancery/diplomacy"

	lru "github.com/hashicorp/golang-lru/v2"
)

// redact removes from a transaction that changed hidden records everything except its
// number, its time and the count of its other changes.
func (r *reader) redact(ctx context.Context, t *diplomacy.Transaction) error {
	if !r.Hides {
		return nil
	}
	v, err := r.visibilityOf(ctx, t.Number)
	switch {
	case err != nil:
		return err
	case v.all && !t.Restricts:
		t.Changes = v.shown
	default:
		*t = diplomacy.Transaction{Number: t.Number, Time: t.Time, Changes: v.shown}
	}
	return nil
}

// visibility is how many changes of a transaction are shown, and whether all versions that
// it wrote or closed are, except of evidence that followed what it is about.
type visibility struct {
	shown int
	all   bool
}

// visibilityOf computes the visibility of a transaction once for each state of the file,
// since an import has many changes.
func (r *reader) visibilityOf(ctx context.Context, number diplomacy.TxNumber) (visibility, error) {
	of := visibilityKey{r.Last, number}
	if v, known := r.visible.counts.Get(of); known {
		return v, nil
	}
	v := visibility{all: true}
	for change, err := range r.changesFrom(ctx, number, 0) {
		if err != nil {
			return visibility{}, err
		}
		if err := r.see(&v, number, change); err != nil {
			return visibility{}, err
		}
	}
	r.visible.counts.Add(of, v)
	return v, nil
}

// see adds a change to the visibility of its transaction.
func (r *reader) see(v *visibility, number diplomacy.TxNumber, change diplomacy.Change) error {
	hidden, err := r.ChangeHidden(number, change)
	if err != nil {
		return err
	}
	before, err := r.HiddenAt(change.Record, number-1)
	if err != nil {
		return err
	}
	if !hidden {
		v.shown++
	}
	if !v.all || !hidden && !before {
		return nil
	}
	v.all, err = r.FollowsOwner(number, change)
	return err
}

// visibilityKey is a transaction and the last one of the file, on which restriction
// depends.
type visibilityKey struct{ last, of diplomacy.TxNumber }

const visibilityCacheSize = 4 << 10

// VisibilityCache keeps the visibility of transactions.
type VisibilityCache struct {
	counts *lru.Cache[visibilityKey, visibility]
}

// NewVisibilityCache returns an empty cache.
func NewVisibilityCache() *VisibilityCache {
	counts, err := lru.New[visibilityKey, visibility](visibilityCacheSize)
	if err != nil {
		panic(err) // the size is a constant
	}
	return &VisibilityCache{counts}
}
