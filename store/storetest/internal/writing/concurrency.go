package writing

import (
	"errors"
	"sync"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var concurrency = testbed.Theme{Name: "concurrency", Trials: []testbed.Trial{
	{Name: "many read one snapshot while another writes", Run: manyReadOne},
	{Name: "writes wait for each other", Run: writesWait},
	{Name: "many write, and some fail", Run: manyWrite},
	{Name: "a write that waits gives up with its context", Run: waitingEnds},
	{Name: "release while others read", Run: releaseWhileReading},
}, Needs: []testbed.Capability{testbed.Concurrency}}

// manyReadOne has readers that compare all a snapshot says with what it said
// before the writer began.
func manyReadOne(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ids, keys := testbed.IDsOf(w.Records()...), testbed.KeysOf(w.Entities())
	l := b.Now()
	want := l.Observe(ids, keys)
	var group sync.WaitGroup
	for range 8 {
		b.GoIn(&group, func() {
			for range 3 {
				errorIf(b, l.Observe(ids, keys), want)
			}
		})
	}
	for i := range 20 {
		w.Talks.Date = testbed.EDTF([]string{"2018", "2020-02"}[i%2])
		b.Put(w.Talks, testbed.Person(testbed.SlugOf(uint64(i))))
	}
	group.Wait()
}

// errorIf reports a difference from any goroutine.
func errorIf(b *testbed.Bed, got, want testbed.Observation) {
	if diff := testbed.Difference(got, want); diff != "" {
		b.Errorf("the snapshot changed (-want +got):\n%s", diff)
	}
}

// writesWait has writers that each count on from what they find: a lost update
// shows in the sum.
func writesWait(b *testbed.Bed) {
	const writers, rounds = 4, 5
	ann := testbed.Person("ann")
	b.Put(ann)
	var group sync.WaitGroup
	for range writers {
		b.GoIn(&group, func() {
			for range rounds {
				_, err := b.Store.Write(testbed.Background, store.Commit{}, func(w store.Writer) error {
					found, err := w.Records(testbed.Background, []diplomacy.ID{ann.ID})
					if err != nil {
						return err
					}
					next := testbed.Clone(found[0].(*diplomacy.Person))
					next.Description += "x"
					return w.Put(testbed.Background, next)
				})
				if err != nil {
					b.Errorf("write: %v", err)
				}
			}
		})
	}
	group.Wait()
	got := b.Now().Record(ann.ID).(*diplomacy.Person)
	testbed.Equal(b, "number of updates", len(got.Description), writers*rounds)
	testbed.Equal(b, "revision of the record", got.Revision, uint32(writers*rounds+1))
	testbed.Equal(b, "revision of the graph", b.Now().Reader.Revision(), diplomacy.TxNumber(writers*rounds+1))
}

func releaseWhileReading(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	snapshot, err := b.Store.Read(testbed.Background, store.Everything(0))
	testbed.Must(b, err, "read")
	var group, started sync.WaitGroup
	for range 4 {
		started.Add(1)
		b.GoIn(&group, func() {
			started.Done()
			for deadline := time.Now().Add(*testbed.Patience); ; {
				_, err := snapshot.Links(testbed.Background, testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn)))
				switch {
				case err == nil && time.Now().Before(deadline):
					continue
				case !errors.Is(err, store.ErrReleased):
					b.Errorf("links: %v, want ErrReleased", err)
				}
				return
			}
		})
	}
	started.Wait()
	snapshot.Release()
	group.Wait()
	b.Put(testbed.Person("after"))
}
