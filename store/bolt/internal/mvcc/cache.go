package mvcc

import (
	"sync/atomic"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Cache keeps decoded versions of records, since most responses show the same records and
// decoding makes most of their allocations. A committed version never changes, so none
// is ever invalid.
type Cache struct {
	versions *lru.Cache[version, diplomacy.Record]
	uses     *cacheUses
	durable  diplomacy.TxNumber // zero for no limit; see UpTo
}

// UpTo returns the cache for a writer, which bypasses it for versions newer than the last
// durable transaction, since these may be rolled back. Nil if no transaction is durable.
func (c *Cache) UpTo(durable diplomacy.TxNumber) *Cache {
	if durable == 0 {
		return nil
	}
	return &Cache{versions: c.versions, uses: c.uses, durable: durable}
}

// version names a version of a record.
type version struct {
	id    diplomacy.ID
	since diplomacy.TxNumber
}

// A cache keeps cacheCount records, none larger than cacheMaxRecord bytes in the file:
// usually some ten megabytes.
const (
	cacheCount     = 16 << 10
	cacheMaxRecord = 4 << 10
)

// NewCache returns an empty cache.
func NewCache() *Cache {
	versions, err := lru.New[version, diplomacy.Record](cacheCount)
	if err != nil {
		panic(err) // the size is a constant
	}
	return &Cache{versions: versions, uses: new(cacheUses)}
}

// record returns a version, decoded unless it is in the cache.
func (c *Cache) record(id diplomacy.ID, payload []byte, since diplomacy.TxNumber) (diplomacy.Record, error) {
	if c == nil || len(payload) > cacheMaxRecord || c.durable != 0 && since > c.durable {
		return layout.DecodeRecord(id, payload, since, 0)
	}
	if record, found := c.versions.Get(version{id, since}); found {
		c.uses.hits.Add(1)
		return record, nil
	}
	c.uses.misses.Add(1)
	record, err := layout.DecodeRecord(id, payload, since, 0)
	if err == nil {
		c.versions.Add(version{id, since}, record)
	}
	return record, err
}

// cacheUses counts hits and misses.
type cacheUses struct{ hits, misses atomic.Uint64 }

// Stats returns the counts of hits and misses, and how many versions are kept.
func (c *Cache) Stats() (hits, misses uint64, kept int) {
	return c.uses.hits.Load(), c.uses.misses.Load(), c.versions.Len()
}
