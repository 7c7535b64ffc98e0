package feed

import (
	"context"
	"sync"
	"sync/atomic"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// digests caches the digests used last. The first follower that needs one makes it;
// others wait for it. A digest depends on what may be seen, so it is made again once a
// record was restricted or released.
type digests struct {
	store store.Store
	most  int // ids to keep

	mu     sync.Mutex
	kept   *simplelru.LRU[diplomacy.TxNumber, *entry]
	weight int
}

// entry is the cache entry of one digest. The follower that has the turn makes it; if
// that fails, the next follower tries.
type entry struct {
	made   atomic.Pointer[digest]
	turn   chan struct{} // has an element while a follower makes the digest
	weight int           // guarded by digests.mu
}

// emptyWeight is the memory of a digest without IDs, in IDs.
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

// weigh adds the size of a new digest and evicts others. The new one stays, however
// large.
func (d *digests) weigh(number diplomacy.TxNumber, e *entry, ids int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if kept, ok := d.kept.Get(number); !ok || kept != e {
		return // evicted meanwhile
	}
	more := emptyWeight + ids - e.weight
	e.weight += more
	d.weight += more
	for d.weight > d.most && d.kept.Len() > 1 {
		d.kept.RemoveOldest()
	}
}

// lookup reads digests for one goroutine, in one snapshot that it opens when it has to
// make the first.
type lookup struct {
	*digests
	snapshot store.Snapshot
}

func (d *digests) open() *lookup { return &lookup{digests: d} }

func (l *lookup) close() {
	if l.snapshot != nil {
		l.snapshot.Release()
	}
}

// digest returns the digest of a committed transaction.
func (l *lookup) digest(ctx context.Context, number diplomacy.TxNumber) (*digest, error) {
	e := l.entry(number)
	if made := e.made.Load(); l.current(made) {
		return made, ctx.Err()
	}
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-e.turn }()
	if made := e.made.Load(); l.current(made) {
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

// current reports whether nothing was restricted or released since a digest was made.
func (d *digests) current(made *digest) bool {
	return made != nil && made.seen >= d.store.LastRestriction()
}

func (l *lookup) make(ctx context.Context, number diplomacy.TxNumber) (*digest, error) {
	if l.snapshot != nil && l.snapshot.Revision() < l.store.LastRestriction() {
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
