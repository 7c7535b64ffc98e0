package writing

import (
	"errors"
	"sync"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var following = testbed.Theme{Name: "following", Trials: []testbed.Trial{
	{Name: "what is committed is told of", Run: committedIsTold},
	{Name: "a follower misses nothing", Run: followMissesNothing},
	{Name: "what restricts and releases unsettles", Run: restrictingUnsettles},
}, Needs: []testbed.Capability{testbed.Following}}

func closed(channel <-chan struct{}) bool {
	select {
	case <-channel:
		return true
	default:
		return false
	}
}

func committedIsTold(b *testbed.Bed) {
	last, later := b.Store.Committed()
	testbed.Equal(b, "of an empty graph", last, diplomacy.TxNumber(0))
	_, err := b.Write(func(w store.Writer) error {
		testbed.Must(b, w.Put(testbed.Background, testbed.Person("ann")), "put")
		return errors.New("no")
	})
	testbed.Equal(b, "failed", err != nil, true)
	_, err = b.Write(func(store.Writer) error { return nil })
	testbed.Must(b, err, "write")
	if n, _ := b.Store.Committed(); n != 0 || closed(later) {
		b.Errorf("told of transaction %d, which there is not", n)
	}
	t := b.Put(testbed.Person("ann"))
	testbed.Equal(b, "told", closed(later), true)
	last, later = b.Store.Committed()
	testbed.Equal(b, "number", last, t.Number)
	testbed.Equal(b, "told of the next", closed(later), false)
}

// followMissesNothing reads every transaction as it comes, while many write.
func followMissesNothing(b *testbed.Bed) {
	const writers, rounds = 8, 5
	var group sync.WaitGroup
	failed := make(chan struct{}, writers*rounds)
	for i := range writers {
		b.GoIn(&group, func() {
			for j := range rounds {
				_, err := b.Store.Write(testbed.Background, store.Commit{}, func(w store.Writer) error {
					return w.Put(testbed.Background, testbed.Person(testbed.SlugOf(uint64(i*rounds+j))))
				})
				if err != nil {
					b.Errorf("write: %v", err)
					failed <- struct{}{}
				}
			}
		})
	}
	for seen := diplomacy.TxNumber(0); seen < writers*rounds; {
		last, later := b.Store.Committed()
		snapshot, err := b.Store.Read(testbed.Background, store.Everything(last))
		testbed.Must(b, err, "read what was told of")
		for ; seen < last; seen++ {
			testbed.Equal(b, "transaction", testbed.MustReader{Tester: b, Reader: snapshot}.Transactions(seen + 1)[0] != nil, true)
		}
		snapshot.Release()
		if seen == writers*rounds {
			break
		}
		select {
		case <-later:
		case <-failed:
			return
		case <-time.After(*testbed.Patience):
			b.Fatalf("after transaction %d no later one is reported within %s", last, *testbed.Patience)
		}
	}
	group.Wait()
}

// restrictingUnsettles: no transaction that changed what may be seen of the past
// is later than LastRestriction.
func restrictingUnsettles(b *testbed.Bed) {
	from := testbed.Source("wire")
	b.Put(from)
	for _, restricted := range []bool{true, false, true} {
		from.Restricted = restricted
		t := b.Put(from)
		if n := b.Store.LastRestriction(); n < t.Number {
			b.Errorf("LastRestriction is %d, but transaction %d changed what is restricted", n, t.Number)
		}
	}
	t := b.Retract(from.ID)
	if n := b.Store.LastRestriction(); n < t.Number-1 {
		b.Errorf("LastRestriction is %d, before transaction %d changed what is restricted", n, t.Number-1)
	}
}
