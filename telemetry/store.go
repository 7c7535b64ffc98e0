package telemetry

import (
	"context"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Watch is a store whose calls are counted and timed, and traced where the operation
// they are made for is. What a transaction's function does through its Writer is part
// of that one call. An engine that is store.Measured is asked how it is whenever
// metrics are.
func (t *Telemetry) Watch(s store.Store) store.Store {
	if t == nil {
		return s
	}
	if measured, is := s.(store.Measured); is {
		t.registry.MustRegister(newEngine(measured))
	}
	return watched{s, t}
}

type watched struct {
	store.Store
	telemetry *Telemetry
}

// Read implements store.Store.
func (w watched) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	running := w.telemetry.call(ctx, callRead, 1)
	snapshot, err := w.Store.Read(ctx, view)
	running.end(1, err)
	if err != nil {
		return nil, err
	}
	return &watchedSnapshot{snapshot, w.telemetry}, nil
}

// Write implements store.Store.
func (w watched) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	running := w.telemetry.call(ctx, callWrite, 1)
	done, err := w.Store.Write(ctx, by, fn)
	running.end(done.Changes, err)
	if err == nil && done.Number > 0 {
		w.telemetry.metrics.commitDurations.Observe(time.Since(running.begun).Seconds())
		w.telemetry.metrics.commitRecords.Observe(float64(done.Changes))
	}
	return done, err
}
