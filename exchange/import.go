package exchange

import (
	"context"
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

// Options of an import; the zero value writes.
type Options struct {
	// DryRun checks and counts everything but writes nothing.
	DryRun bool
}

// Report summarizes what an import did, or would do.
type Report struct {
	// Transaction is zero if nothing changed and after a dry run.
	Transaction diplomacy.Transaction
	// Kinds counts the records that were in the files.
	Kinds map[diplomacy.Kind]Tally
}

// Tally counts records by what the import did to them.
type Tally struct{ Created, Changed, Unchanged int }

// Total adds up the tallies of the kinds for which a function returns true, such as
// diplomacy.Kind.IsStatement.
func (r Report) Total(of func(diplomacy.Kind) bool) Tally {
	var total Tally
	for kind, t := range r.Kinds {
		if of(kind) {
			total.Created += t.Created
			total.Changed += t.Changed
			total.Unchanged += t.Unchanged
		}
	}
	return total
}

// errDryRun ends the transaction of a dry run.
var errDryRun = errors.New("dry run")

// Import writes the records of the files in one transaction, all or nothing. It
// keeps them in memory. If the files are invalid the error is a *Refused; other errors
// come from reading the files or from the store.
func Import(ctx context.Context, s store.Store, by store.Commit, files []File, o Options) (Report, error) {
	b, err := read(ctx, files)
	if err != nil {
		return Report{}, err
	}
	// Lines that could not be read would make others seem to refer to nothing.
	if err := b.unreadable.orNil(); err != nil {
		return Report{}, err
	}
	var report Report
	report.Transaction, err = s.Write(ctx, by, func(w store.Writer) error {
		report.Kinds, err = b.write(ctx, w)
		if err == nil && o.DryRun {
			err = errDryRun
		}
		return err
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return Report{}, err
	}
	return report, nil
}
