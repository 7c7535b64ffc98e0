package storetest

import (
	"errors"
	"sync"

	"chancery/diplomacy"
	"chancery/store"
)

var following = theme{"following", []trial{
	{"what is committed is told of", committedIsTold},
	{"whoever follows misses nothing", followMissesNothing},
	{"what restricts and releases unsettles", restrictingUnsettles},
}}

func closed(channel <-chan struct{}) bool {
	select {
	case <-channel:
		return true
	default:
		return false
	}
}

func committedIsTold(b *bed) {
	last, later := b.store.Committed()
	equal(b, "of an empty graph", last, diplomacy.TxNumber(0))
	_, err := b.write(func(w store.Writer) error {
		must(b, w.Put(background, person("ann")), "put")
		return errors.New("no")
	})
	equal(b, "failed", err != nil, true)
	_, err = b.write(func(store.Writer) error { return nil })
	must(b, err, "write")
	if n, _ := b.store.Committed(); n != 0 || closed(later) {
		b.Errorf("told of transaction %d, which there is not", n)
	}
	t := b.put(person("ann"))
	equal(b, "told", closed(later), true)
	last, later = b.store.Committed()
	equal(b, "number", last, t.Number)
	equal(b, "told of the next", closed(later), false)
}

// followMissesNothing reads every transaction as it comes, while many write.
func followMissesNothing(b *bed) {
	const writers, rounds = 8, 5
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			for j := range rounds {
				_, err := b.store.Write(background, store.Commit{}, func(w store.Writer) error {
					return w.Put(background, person(slugOf(uint64(i*rounds+j))))
				})
				if err != nil {
					b.Errorf("write: %v", err)
				}
			}
		})
	}
	for seen := diplomacy.TxNumber(0); seen < writers*rounds; {
		last, later := b.store.Committed()
		snapshot, err := b.store.Read(background, store.Everything(last))
		must(b, err, "read what was told of")
		for ; seen < last; seen++ {
			equal(b, "transaction", look{b, snapshot}.transactions(seen + 1)[0] != nil, true)
		}
		snapshot.Release()
		if seen < writers*rounds {
			<-later
		}
	}
	group.Wait()
}

// restrictingUnsettles: no transaction that changed what may be seen of the past
// is later than Settled.
func restrictingUnsettles(b *bed) {
	from := source("wire")
	b.put(from)
	for _, restricted := range []bool{true, false, true} {
		from.Restricted = restricted
		t := b.put(from)
		if n := b.store.Settled(); n < t.Number {
			b.Errorf("settled at %d, and transaction %d changed what may be seen", n, t.Number)
		}
	}
	t := b.retract(from.ID)
	if n := b.store.Settled(); n < t.Number-1 {
		b.Errorf("settled at %d, before transaction %d restricted", n, t.Number-1)
	}
}
