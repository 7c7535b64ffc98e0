package curation

import (
	"chancery/diplomacy"
)

// JudgeRequest asks to record whether two entities are the same.
type JudgeRequest struct {
	Author, Message string
	A, B            Ref
	Verdict         diplomacy.Term
	Reasons         []string
	Warn            bool // asks for warnings
}

// Judged is the result of judging, or of undoing it.
type Judged struct {
	Transaction diplomacy.Transaction // zero when nothing changed
	Judgement   *diplomacy.Judgement  // the current version, or the last one when undone
	Warnings    *Warnings             // if the request asked for them
}

// UndoRequest asks to withdraw a judgement.
type UndoRequest struct {
	Author, Message string
	Judgement       Ref
	Warn            bool // asks for warnings
}

// RevertRequest asks to undo a transaction.
type RevertRequest struct {
	Author, Message string
	Number          diplomacy.TxNumber
	// Cascade also undoes the later transactions that stand in the way.
	Cascade bool
	// DryRun returns what would happen, and writes nothing.
	DryRun bool
	Warn   bool // asks for warnings
}
