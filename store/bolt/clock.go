package bolt

import (
	"fmt"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// maxStep is how far the clock may be set forward while the file is open. A step by years
// is a mistake, and one commit after it would date all later ones after its own time. It is
// longer than a machine sleeps, which looks like a step.
const maxStep = 366 * 24 * time.Hour

// clock tells the time, and how long a process has been running, which no step of the
// time affects.
type clock struct {
	now     func() time.Time
	start   time.Time
	elapsed func() time.Duration // since start
}

// newClock returns a clock that starts now. Steps of a time that is made up are intended.
func newClock(madeUp func() time.Time) clock {
	if madeUp != nil {
		start := madeUp()
		return clock{madeUp, start, func() time.Duration { return madeUp().Sub(start) }}
	}
	start := time.Now()
	return clock{time.Now, start.Round(0), func() time.Duration { return time.Since(start) }}
}

// check rejects the time after a step of the clock, and a time at which there are no IDs.
func (c clock) check() error {
	now := c.now()
	if !diplomacy.CanStamp(now) {
		return fmt.Errorf("%w: it shows %s, and ids end in 2089", store.ErrClock, now.UTC().Format(time.DateOnly))
	}
	if step := now.Round(0).Sub(c.start) - c.elapsed(); step > maxStep {
		return fmt.Errorf("%w: it was set forward to %s; correct it, or restart if it is right now", store.ErrClock, now.UTC().Format(time.DateOnly))
	}
	return nil
}
