package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"chancery/exchange"
	"chancery/store"
)

// exportCommand writes the whole graph, in its present state.
type exportCommand struct {
	dataFlag
	File string `arg:"" optional:"" default:"-" help:"File to write; - is standard output (default: -)."`
}

// Help is shown by export --help.
func (*exportCommand) Help() string {
	return `An existing file is replaced once the export is complete. A server may run meanwhile if it
was started with --read-only.

Examples:

    chancery export facts.ndjson
    chancery export | gzip > facts.ndjson.gz`
}

// Run writes to the file or to standard output.
func (c *exportCommand) Run(ctx context.Context) error {
	return c.Data.read(ctx, func(_ store.Store, now store.Reader) error {
		if c.File == "-" {
			return exportTo(ctx, now, os.Stdout)
		}
		if err := replaceable(c.File, c.Data); err != nil {
			return fmt.Errorf("export to %s: %w", c.File, err)
		}
		return replace(c.File, func(draft *os.File) error { return exportTo(ctx, now, draft) })
	})
}

func exportTo(ctx context.Context, from store.Reader, to io.Writer) error {
	buffered := bufio.NewWriterSize(to, 64<<10)
	return errors.Join(exchange.Export(ctx, from, buffered), buffered.Flush())
}

// replaceable rejects targets that a rename would destroy: files that are not regular, and the
// graph itself.
func replaceable(name string, graph location) error {
	there, err := os.Stat(name)
	if err != nil {
		return nil // it does not exist, or writing will fail
	}
	if !there.Mode().IsRegular() {
		return errors.New("not a regular file; for a pipe or a device, write to standard output")
	}
	if data, err := os.Stat(string(graph)); err == nil && os.SameFile(there, data) {
		return errors.New("this file holds the graph; name another one")
	}
	return nil
}

// replace writes a file completely or not at all. The old one is replaced only when the
// new one is on the disk.
func replace(name string, write func(draft *os.File) error) error {
	draft, err := os.OpenFile(fmt.Sprintf("%s.%d.part", name, os.Getpid()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // fails once it is renamed
	if err := errors.Join(write(draft), draft.Sync(), draft.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(draft.Name(), name)
}
