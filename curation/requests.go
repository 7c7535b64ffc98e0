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
