// Package sample contains the default graph for an empty store: the states of the
// world and their membership in the United Nations, fifteen years of Turkic
// cooperation, and one telephone call between two foreign ministers with everything
// that a news report says about it.
//
// It consists of files in the format of package exchange and of one table of states,
// whose names come from Unicode's CLDR and whose codes from ISO 3166-1. The files name
// their sources but do not quote them.
package sample

import (
	"bytes"
	"context"
	"embed"
	"fmt"

	"chancery/exchange"
	"chancery/store"
)

//go:embed *.ndjson states.csv
var files embed.FS

// Files returns the sample as files for exchange.Import.
func Files() ([]exchange.File, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []exchange.File
	for _, entry := range entries {
		text, err := files.ReadFile(entry.Name())
		if err == nil && entry.Name() == tableOfStates {
			text, err = states(text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		all = append(all, exchange.File{Name: entry.Name(), Reader: bytes.NewReader(text)})
	}
	return all, nil
}

// Load imports the sample into an empty store; it rejects a store with transactions.
func Load(ctx context.Context, s store.Store) (exchange.Report, error) {
	if err := mustBeEmpty(ctx, s); err != nil {
		return exchange.Report{}, fmt.Errorf("load the sample: %w", err)
	}
	all, err := Files()
	if err != nil {
		return exchange.Report{}, fmt.Errorf("load the sample: %w", err)
	}
	by := store.Commit{Author: "sample", Message: "The sample: states, Turkic cooperation and a telephone call"}
	return exchange.Import(ctx, s, by, all, exchange.Options{})
}

func mustBeEmpty(ctx context.Context, s store.Store) error {
	snapshot, err := s.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	defer snapshot.Release()
	if n := snapshot.Revision(); n > 0 {
		return fmt.Errorf("the store already has %d transactions; load the sample into a new store", n)
	}
	return nil
}
