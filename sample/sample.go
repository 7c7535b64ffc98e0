// Package sample is the graph that an empty store begins with: the states of the
// world and their seats at the United Nations, a decade and a half of Turkic
// cooperation, and one telephone call between two foreign ministers with all that
// the news report of it says.
//
// It is made of files in the format of package exchange and of one table of
// states, whose names come from Unicode's CLDR and whose codes from ISO 3166-1.
// The sources are in the files; their sentences are not.
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

// Files are the sample as files to import.
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

// Load imports the sample into an empty store; it refuses any other.
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
		return fmt.Errorf("the store has %d transactions already; begin a new one", n)
	}
	return nil
}
