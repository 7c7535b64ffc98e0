package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// Run yields each contradiction in the present state, the reader's, until
// yield returns false. It takes the records for true, computes from them
// what every other bucket must hold, now and in the past, and compares.
func Run(ctx context.Context, r *mvcc.Reader, yield func(string, error) bool) error {
	c := newChecker(ctx, r, yield)
	if err := c.run(); !errors.Is(err, errStopped) {
		return err
	}
	return nil
}

// errStopped ends a check after yield returned false.
var errStopped = errors.New("stopped")

// checker checks the present state.
type checker struct {
	*mvcc.Reader
	ctx     context.Context
	yield   func(string, error) bool
	steps   int
	stopped bool
	stamp   uint64 // of the last ID
	// histories keeps the versions of entities that were read last.
	histories map[diplomacy.ID][]diplomacy.Record
	// expected counts the entries that follow from records, current and closed.
	expected [layout.TableCount][2]int
	changes  int // the changes that follow from versions of records
}

func newChecker(ctx context.Context, r *mvcc.Reader, yield func(string, error) bool) *checker {
	return &checker{Reader: r, ctx: ctx, yield: yield, histories: map[diplomacy.ID][]diplomacy.Record{}}
}

func (c *checker) run() (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	for _, pass := range []func() error{c.checkTransactions, c.checkRecords, c.checkEntries, c.checkCounters, c.checkLongest, c.checkChanges, c.checkReceipts} {
		if err := pass(); err != nil {
			return err
		}
	}
	return nil
}

// report yields a contradiction.
func (c *checker) report(format string, args ...any) {
	if !c.stopped {
		c.stopped = !c.yield(fmt.Sprintf(format, args...), nil)
	}
}

// checkLookup looks up an entry that was found by iterating: damage to branch pages may
// mislead a look-up while iteration still finds everything.
func (c *checker) checkLookup(in layout.Table, key, value []byte) {
	if !bytes.Equal(c.Bucket(in).Get(key), value) {
		c.report("%s: the entry %x is there, but a look-up does not find it", in, key)
	}
}

// step must be called in each iteration of a long loop.
func (c *checker) step() error {
	if c.stopped {
		return errStopped
	}
	c.steps++
	return mvcc.Interrupted(c.ctx, c.steps)
}
