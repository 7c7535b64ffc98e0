package feed

import (
	"context"
	"sync"
	"sync/atomic"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// digests keeps those digests that were asked for last. Each is made by the first
// who asks; others wait for it. A digest is of what could be seen when it was made,
// and is made anew once something was restricted or released since.
type digests struct {
	store store.Store
	most  int // ids to keep

	mu     sync.Mutex
	kept   *simplelru.LRU[diplomacy.TxNumber, *entry]
	weight int
}

// entry is the place of one digest. Whoever has the turn makes it; if it cannot,
// the next one does.
type entry struct {
	made   atomic.Pointer[digest]
	turn   chan struct{} // holds an element while somebody makes it
	weight int           // belongs to digests
}

// emptyWeight is what a digest takes besides its ids, in ids.
const emptyWeight = 64

func newDigests(s store.Store, most int) *digests {
	d := &digests{store: s, most: most}
	// It is bounded by weight; the number of entries follows from that.
	d.kept, _ = simplelru.NewLRU(most/emptyWeight+1, func(_ diplomacy.TxNumber, e *entry) { d.weight -= e.weight })
	return d
}

func (d *digests) entry(number diplomacy.TxNumber) *entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e, ok := d.kept.Get(number); ok {
		return e
	}
	e := &entry{turn: make(chan struct{}, 1), weight: emptyWeight}
	d.weight += e.weight
	d.kept.Add(number, e)
	return e
}

// weigh counts a digest that was made, and makes room for it. The one just made
// stays, however large.
func (d *digests) weigh(number diplomacy.TxNumber, e *entry, ids int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if kept, ok := d.kept.Get(number); !ok || kept != e {
		return // thrown out meanwhile
	}
	more := emptyWeight + ids - e.weight
	e.weight += more
	d.weight += more
	for d.weight > d.most && d.kept.Len() > 1 {
		d.kept.RemoveOldest()
	}
}

// look is a look at digests by one goroutine, in one snapshot that is opened when
// the first has to be made.
type look struct {
	*digests
	snapshot store.Snapshot
}

func (d *digests) open() *look { return &look{digests: d} }

func (l *look) close() {
	if l.snapshot != nil {
		l.snapshot.Release()
	}
}

// digest is that of a committed transaction.
func (l *look) digest(ctx context.Context, number diplomacy.TxNumber) (*digest, error) {
	e := l.entry(number)
	if made := e.made.Load(); l.holds(made) {
		return made, ctx.Err()
	}
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-e.turn }()
	if made := e.made.Load(); l.holds(made) {
		return made, nil
	}
	made, err := l.make(ctx, number)
	if err != nil {
		return nil, err
	}
	e.made.Store(made)
	l.weigh(number, e, len(made.ids))
	return made, nil
}

// holds reports whether a digest is still of what may be seen.
func (d *digests) holds(made *digest) bool { return made != nil && made.seen >= d.store.Settled() }

func (l *look) make(ctx context.Context, number diplomacy.TxNumber) (*digest, error) {
	if l.snapshot != nil && l.snapshot.Revision() < l.store.Settled() {
		l.close()
		l.snapshot = nil
	}
	if l.snapshot == nil {
		snapshot, err := l.store.Read(ctx, store.View{Apart: true})
		if err != nil {
			return nil, err
		}
		l.snapshot = snapshot
	}
	made, err := read(ctx, l.snapshot, number)
	if err == nil {
		made.seen = l.snapshot.Revision()
	}
	return made, err
}
