package unfinished

import (
	"os"
	"testing"
	"time"

	"chancery/store"
	"chancery/store/storetest"
)

// TestStore is all that an engine needs to be tested. Take out each Without when the
// engine has the capability.
func TestStore(t *testing.T) {
	open := func(*testing.T, func() time.Time) store.Store { return variants[os.Getenv("ENGINE")] }
	var lacks []storetest.Option
	if os.Getenv("LACKS") != "" {
		lacks = append(lacks, storetest.Without(storetest.Receipts, "it keeps no keys yet"), storetest.Without(storetest.Concurrency, "it has one lock"))
	}
	storetest.Run(t, open, lacks...)
}
