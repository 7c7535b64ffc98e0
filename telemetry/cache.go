package telemetry

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// InstrumentCache returns a cache of documents that counts hits and misses.
func InstrumentCache[T any](t *Telemetry, cache graphql.Cache[T]) graphql.Cache[T] {
	if t == nil {
		return cache
	}
	return countedCache[T]{cache, t.metrics}
}

type countedCache[T any] struct {
	graphql.Cache[T]
	metrics *metrics
}

// Get implements graphql.Cache.
func (c countedCache[T]) Get(ctx context.Context, key string) (T, bool) {
	value, found := c.Cache.Get(ctx, key)
	if found {
		c.metrics.hits.Inc()
	} else {
		c.metrics.misses.Inc()
	}
	return value, found
}
