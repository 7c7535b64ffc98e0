package mvcc

import (
	"slices"

	"chancery/store/bolt/internal/layout"
)

// pending are the current entries that a writer changed and has not yet put into their
// buckets; a nil value deletes. bbolt splits a leaf at the commit only and keeps it as one
// sorted array until then: a key moves all keys after it, so keys put in any order take
// time that grows with the square of their number. Put in order they move almost none.
type pending [layout.TableCount]map[string][]byte

func (p *pending) set(t layout.Table, key, value []byte) {
	if p[t] == nil {
		p[t] = map[string][]byte{}
	}
	p[t][string(key)] = value
}

// Value returns what a table currently holds under a key, nil for nothing.
func (b *Tx) Value(t layout.Table, key []byte) []byte {
	if b.pending != nil {
		if value, found := b.pending[t][string(key)]; found {
			return value
		}
	}
	return b.Bucket(t).Get(key)
}

// applyTable puts the pending entries of a table into its bucket. After an error it can be
// called again.
func (b *Tx) applyTable(t layout.Table) error {
	entries := b.pending[t]
	keys := make([]string, 0, len(entries))
	for key := range entries {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		var err error
		if value := entries[key]; value == nil {
			err = b.delete(t, []byte(key))
		} else {
			err = b.Put(t, []byte(key), value)
		}
		if err != nil {
			return err
		}
	}
	b.pending[t] = nil
	return nil
}

// ApplyPending puts the pending entries of all tables into their buckets.
func (b *Tx) ApplyPending() error {
	for t := range layout.TableCount {
		if err := b.applyTable(t); err != nil {
			return err
		}
	}
	return nil
}
