package telemetry

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// Documents is a cache of parsed documents whose hits and misses are counted.
func Documents[T any](t *Telemetry, cache graphql.Cache[T]) graphql.Cache[T] {
	if t == nil {
		return cache
	}
	return documents[T]{cache, t.metrics}
}

type documents[T any] struct {
	graphql.Cache[T]
	metrics *metrics
}

// Get implements graphql.Cache.
func (d documents[T]) Get(ctx context.Context, key string) (T, bool) {
	value, found := d.Cache.Get(ctx, key)
	if found {
		d.metrics.hits.Inc()
	} else {
		d.metrics.misses.Inc()
	}
	return value, found
}
