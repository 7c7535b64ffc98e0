package storetest

import (
	"errors"
	"sync"

	"chancery/diplomacy"
	"chancery/store"
)

var concurrency = theme{"concurrency", []trial{
	{"many read one snapshot while another writes", manyReadOne},
	{"writes wait for each other", writesWait},
	{"many write, some in vain", manyWrite},
	{"a write that waits gives up with its context", waitingEnds},
	{"release while others read", releaseWhileReading},
}}

// manyReadOne has readers that compare all a snapshot says with what it said
// before the writer began.
func manyReadOne(b *bed) {
	w := Seed(b, b.store)
	ids, keys := idsOf(w.Records()...), keysOf(w.Entities())
	l := b.now()
	want := l.observe(ids, keys)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 3 {
				errorIf(b, l.observe(ids, keys), want)
			}
		})
	}
	for i := range 20 {
		w.Talks.Date = edtf([]string{"2018", "2020-02"}[i%2])
		b.put(w.Talks, person(slugOf(uint64(i))))
	}
	group.Wait()
}

// errorIf reports a difference from any goroutine.
func errorIf(b *bed, got, want observation) {
	if diff := difference(got, want); diff != "" {
		b.Errorf("the snapshot changed (-want +got):\n%s", diff)
	}
}

// writesWait has writers that each count on from what they find: a lost update
// shows in the sum.
func writesWait(b *bed) {
	const writers, rounds = 4, 5
	ann := person("ann")
	b.put(ann)
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for range rounds {
				_, err := b.store.Write(background, store.Commit{}, func(w store.Writer) error {
					found, err := w.Records(background, []diplomacy.ID{ann.ID})
					if err != nil {
						return err
					}
					next := clone(found[0].(*diplomacy.Person))
					next.Description += "x"
					return w.Put(background, next)
				})
				if err != nil {
					b.Errorf("write: %v", err)
				}
			}
		})
	}
	group.Wait()
	got := b.now().record(ann.ID).(*diplomacy.Person)
	equal(b, "number of updates", len(got.Description), writers*rounds)
	equal(b, "revision of the record", got.Revision, uint32(writers*rounds+1))
	equal(b, "revision of the graph", b.now().reader.Revision(), diplomacy.TxNumber(writers*rounds+1))
}

func releaseWhileReading(b *bed) {
	w := Seed(b, b.store)
	snapshot, err := b.store.Read(background, store.Everything(0))
	must(b, err, "read")
	var group, started sync.WaitGroup
	for range 4 {
		started.Add(1)
		group.Go(func() {
			started.Done()
			for err := error(nil); err == nil; {
				_, err = snapshot.Links(background, along(w.Ann, out(diplomacy.ParticipatedIn)))
				if err != nil && !errors.Is(err, store.ErrReleased) {
					b.Errorf("links: %v, want ErrReleased", err)
				}
			}
		})
	}
	started.Wait()
	snapshot.Release()
	group.Wait()
	b.put(person("after"))
}
