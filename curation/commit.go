package curation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"chancery/diplomacy"
	"chancery/store"
)

// Limits of a request.
const (
	MaxChanges = 5_000
	MaxKey     = 255 // bytes
)

// Reasons to give up a transaction that is not at fault.
var (
	errDryRun   = errors.New("dry run")
	errReplayed = errors.New("made before")
)

// Commit makes all changes of a request in one transaction, or none. Entities come
// first, then statements, evidence and closings, so that changes may refer to each
// other in any order. A client that retries with the request's Key may do so at once,
// or after years.
//
// A change that edits a merged entity edits the canonical one, which is what reads
// have shown; sources and statements, confirming and closing take the record named. A
// change that sets "restricted" sets it on all records merged with that one. One commit
// changes a record once.
//
// What is wrong with the request is a *Refused with all problems at once; other errors
// are those of store.Store.Write.
func Commit(ctx context.Context, s store.Store, r Request) (Result, error) {
	if problems := r.problems(); len(problems) > 0 {
		return Result{}, &Refused{problems}
	}
	receipt, err := newReceipt(r)
	if err != nil {
		return Result{}, err
	}
	var result Result
	var would consequences // of a dry run
	by := store.Commit{Author: r.Author, Message: r.Message}
	transaction, err := s.Write(ctx, by, func(w store.Writer) (err error) {
		if result, err = receipt.replay(ctx, w); err != nil {
			return err
		}
		run := newRun(ctx, w, r)
		if err := run.makeChanges(); err != nil {
			return err
		}
		if r.DryRun {
			result, would, err = run.dryRun()
			return cmp.Or(err, errDryRun)
		}
		result.Outcomes = run.outcomes
		return receipt.remember(ctx, w, result.Outcomes)
	})
	switch {
	case errors.Is(err, errDryRun) && r.Warn:
		result.Warnings = would.warningsSince(ctx, s, 0).withoutNew(would.outcomes)
		return result, nil
	case errors.Is(err, errDryRun), errors.Is(err, errReplayed):
		return result, nil
	case err != nil:
		return Result{}, err
	}
	result.Transaction = transaction
	if r.Warn {
		result.Warnings = warnCommitted(ctx, s, transaction.Number, result.Outcomes)
	}
	return result, nil
}

// dryRun returns the result of a dry run, and its consequences if they are asked for.
func (r *run) dryRun() (result Result, would consequences, err error) {
	if r.request.Warn {
		would, err = consequencesOf(r.ctx, r.w, r.outcomes)
	}
	r.dropIDs()
	result.Outcomes = r.outcomes
	return result, would, err
}

// problems returns what is wrong with the request apart from its changes.
func (r Request) problems() []Problem {
	problems := checkSignature(r.Author, r.Message)
	if n := len(r.Changes); n > MaxChanges {
		problems = append(problems, Problem{[]string{"changes"}, TooLarge,
			fmt.Sprintf("has %d changes; one commit holds at most %d", n, MaxChanges)})
	}
	if len(r.Key) > MaxKey {
		problems = append(problems, Problem{[]string{"key"}, Invalid,
			fmt.Sprintf("has %d bytes; at most %d are kept", len(r.Key), MaxKey)})
	}
	return problems
}

// checkSignature checks the author and message of a transaction.
func checkSignature(author, message string) []Problem {
	var problems []Problem
	for _, text := range []struct{ field, value string }{{"author", author}, {"message", message}} {
		switch {
		case len(text.value) > diplomacy.MaxText:
			problems = append(problems, Problem{[]string{text.field}, Invalid,
				fmt.Sprintf("has %d bytes; at most %d are kept", len(text.value), diplomacy.MaxText)})
		case !utf8.ValidString(text.value):
			problems = append(problems, Problem{[]string{text.field}, Invalid, "is not valid UTF-8"})
		}
	}
	return problems
}
