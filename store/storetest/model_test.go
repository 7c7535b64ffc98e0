package storetest_test

import (
	"testing"
	"time"

	"chancery/store"
	"chancery/store/storetest"
)

// TestModel holds the reference itself against the suite, so that a test that
// asks too much is found without an engine.
func TestModel(t *testing.T) {
	storetest.Run(t, func(_ *testing.T, clock func() time.Time) store.Store {
		return storetest.NewModel(clock)
	})
}
