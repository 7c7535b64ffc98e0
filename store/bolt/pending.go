package bolt

import (
	"slices"
)

// pending is what a writer has put into the tables and not yet into their
// buckets. bbolt splits a leaf at the commit only and keeps it as one sorted
// array until then: keys put in any order would each move all that come after
// them, so that a large import took time as the square of its size. Put in
// their order they move next to nothing.
type pending [tableCount]map[string][]byte

// put notes a value; nil deletes.
func (p *pending) put(t table, key, value []byte) {
	if p[t] == nil {
		p[t] = map[string][]byte{}
	}
	p[t][string(key)] = value
}

// value is what a key of a table holds; nil for nothing.
func (b *buckets) value(t table, key []byte) []byte {
	if b.pending != nil {
		if value, noted := b.pending[t][string(key)]; noted {
			return value
		}
	}
	return b.bucket(t).Get(key)
}

// settleTable puts what is pending for a table into its bucket. What fails
// midway can be done again.
func (b *buckets) settleTable(t table) error {
	noted := b.pending[t]
	keys := make([]string, 0, len(noted))
	for key := range noted {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		var err error
		if value := noted[key]; value == nil {
			err = b.delete(t, []byte(key))
		} else {
			err = b.put(t, []byte(key), value)
		}
		if err != nil {
			return err
		}
	}
	b.pending[t] = nil
	return nil
}

// settleTables does so for all tables.
func (b *buckets) settleTables() error {
	for t := range tableCount {
		if err := b.settleTable(t); err != nil {
			return err
		}
	}
	return nil
}
