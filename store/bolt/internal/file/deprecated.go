package file

import (
	"bytes"

	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// countDeprecated counts the deprecated links of a file whose counters of them are missing
// or out of date: an earlier program wrote to it. It reads the current links once.
func countDeprecated(tx *bbolt.Tx) error {
	head, counters := tx.Bucket(layout.Meta.Name()), tx.Bucket(layout.Counters.Name())
	s, err := layout.DecodeState(head.Get(layout.StateKey))
	if err != nil {
		return err
	}
	if err := removeDeprecated(counters); err != nil {
		return err
	}
	counted := map[layout.CounterKey]uint64{}
	links := tx.Bucket(layout.Links.Name()).Cursor()
	for k, v := links.First(); k != nil; k, v = links.Next() {
		if c, deprecated := layout.DeprecatedCounterOf(layout.Links, k, v[8:]); deprecated {
			counted[c]++
		}
	}
	for c, n := range counted {
		if err := counters.Put(c.Bytes(), layout.AppendUint64(nil, n)); err != nil {
			return err
		}
	}
	return head.Put(layout.DeprecatedKey, layout.AppendUint64(nil, s.Last))
}

// removeDeprecated removes the counters of deprecated links. Those of an entity's links, whose
// id may begin with the same byte, are shorter.
func removeDeprecated(counters *bbolt.Bucket) error {
	var keys [][]byte
	c := counters.Cursor()
	for k, _ := c.Seek([]byte{layout.DeprecatedLink}); len(k) > 0 && k[0] == layout.DeprecatedLink; k, _ = c.Next() {
		if len(k) == 1+layout.ArcSize {
			keys = append(keys, bytes.Clone(k))
		}
	}
	for _, k := range keys {
		if err := counters.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
