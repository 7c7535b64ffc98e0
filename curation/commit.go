package curation

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"chancery/diplomacy"
	"chancery/store"
)

// Bounds of a request.
const (
	MaxChanges = 5_000
	MaxKey     = 255 // bytes
)

// Why a transaction that could have been made was given up.
var (
	errDryRun   = errors.New("dry run")
	errReplayed = errors.New("made before")
	errMark     = errors.New("marked wrongly as unsourced")
)

// Commit makes all changes of a request in one transaction, or none. Entities
// come first, then statements, evidence and closings, so that changes may name
// each other in any order. Somebody who retries with the request's Key may do so
// at the same time, or after years.
//
// Editing what is held to be the same as other records edits their canonical one,
// which is what reads have shown; confirming and closing take the record named. One
// commit changes a record once.
func Commit(ctx context.Context, s store.Store, r Request) (Result, error) {
	if problems := r.problems(); len(problems) > 0 {
		return Result{}, &Refused{problems}
	}
	receipt, err := newReceipt(r)
	if err != nil {
		return Result{}, err
	}
	var result Result
	by := store.Commit{Author: r.Author, Message: r.Message}
	transaction, err := write(ctx, s, by, func(w store.Writer) (unsourced bool, err error) {
		if result, err = receipt.replay(ctx, w); err != nil {
			return false, err
		}
		run := newRun(ctx, w, r)
		if err := run.all(); err != nil {
			return false, err
		}
		result.Outcomes = run.outcomes
		if r.DryRun {
			return false, errDryRun
		}
		return run.unsourced, receipt.remember(ctx, w, result.Outcomes)
	})
	switch {
	case errors.Is(err, errDryRun), errors.Is(err, errReplayed):
		return result, nil
	case err != nil:
		return Result{}, err
	}
	result.Transaction = transaction
	return result, nil
}

// write runs fn as a transaction that is marked as fn says of itself. That is known
// only behind it, so fn may have to run again.
func write(ctx context.Context, s store.Store, by store.Commit, fn func(store.Writer) (unsourced bool, err error)) (diplomacy.Transaction, error) {
	for {
		t, err := s.Write(ctx, by, func(w store.Writer) error {
			unsourced, err := fn(w)
			if err == nil && unsourced != by.Unsourced {
				return errMark
			}
			return err
		})
		if !errors.Is(err, errMark) {
			return t, err
		}
		by.Unsourced = !by.Unsourced
	}
}

// problems are those of the request but for its changes.
func (r Request) problems() []Problem {
	problems := signed(r.Author, r.Message)
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

// signed holds what every transaction carries against what the store can keep.
func signed(author, message string) []Problem {
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
