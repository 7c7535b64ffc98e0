// Package machine compares an engine with the reference model over random writes and
// queries. A difference is shrunk to a short story.
package machine

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/model"
	"chancery/store/storetest/internal/testbed"

	"pgregory.net/rapid"
)

// Compare lets the engine and the model live the same random lives and
// asks both the same random questions. A difference is shrunk to a short story.
func Compare(t *testing.T, open testbed.Opener) {
	rounds := 1
	if *testbed.Long {
		rounds = 50
	}
	for range rounds {
		rapid.Check(t, func(rt *rapid.T) { live(t, rt, open) })
	}
}

// rivals are an engine and the model under one clock.
type rivals struct {
	clock         *testbed.Clock
	engine, model store.Store
	held          []pair
	marks         []bookmark
	retired       []diplomacy.ID // ids that were retracted, or never given
}

// live is one life. Writes are likelier than each other thing.
func live(t *testing.T, rt *rapid.T, open testbed.Opener) {
	c := testbed.NewClock()
	r := &rivals{clock: c, engine: testbed.Checked{Store: open(t, c.Now)}, model: model.New(c.Now), retired: []diplomacy.ID{0, diplomacy.MakeID(diplomacy.KindPerson, 1)}}
	defer func() {
		r.release()
		testbed.Must(rt, r.engine.Close(), "close")
	}()
	testbed.Seed(t, r.engine)
	testbed.Seed(t, r.model)
	rt.Repeat(map[string]func(*rapid.T){
		"write": r.write, "write more": r.write, "write yet more": r.write,
		"ask": r.ask, "ask more": r.ask, "page": r.page, "hold": r.hold,
	})
	testbed.CheckSound(rt, r.engine)
}

// step is what a transaction does once: to the model, and again to the engine.
type step struct {
	what string
	do   func(store.Writer) (answer any, err error)
}

var errChangedMind = errors.New("changed my mind")

// write lets the model draw and do the steps, then the engine do the same.
func (r *rivals) write(t *rapid.T) {
	r.clock.Move(rapid.SampledFrom([]time.Duration{time.Second, time.Millisecond, 0, -time.Minute}).Draw(t, "clock"))
	by := store.Commit{
		Author:  pick(t, "author", "", "ann"),
		Reverts: diplomacy.TxNumber(pick(t, "reverts", 0, 0, 1)),
	}
	story := r.draw(t, by)
	engine, err := r.engine.Write(testbed.Background, by, func(w store.Writer) error {
		for i, s := range story.steps {
			answer, err := s.do(w)
			agree(t, fmt.Sprintf("step %d, %s", i, s.what), answer, err, story.answers[i], story.errs[i])
			if err != nil && story.broken && i == len(story.steps)-1 {
				return err
			}
		}
		return story.end
	})
	agree(t, "write", engine, err, story.transaction, story.err)
}

// story is a write as the model lived it.
type story struct {
	steps       []step
	answers     []any
	errs        []error
	broken      bool  // ended by the error of its last step
	end         error // what the function returns otherwise
	transaction diplomacy.Transaction
	err         error
}

func (r *rivals) draw(t *rapid.T, by store.Commit) *story {
	s := &story{}
	if rapid.IntRange(0, 20).Draw(t, "end") == 13 {
		s.end = errChangedMind
	}
	s.transaction, s.err = r.model.Write(testbed.Background, by, func(w store.Writer) error {
		d := &drawer{T: t, draft: w.(*model.Draft), rivals: r}
		for range rapid.IntRange(1, 4).Draw(t, "steps") {
			next := d.step()
			answer, err := next.do(w)
			s.steps, s.answers, s.errs = append(s.steps, next), append(s.answers, answer), append(s.errs, err)
			if s.broken = err != nil && !(survives(err) && rapid.Bool().Draw(t, "go on")); s.broken {
				return err
			}
		}
		return s.end
	})
	return s
}

// survives reports whether a function may go on after an error of its Writer.
func survives(err error) bool {
	return errors.As(err, new(*store.RefusedError)) || errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrConflict)
}

// agree ends the test unless both gave the same answer, or errors of one kind.
func agree(t testbed.Tester, what string, engine any, engineErr error, model any, modelErr error) {
	t.Helper()
	if got, want := kindOf(engineErr), kindOf(modelErr); got != want {
		t.Fatalf("%s: the engine says %s, the model %s (%v, %v)", what, got, want, engineErr, modelErr)
	}
	testbed.Equal(t, what, engine, model)
}

// kindOf names an error by what a caller can tell of it.
func kindOf(err error) string {
	if refusal, ok := errors.AsType[*store.RefusedError](err); ok {
		return fmt.Sprint("refused are ", testbed.RefusedFields(refusal))
	}
	for _, known := range []error{store.ErrNotFound, store.ErrConflict, store.ErrReferenced, store.ErrCursor, store.ErrLimit, errChangedMind} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return fmt.Sprint(err)
}
