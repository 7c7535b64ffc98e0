package main

import (
	"context"

	"chancery/store"
	"chancery/store/bolt"
)

// dataFile is the option that all commands on the graph share.
type dataFile struct {
	Data string `default:"chancery.db" placeholder:"FILE" help:"The file that holds the graph (default: ${default})."`
}

// read opens the file for reading only and shows fn its present state.
func (d dataFile) read(ctx context.Context, fn func(store.Store, store.Reader) error) error {
	kept, err := bolt.Open(d.Data, bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer kept.Close()
	now, err := kept.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	defer now.Release()
	return fn(kept, now)
}
