package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
	"chancery/store/bolt"
)

// importCommand reads files into the graph as one transaction.
type importCommand struct {
	dataFile
	Files   []string `arg:"" name:"file" help:"What to read; - is standard input."`
	DryRun  bool     `help:"Say what would happen and change nothing."`
	Author  string   `placeholder:"NAME" help:"Who the transaction is by (default: the user who runs this)."`
	Message string   `placeholder:"TEXT" help:"Why it is made."`
}

// Help is shown by import --help.
func (*importCommand) Help() string {
	return `All files together become one transaction: if anything in them is refused, nothing
is written, and each fault is a line "file:line: field: reason" on standard error.
What the graph has already is left as it is.

Examples:

    chancery import facts.ndjson --message="Visits of 2019"
    chancery import --dry-run *.ndjson
    gunzip < backup.ndjson.gz | chancery import - --data=copy.db`
}

// Run imports the files and says what that did.
func (c *importCommand) Run(ctx context.Context) error {
	files, size, err := openAll(c.Files)
	if err != nil {
		return err
	}
	defer closeAll(files)
	if c.DryRun {
		forget, err := c.imagine()
		if err != nil {
			return err
		}
		defer forget()
	}
	done, err := c.write(ctx, withProgress(files, size))
	if err != nil {
		return err
	}
	fmt.Print(summary(done, c.DryRun))
	return nil
}

func (c *importCommand) write(ctx context.Context, files []exchange.File) (exchange.Report, error) {
	kept, err := bolt.Open(c.Data, bolt.Options{})
	if err != nil {
		return exchange.Report{}, err
	}
	by := store.Commit{Author: cmp.Or(c.Author, userName()), Message: c.Message}
	done, err := exchange.Import(ctx, kept, by, files, exchange.Options{DryRun: c.DryRun})
	return done, errors.Join(err, kept.Close())
}

func userName() string {
	if me, err := user.Current(); err == nil {
		return me.Username
	}
	return ""
}

// imagine lets a dry run into a file that is not there use one that nobody sees.
func (c *importCommand) imagine() (forget func(), err error) {
	if _, err := os.Stat(c.Data); !errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil
	}
	dir, err := os.MkdirTemp("", "chancery")
	c.Data = filepath.Join(dir, "imagined.db")
	return func() { os.RemoveAll(dir) }, err
}

// summary says what became of the records, by sort.
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
		fmt.Fprintf(&text, "%-10s  %d new, %d changed, %d as before\n", sort.name, n.Created, n.Changed, n.Unchanged)
	}
	switch number := done.Transaction.Number; {
	case dry:
		text.WriteString("a dry run: nothing was written\n")
	case number == 0:
		text.WriteString("nothing to write: the graph has it all\n")
	default:
		fmt.Fprintf(&text, "written as transaction %d\n", number)
	}
	return text.String()
}
