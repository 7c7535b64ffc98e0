package telemetry_test

import (
	"testing"
	"time"

	"chancery/store"
	"chancery/store/storetest"
	"chancery/telemetry"
)

// TestInstrumentedStoreFollowsTheContract runs the suite of engines.
func TestInstrumentedStoreFollowsTheContract(t *testing.T) {
	storetest.Run(t, func(_ *testing.T, clock func() time.Time) store.Store {
		return telemetry.New(telemetry.Options{}).Instrument(storetest.NewModel(clock))
	})
}
