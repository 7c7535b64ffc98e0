package mvcc

import (
	"fmt"

	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
)

// Counter returns the value of a counter, with what a writer has added to it.
func (b *Tx) Counter(key []byte) int {
	n := 0
	if value := b.Bucket(layout.Counters).Get(key); value != nil {
		n = int(layout.Uint64(value))
	}
	return n + b.increments[layout.NewCounterKey(key)]
}

// count adds to the counters of an entry.
func (b *Tx) count(t layout.Table, key, payload []byte, by int) {
	if c, counted := layout.CounterOf(t, key); counted {
		b.increments[c] += by
	}
	if c, counted := layout.DeprecatedCounterOf(t, key, payload); counted {
		b.increments[c] += by
	}
}

// CountsDeprecated reports whether the counters of deprecated links include the last
// transaction.
func (b *Tx) CountsDeprecated() bool {
	counted := b.Bucket(layout.Meta).Get(layout.DeprecatedKey)
	s, err := b.State()
	return err == nil && len(counted) == 8 && layout.TxNumber(counted) == s.Last
}

// ApplyCounters writes the counters that changed, and the longest spans that grew. A counter
// that is zero is deleted.
func (b *Tx) ApplyCounters() error {
	for _, c := range sortedKeys(b.increments) { // see pending
		key, by := c.Bytes(), b.increments[c]
		if by == 0 {
			continue
		}
		n := b.Counter(key)
		if n < 0 {
			return corrupt.Errorf("counter %x would fall to %d; run check", key, n)
		}
		if err := b.setCounter(key, n); err != nil {
			return fmt.Errorf("count %x: %w", key, err)
		}
	}
	clear(b.increments)
	return b.applyLongest()
}

func (b *Tx) setCounter(key []byte, n int) error {
	if n == 0 {
		return b.delete(layout.Counters, key)
	}
	return b.Put(layout.Counters, key, layout.AppendUint64(nil, uint64(n)))
}
