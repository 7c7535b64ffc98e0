package writing

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

// errNo is the error of a function that does not want its own work.
var errNo = errors.New("no")

// outcome is how one write among many is to end.
type outcome int

const (
	accepted outcome = iota
	refusing         // by the store, for its last record
	failing          // by its own error, after all is put
	panicking
	quitting   // its goroutine ends
	cancelling // its context ends while it runs
	idle       // it changes nothing
	acceptedToo
	outcomes
)

// deed is one of many writes at once: a source, an event, a participation with
// evidence, and a receipt.
type deed struct {
	name    string
	outcome outcome
	done    diplomacy.Transaction // of an accepted one
}

// manyWrite has many clients write at once, of whom some fail in every way there
// is. What was accepted is there as a whole, nothing of the rest is: the number
// of records says so, and what the store checks of itself.
func manyWrite(b *testbed.Bed) {
	const clients, rounds = 64, 4
	host := testbed.State("host")
	b.Put(host)
	deeds := make([]*deed, clients*rounds)
	var group sync.WaitGroup
	for client := range clients {
		b.GoIn(&group, func() {
			for i := client; i < len(deeds); i += clients {
				d := &deed{name: fmt.Sprintf("n%d", i), outcome: outcome(i+i/clients) % outcomes}
				deeds[i] = d
				finished := make(chan struct{})
				go func() { // which may be ended
					defer close(finished)
					d.try(b, host.ID)
				}()
				<-finished
			}
		})
	}
	group.Wait()
	settled(b, deeds)
}

// try writes and tells what went otherwise than it should have.
func (d *deed) try(b *testbed.Bed, host diplomacy.ID) {
	defer func() {
		if cause := recover(); (cause != nil) != (d.outcome == panicking) || cause != nil && cause != d.name {
			b.Errorf("%s (%d) panics with %v", d.name, d.outcome, cause)
		}
	}()
	ctx, cancel := context.WithCancel(testbed.Background)
	defer cancel()
	done, err := b.Store.Write(ctx, store.Commit{Author: d.name}, func(w store.Writer) error { return d.do(w, host, cancel) })
	switch d.outcome {
	case accepted, acceptedToo:
		d.done = done
	case refusing:
		if !errors.As(err, new(*store.RefusedError)) {
			b.Errorf("%s: %v, want it refused", d.name, err)
		}
		return
	case failing:
		if err != errNo { //nolint:errorlint // as it is, not wrapped
			b.Errorf("%s: %v, want the function's error", d.name, err)
		}
		return
	case cancelling:
		if !errors.Is(err, context.Canceled) {
			b.Errorf("%s: %v, want that of its context", d.name, err)
		}
		return
	}
	if err != nil || (done.Number == 0) != (d.outcome == idle) {
		b.Errorf("%s is transaction %d, %v", d.name, done.Number, err)
	}
}

// do is what the function of Write does.
func (d *deed) do(w store.Writer, host diplomacy.ID, cancel func()) error {
	if d.outcome == idle {
		return nil
	}
	article, talks := testbed.Source(d.name), testbed.Event(d.name, "2020")
	if err := w.Put(testbed.Background, article, talks); err != nil {
		return err
	}
	joined := &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: host, Object: talks.ID}
	if err := w.Put(testbed.Background, joined); err != nil {
		return err
	}
	if err := errors.Join(w.Put(testbed.Background, testbed.Evidence(joined, article)), w.Remember(testbed.Background, d.name, []byte(d.name))); err != nil {
		return err
	}
	switch d.outcome {
	case refusing:
		return w.Put(testbed.Background, testbed.Person("late"), testbed.Event(d.name, ""))
	case failing:
		return errNo
	case panicking:
		panic(d.name)
	case quitting:
		runtime.Goexit()
	case cancelling:
		cancel()
	}
	return nil
}

// settled holds the graph against what became of all deeds.
func settled(b *testbed.Bed, deeds []*deed) {
	l := b.Now()
	byNumber := map[diplomacy.TxNumber]*deed{}
	for _, d := range deeds {
		n, _ := l.ReceiptOf(d.name)
		testbed.Equal(b, "receipt of "+d.name, n, d.done.Number)
		found := l.Find(testbed.Slug(diplomacy.KindSource, d.name), testbed.Slug(diplomacy.KindEvent, d.name))
		testbed.Equal(b, d.name+" is there", []bool{found[0] != 0, found[1] != 0}, []bool{n != 0, n != 0})
		if n != 0 {
			byNumber[n] = d
		}
	}
	last, _ := b.Store.Committed()
	testbed.Equal(b, "the last told of", last, l.Reader.Revision())
	testbed.Equal(b, "how many", len(byNumber), int(last)-1)
	testbed.Equal(b, "events", l.CountList(store.ListQuery{Kind: diplomacy.KindEvent}).N, len(byNumber))
	for n := diplomacy.TxNumber(2); n <= last; n++ {
		t := l.Transactions(n-1, n)
		testbed.Equal(b, "what Write gave", byNumber[n].done, *t[1])
		testbed.Equal(b, "author", t[1].Author, byNumber[n].name)
		testbed.Equal(b, "later than the one before", t[1].Time.After(t[0].Time), true)
		testbed.Equal(b, "changes", len(l.Changes(n)), 4)
	}
}

// waitingEnds has writes give up while they wait for their turn.
func waitingEnds(b *testbed.Bed) {
	ctx, cancel := context.WithCancel(testbed.Background)
	running, going, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	b.GoIn(&group, func() {
		defer close(ended)
		_, err := b.Store.Write(testbed.Background, store.Commit{}, func(w store.Writer) error {
			close(running)
			<-going
			return w.Put(testbed.Background, testbed.Person("ann"))
		})
		if err != nil {
			b.Errorf("the one that ran: %v", err)
		}
	})
	select {
	case <-running:
	case <-ended:
		b.Fatalf("the write ended before its function ran")
	}
	for range 8 {
		b.GoIn(&group, func() {
			_, err := b.Store.Write(ctx, store.Commit{}, func(w store.Writer) error { return w.Put(testbed.Background, testbed.Person("bob")) })
			if !errors.Is(err, context.Canceled) {
				b.Errorf("one that waited: %v, want that of its context", err)
			}
		})
	}
	cancel()
	close(going)
	group.Wait()
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), diplomacy.TxNumber(1))
}
