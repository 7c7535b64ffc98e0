package duplicates

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Cache keeps the possible duplicates of the latest state of the graph, as all readers see
// them that may see the same records. While one call computes them, others wait.
type Cache struct {
	free     chan struct{} // has a token while no call computes
	revision diplomacy.TxNumber
	pairs    []Pair
}

// NewCache returns an empty cache.
func NewCache() *Cache {
	c := &Cache{free: make(chan struct{}, 1)}
	c.free <- struct{}{}
	return c
}

// Find returns all pairs. Only those of the present are cached: what is restricted in
// a past state may change. A nil cache computes them.
func (c *Cache) Find(ctx context.Context, reader store.Reader, present bool) ([]Pair, error) {
	if c == nil {
		return Find(ctx, reader)
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.free:
	}
	defer func() { c.free <- struct{}{} }()
	if present && c.pairs != nil && c.revision == reader.Revision() {
		return c.pairs, nil
	}
	found, err := Find(ctx, reader)
	if err == nil && present && reader.Revision() > c.revision {
		c.revision, c.pairs = reader.Revision(), slices.Clip(append([]Pair{}, found...))
	}
	return found, err
}
