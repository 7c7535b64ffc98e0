package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"

	"chancery/diplomacy"
	"chancery/store"
)

// Check implements store.Store. It takes the records for true, computes from
// them what every other bucket must hold, now and in the past, and compares.
func (db *DB) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		// Pulled, so that a panic of the caller's loop is not taken for one of
		// damaged pages.
		next, stop := iter.Pull2(db.findings(ctx))
		defer stop()
		for finding, err, ok := next(); ok && yield(finding, err); {
			finding, err, ok = next()
		}
	}
}

func (db *DB) findings(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		opened, err := db.Read(ctx, store.Everything(0))
		if err != nil {
			yield("", err)
			return
		}
		defer opened.Release()
		s := opened.(*snapshot)
		c := newChecker(ctx, &s.reader, yield)
		if err := c.run(); err != nil && !errors.Is(err, errEnough) {
			yield("", fmt.Errorf("check %s: %w", db.path, err))
		}
	}
}

// errEnough ends a check whose caller listens no more.
var errEnough = errors.New("enough")

// checker goes through one state, which is the present one.
type checker struct {
	*reader
	ctx    context.Context
	yield  func(string, error) bool
	steps  int
	enough bool
	stamp  uint64 // the last given to an id
	// lately keeps the versions of entities looked at lately.
	lately map[diplomacy.ID][]diplomacy.Record
	// called counts the entries that records call for, current and closed.
	called [tableCount][2]int
	events int // the changes that records call for
}

func newChecker(ctx context.Context, r *reader, yield func(string, error) bool) *checker {
	return &checker{reader: r, ctx: ctx, yield: yield, lately: map[diplomacy.ID][]diplomacy.Record{}}
}

func (c *checker) run() (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	for _, pass := range []func() error{c.checkTransactions, c.checkRecords, c.checkEntries, c.checkCounters, c.checkChanges, c.checkReceipts} {
		if err := pass(); err != nil {
			return err
		}
	}
	return nil
}

// find tells the caller of a contradiction.
func (c *checker) find(format string, args ...any) {
	if !c.enough {
		c.enough = !c.yield(fmt.Sprintf(format, args...), nil)
	}
}

// checkWay looks an entry up that was met on a walk. Damage to what leads from page to
// page misleads who looks for a key, and nobody who walks.
func (c *checker) checkWay(in table, key, value []byte) {
	if !bytes.Equal(c.bucket(in).Get(key), value) {
		c.find("%s: the entry %x is there, and not found where it is looked for", in, key)
	}
}

// step is called at every turn of a long loop.
func (c *checker) step() error {
	if c.enough {
		return errEnough
	}
	c.steps++
	return interrupted(c.ctx, c.steps)
}
