package file

import (
	"bytes"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"

	"go.etcd.io/bbolt"
)

// fill makes the entries of empty tables from all versions of all records of some kinds,
// on which alone the entries depend.
func fill(r *mvcc.Reader, kinds []diplomacy.Kind, tables ...layout.Table) error {
	for _, kind := range kinds {
		f := filling{Reader: r, buckets: map[layout.Table][]pair{}}
		for _, t := range tables {
			f.buckets[t], f.buckets[t.Closed()] = nil, nil
		}
		for _, from := range []*bbolt.Bucket{r.Closed(layout.Records), r.Current(layout.Records)} {
			if err := f.collect(from, kind); err != nil {
				return err
			}
		}
		if err := f.put(); err != nil {
			return err
		}
	}
	return nil
}

// filling has the entries of tables that follow from the records of one kind.
type filling struct {
	*mvcc.Reader
	buckets map[layout.Table][]pair // those to fill
}

type pair struct{ key, value []byte }

// collect adds the entries of the records in a bucket; all versions of one lie together.
func (f *filling) collect(from *bbolt.Bucket, kind diplomacy.Kind) error {
	var last diplomacy.ID
	cursor, prefix := from.Cursor(), []byte{byte(kind)}
	for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
		id := layout.RecordID(k)
		if id == last {
			continue
		}
		last = id
		versions, err := f.AllVersions(id)
		if err != nil {
			return err
		}
		for _, p := range layout.Periods(versions, nothing) {
			f.add(p)
		}
	}
	return nil
}

func nothing(diplomacy.ID) []diplomacy.Record { return nil }

func (f *filling) add(p layout.Period) {
	bucket, entry := p.Table, pair{p.Key, layout.Value(p.Since, p.Payload)}
	if p.Until != 0 {
		bucket, entry = p.Table.Closed(), pair{layout.ClosedKey(p.Key, p.Since), layout.Value(p.Until, p.Payload)}
	}
	if entries, wanted := f.buckets[bucket]; wanted {
		f.buckets[bucket] = append(entries, entry)
	}
}

// put puts the entries in order, which bbolt needs to be fast. A record that is in both
// buckets of records has its entries twice.
func (f *filling) put() error {
	for bucket, entries := range f.buckets {
		slices.SortFunc(entries, func(a, b pair) int { return bytes.Compare(a.key, b.key) })
		for _, e := range entries {
			if err := f.Bucket(bucket).Put(e.key, e.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillLongest records the longest spans.
func fillLongest(r *mvcc.Reader) error {
	longest := map[layout.CounterKey]uint64{}
	for _, t := range []layout.Table{layout.Links, layout.Lists} {
		for _, bucket := range []*bbolt.Bucket{r.Current(t), r.Closed(t)} {
			cursor := bucket.Cursor()
			for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
				if key, length, measured := layout.LengthOf(t, k, v[8:]); measured {
					longest[key] = max(longest[key], length)
				}
			}
		}
	}
	keys := slices.SortedFunc(maps.Keys(longest), func(a, b layout.CounterKey) int { return bytes.Compare(a.Bytes(), b.Bytes()) })
	for _, key := range keys {
		if err := r.Bucket(layout.Counters).Put(key.Bytes(), layout.EncodeLength(key.Bytes(), longest[key])); err != nil {
			return err
		}
	}
	return nil
}
