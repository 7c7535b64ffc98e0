// Package writing has the trials of what a store.Writer does, and of many at once.
package writing

import (
	"chancery/store/storetest/internal/testbed"
)

// Themes are the trials of writing.
var Themes = []testbed.Theme{
	keys, refusals, batches, writes, retracting, entityReferences, restoring, receipts, staleness, contradictions,
	following, concurrency, huge,
}
