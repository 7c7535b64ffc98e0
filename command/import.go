package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
)

// importCommand reads files into the graph as one transaction.
type importCommand struct {
	dataFlag
	Files   []string `arg:"" name:"file" help:"Files to import, one record a line (NDJSON); - is standard input."`
	DryRun  bool     `help:"Validate and report only; nothing is written."`
	Author  string   `placeholder:"NAME" help:"Author of the transaction (default: the name of the current user)."`
	Message string   `placeholder:"TEXT" help:"Reason for the transaction, kept with it (default: none)."`
}

// Help is shown by import --help.
func (*importCommand) Help() string {
	return `All files together are one transaction: if a record is rejected, nothing is written, and
each problem is a line "file:line: field: reason" on standard error. Records that the
graph already has are left unchanged.

Examples:

    chancery import facts.ndjson --message="Visits of 2019"
    chancery import --dry-run *.ndjson
    gunzip < backup.ndjson.gz | chancery import - --data=copy.db`
}

// Run imports the files and prints a summary.
func (c *importCommand) Run(ctx context.Context) error {
	files, size, err := openAll(c.Files)
	if err != nil {
		return err
	}
	defer closeAll(files)
	if c.DryRun {
		remove, err := c.useTemporaryFile()
		if err != nil {
			return err
		}
		defer remove()
	}
	done, err := c.write(ctx, withProgress(files, size))
	if err != nil {
		return err
	}
	fmt.Print(summary(done, c.DryRun))
	return nil
}

func (c *importCommand) write(ctx context.Context, files []exchange.File) (exchange.Report, error) {
	isNew := !c.Data.exists()
	opened, err := c.Data.open(false)
	if err != nil {
		return exchange.Report{}, err
	}
	by := store.Commit{Author: cmp.Or(c.Author, userName()), Message: c.Message}
	done, err := exchange.Import(ctx, opened, by, files, exchange.Options{DryRun: c.DryRun})
	last, _ := opened.Committed()
	isEmpty := isNew && last == 0 && !errors.Is(err, store.ErrOutcomeUnknown)
	err = errors.Join(err, opened.Close())
	if isEmpty && err != nil {
		err = errors.Join(err, os.Remove(string(c.Data)))
	}
	return done, err
}

func userName() string {
	if me, err := user.Current(); err == nil {
		return me.Username
	}
	return ""
}

// useTemporaryFile has a dry run use a temporary file if the graph does not exist yet.
func (c *importCommand) useTemporaryFile() (remove func(), err error) {
	if c.Data.exists() {
		return func() {}, nil
	}
	dir, err := os.MkdirTemp("", "chancery")
	c.Data = location(filepath.Join(dir, "dry-run.db"))
	return func() { os.RemoveAll(dir) }, err
}

// summary counts the created, changed and unchanged records of each sort.
func summary(done exchange.Report, dry bool) string {
	var text strings.Builder
	for _, sort := range []struct {
		name string
		of   func(diplomacy.Kind) bool
	}{
		{"entities", diplomacy.Kind.IsEntity},
		{"statements", diplomacy.Kind.IsStatement},
		{"evidence", func(k diplomacy.Kind) bool { return k == diplomacy.KindEvidence }},
		{"judgements", func(k diplomacy.Kind) bool { return k == diplomacy.KindJudgement }},
	} {
		n := done.Total(sort.of)
		fmt.Fprintf(&text, "%-10s  %d new, %d changed, %d unchanged\n", sort.name, n.Created, n.Changed, n.Unchanged)
	}
	switch number := done.Transaction.Number; {
	case dry:
		text.WriteString("dry run: nothing was written\n")
	case number == 0:
		text.WriteString("nothing to write: the graph already has all records\n")
	default:
		fmt.Fprintf(&text, "written as transaction %d\n", number)
	}
	return text.String()
}
