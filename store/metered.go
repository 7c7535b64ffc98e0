package store

import (
	"context"

	"chancery/diplomacy"
)

// Metered returns a store whose reads and writes are counted by a Meter, instead of the one
// of an earlier call; nil for none.
func Metered(s Store, m *Meter) Store {
	if of, is := s.(metered); is {
		s = of.Store
	}
	if m == nil {
		return s
	}
	return metered{s, m}
}

type metered struct {
	Store
	meter *Meter
}

// Read implements Store.
func (s metered) Read(ctx context.Context, view View) (Snapshot, error) {
	view.Meter = s.meter
	return s.Store.Read(ctx, view)
}

// Write implements Store.
func (s metered) Write(ctx context.Context, by Commit, fn func(Writer) error) (diplomacy.Transaction, error) {
	by.Meter = s.meter
	return s.Store.Write(ctx, by, fn)
}
