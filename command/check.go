package command

import (
	"context"
	"fmt"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/store"
)

// checkCommand checks the whole graph and lists inconsistencies and findings.
type checkCommand struct {
	dataFlag
	Findings bool `default:"true" negatable:"" help:"Also list what is doubtful in the graph, which reads it a second time."`
}

// Help is shown by check --help.
func (*checkCommand) Help() string {
	return `Each inconsistency is a line on standard output. The file is not changed. If there are
any, import an earlier export into a new file and use that.

Findings are lines that begin with ERROR or WARNING and the code of a rule: what is
doubtful in the graph, such as a tenure after the death of its holder. They say nothing
about the file and do not change the exit code. Findings of the severity INFO are only
counted. docs/findings.md lists the rules.

Examples:

    chancery check
    chancery check --data=facts.db > findings.txt || echo "see findings.txt"`
}

// Run fails if there are inconsistencies.
func (c *checkCommand) Run(ctx context.Context) error {
	return c.Data.read(ctx, func(checked store.Store, now store.Reader) error {
		found := 0
		for finding, err := range checked.Check(ctx) {
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
			return fmt.Errorf("%s is inconsistent: %d findings in %s", c.Data, found, size)
		}
		if err := c.listFindings(ctx, checked); err != nil {
			return err
		}
		fmt.Printf("%s is consistent: %s\n", c.Data, size)
		return nil
	})
}

// listFindings writes what is doubtful in the present state, restricted records
// included.
func (c *checkCommand) listFindings(ctx context.Context, graph store.Store) error {
	if !c.Findings {
		return nil
	}
	now, err := graph.Read(ctx, store.View{Restricted: true})
	if err != nil {
		return err
	}
	defer now.Release()
	severities := map[diplomacy.Term]int{}
	for f, err := range findings.All(ctx, now) {
		if err != nil {
			return fmt.Errorf("look for what is doubtful in %s: %w", c.Data, err)
		}
		severities[f.Rule.Severity]++
		if f.Rule.Severity != "INFO" {
			fmt.Printf("%s %s %s: %s\n", f.Rule.Severity, f.Rule.Code, f.Records[0], f.Message)
		}
	}
	if len(severities) > 0 {
		fmt.Printf("doubtful: %d ERROR, %d WARNING, %d INFO\n", severities["ERROR"], severities["WARNING"], severities["INFO"])
	}
	return nil
}

// sizeOf describes how much was checked.
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
