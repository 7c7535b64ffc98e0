package telemetry_test

import (
	"testing"
	"time"

	"chancery/store"
	"chancery/store/storetest"
	"chancery/telemetry"
)

// TestWatchingChangesNothing holds a store that is watched against the contract.
func TestWatchingChangesNothing(t *testing.T) {
	storetest.Run(t, func(_ *testing.T, clock func() time.Time) store.Store {
		return telemetry.New(telemetry.Options{}).Watch(storetest.NewModel(clock))
	})
}
