package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// Format 1 had no verdicts of their own, and nothing could be restricted. The
// buckets it lacks are made when it is first opened for writing.

// formatOf is the format that the head of a file gives; the head is sound.
func formatOf(head *bbolt.Bucket) uint32 {
	return binary.BigEndian.Uint32(head.Get(stateKey)[4+len(magic):])
}

// readable refuses to read a file that has first to be upgraded.
func readable(tx *bbolt.Tx) error {
	if f := formatOf(tx.Bucket([]byte(bucketNames[meta]))); f < format {
		return fmt.Errorf("its format is %d and has to become %d: %w; open it once for writing", f, format, store.ErrReadOnly)
	}
	return nil
}

// upgrade brings a file of an older format to that of this program, all at once.
func upgrade(tx *bbolt.Tx) error {
	head := tx.Bucket([]byte(bucketNames[meta]))
	s, err := readState(head)
	if err != nil || formatOf(head) == format {
		return err
	}
	for _, name := range bucketNames {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	c := &checker{reader: &reader{buckets: &buckets{tx: tx}, known: s.last}, lately: map[diplomacy.ID][]diplomacy.Record{}}
	if err := c.enterVerdicts(); err != nil {
		return err
	}
	return s.write(head)
}

// enterVerdicts fills the table of verdicts from all judgements there ever were.
func (c *checker) enterVerdicts() error {
	nothing := func(diplomacy.ID) []diplomacy.Record { return nil }
	for _, b := range []*bbolt.Bucket{c.closed(records), c.current(records)} {
		cursor, kind := b.Cursor(), []byte{byte(diplomacy.KindJudgement)}
		for k, _ := cursor.Seek(kind); bytes.HasPrefix(k, kind); k, _ = cursor.Next() {
			versions, err := c.history(recordOf(k))
			if err != nil {
				return err
			}
			for _, h := range timeline(versions, nothing) {
				if err := c.enterVerdict(h); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (c *checker) enterVerdict(h held) error {
	switch {
	case h.table != identity:
		return nil
	case h.until == 0:
		return c.current(identity).Put(h.key, stamped(h.since, h.payload))
	}
	return c.closed(identity).Put(stampedKey(h.key, h.since), stamped(h.until, h.payload))
}
