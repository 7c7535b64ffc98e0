package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"chancery/diplomacy"
	"chancery/store"
)

// backupCommand copies a graph, of a running server or of a file.
type backupCommand struct {
	dataFlag
	remote
	File  string `arg:"" optional:"" default:"-" help:"File to write; - is standard output (default: -)."`
	Check bool   `default:"true" negatable:"" help:"Check the copy as chancery check does, before it gets its name; not possible on standard output."`
}

// Help is shown by backup --help.
func (*backupCommand) Help() string {
	return `With --server it copies the graph of a running server, which goes on reading and writing;
that takes the token of an admin. Otherwise it copies the file --data, which no server may
have open for writing. The copy has everything in it, all the past and restricted records
too, as one transaction left them. To restore it, stop the server and put it in the place
of the file. Tokens are not in it; copy their file as well.

An existing file is replaced once the copy is complete and on the disk. A copy that was cut
on its way is rejected: exit code 1, and nothing is written.

Examples:

    CHANCERY_TOKEN=$(cat admin.token) chancery backup --server=http://127.0.0.1:8080 today.db
    chancery backup --data=facts.db /backup/facts.db
    chancery backup --server=https://graph.example.org | zstd > today.db.zst`
}

// Run writes to the file or to standard output.
func (c *backupCommand) Run(ctx context.Context) error {
	if c.File == "-" {
		_, err := c.copyTo(ctx, os.Stdout)
		return err
	}
	if err := replaceable(c.File, c.Data); err != nil {
		return fmt.Errorf("back up to %s: %w", c.File, err)
	}
	var last diplomacy.TxNumber
	var size int64
	err := replace(c.File, func(draft *os.File) (err error) {
		if err := draft.Chmod(0o600); err != nil { // as the graph's own file
			return err
		}
		if last, err = c.copyTo(ctx, draft); err != nil {
			return err
		}
		if size, err = draft.Seek(0, io.SeekEnd); err != nil {
			return err
		}
		return c.verify(ctx, location(draft.Name()), last)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "backed up transaction %d, %d bytes, to %s\n", last, size, c.File)
	return nil
}

// copyTo writes a copy and returns its last transaction.
func (c *backupCommand) copyTo(ctx context.Context, to io.Writer) (diplomacy.TxNumber, error) {
	if c.Server != "" {
		return c.remote.copyTo(ctx, to)
	}
	graph, err := c.Data.open(true)
	if errors.Is(err, store.ErrInUse) {
		return 0, fmt.Errorf("%w; or copy the graph of the server that has it open with --server", err)
	}
	if err != nil {
		return 0, err
	}
	defer graph.Close()
	copied, can := graph.(store.Copier)
	if !can {
		return 0, fmt.Errorf("back up %s: %w by its storage engine", c.Data, errors.ErrUnsupported)
	}
	return copied.Copy(ctx, to)
}

// verify opens a copy, checks it if asked, and compares its last transaction.
func (c *backupCommand) verify(ctx context.Context, draft location, last diplomacy.TxNumber) error {
	return draft.read(ctx, func(copied store.Store, now store.Reader) error {
		if now.Revision() != last {
			return fmt.Errorf("the copy ends with transaction %d, the graph with %d", now.Revision(), last)
		}
		if !c.Check {
			return nil
		}
		for finding, err := range copied.Check(ctx) {
			if err != nil {
				return err
			}
			return fmt.Errorf("the copy is inconsistent: %s; run chancery check on the original", finding)
		}
		return nil
	})
}
