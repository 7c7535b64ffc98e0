package bolt

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"chancery/store"
)

// counterKey is the key of a counter: of an arc of an entity, or of a kind with
// zero bytes after it; of what is restricted of them with a byte before it.
type counterKey struct {
	size int
	key  [1 + arcSize]byte
}

func newCounterKey(key []byte) counterKey {
	c := counterKey{size: len(key)}
	copy(c.key[:], key)
	return c
}

// counterOf is the counter that counts an entry; none counts those of keys, of
// records, of verdicts, and of all lists but one.
func counterOf(t table, key []byte) (counterKey, bool) {
	switch {
	case t == links:
		return newCounterKey(key[:arcSize]), true
	case t == lists && key[1] == byte(store.ByID):
		return newCounterKey(key[:1]), true
	case t == restricted && key[0] == byArc:
		return newCounterKey(key[:1+arcSize]), true
	case t == restricted:
		return newCounterKey(key[:2]), true
	}
	return counterKey{}, false
}

// counter is what a counter stands at.
func (r *reader) counter(key []byte) int {
	n := 0
	if value := r.bucket(counters).Get(key); value != nil {
		n = int(number[uint64](value))
	}
	return n + r.uncounted[newCounterKey(key)]
}

// count adds up what a writer put and removed.
func (w *writer) count(t table, key []byte, by int) {
	if c, counted := counterOf(t, key); counted {
		w.uncounted[c] += by
	}
}

// settle writes the counters; one at zero is not kept.
func (w *writer) settle() error {
	order := slices.SortedFunc(maps.Keys(w.uncounted), func(a, b counterKey) int { return bytes.Compare(a.key[:], b.key[:]) })
	for _, c := range order { // as with what is pending
		key, by := c.key[:c.size], w.uncounted[c]
		if by == 0 {
			continue
		}
		n := w.counter(key)
		if n < 0 {
			return corrupt("counter %x would fall to %d; run check", key, n)
		}
		if err := w.setCounter(key, n); err != nil {
			return fmt.Errorf("count %x: %w", key, err)
		}
	}
	clear(w.uncounted)
	return nil
}

func (w *writer) setCounter(key []byte, n int) error {
	if n == 0 {
		return w.delete(counters, key)
	}
	return w.put(counters, key, be(nil, uint64(n)))
}
