package main

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// checkCommand reads everything and lists what contradicts itself.
type checkCommand struct{ dataFile }

// Help is shown by check --help.
func (*checkCommand) Help() string {
	return `Each finding is a line on standard output. The file is not changed. A file with
findings is best replaced: import an earlier export into a new one.

Examples:

    chancery check
    chancery check --data=facts.db > findings.txt || echo "look at findings.txt"`
}

// Run fails if anything was found.
func (c *checkCommand) Run(ctx context.Context) error {
	return c.read(ctx, func(kept store.Store, now store.Reader) error {
		found := 0
		for finding, err := range kept.Check(ctx) {
			if err != nil {
				return fmt.Errorf("check %s: %w", c.Data, err)
			}
			fmt.Println(finding)
			found++
		}
		size, err := sizeOf(ctx, now)
		if err != nil {
			return err
		}
		if found > 0 {
			return fmt.Errorf("%s contradicts itself: %d findings in %s", c.Data, found, size)
		}
		fmt.Printf("%s is sound: %s\n", c.Data, size)
		return nil
	})
}

// sizeOf says how much there was to check.
func sizeOf(ctx context.Context, now store.Reader) (string, error) {
	entities := 0
	for _, kind := range diplomacy.EntityKinds {
		count, err := now.CountList(ctx, store.ListQuery{Kind: kind})
		if err != nil {
			return "", err
		}
		entities += count.N
	}
	return fmt.Sprintf("%d entities with their links, as of transaction %d", entities, now.Revision()), nil
}
