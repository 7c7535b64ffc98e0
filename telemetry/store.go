package telemetry

import (
	"context"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Instrument returns a store whose calls are counted and timed, and traced for traced
// operations. A Write is one call, whatever its function does with the Writer. The
// statistics of an engine that is store.Measured are collected with each scrape.
func (t *Telemetry) Instrument(s store.Store) store.Store {
	if t == nil {
		return s
	}
	if measured, is := s.(store.Measured); is {
		t.registry.MustRegister(newEngine(measured))
	}
	return instrumented{s, t}
}

type instrumented struct {
	store.Store
	telemetry *Telemetry
}

// Read implements store.Store.
func (i instrumented) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	running := i.telemetry.call(ctx, callRead, 1)
	snapshot, err := i.Store.Read(ctx, view)
	running.end(1, err)
	if err != nil {
		return nil, err
	}
	return &instrumentedSnapshot{snapshot, i.telemetry}, nil
}

// Write implements store.Store.
func (i instrumented) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	running := i.telemetry.call(ctx, callWrite, 1)
	done, err := i.Store.Write(ctx, by, fn)
	running.end(done.Changes, err)
	if err == nil && done.Number > 0 {
		i.telemetry.metrics.commitDurations.Observe(time.Since(running.begun).Seconds())
		i.telemetry.metrics.commitRecords.Observe(float64(done.Changes))
	}
	return done, err
}
