package curation

import (
	"context"
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

var errUnbuilt = errors.New("not built yet")

// JudgeRequest asks to record whether two entities are the same.
type JudgeRequest struct {
	Author, Message string
	A, B            Ref
	Verdict         diplomacy.Term
	Reasons         []string
}

// Judged is what judging, or its undoing, did.
type Judged struct {
	Transaction diplomacy.Transaction // zero when it was so already
	Judgement   *diplomacy.Judgement  // as it stands, or as it was when undone
}

// UndoRequest asks to take a judgement back.
type UndoRequest struct {
	Author, Message string
	Judgement       Ref
}

// RevertRequest asks to undo a transaction.
type RevertRequest struct {
	Author, Message string
	Number          diplomacy.TxNumber
}

// Duplicate is a pair of entities that may be the same, and why.
type Duplicate struct {
	A, B    diplomacy.Entity
	Reasons []Reason
}

// Reason is one sign that two entities are the same.
type Reason struct {
	Kind diplomacy.Term // SHARED_IDENTIFIER, SAME_NAME_OVERLAPPING_TENURES, SAME_EVENT
	Text string         // in words, for a person to judge by
}

// Duplicates proposes pairs, those with most reasons first. Nothing is proposed
// that was judged, nor for a name alone.
func Duplicates(ctx context.Context, r store.Reader) ([]Duplicate, error) { return nil, errUnbuilt }
