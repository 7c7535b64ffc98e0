package graph

import (
	"context"
	"errors"
	"fmt"

	"chancery/access"
	"chancery/graph/internal/codes"
	"chancery/graph/model"
	"chancery/store"
)

// answer is what clients see of an error.
type answer struct {
	code, message string
	logged        bool // as a failure of the store
}

// answerTo returns what clients see of an error whose text, shown so far, is given: that
// text only if it was written for them. The texts of the store name files and show bytes.
func answerTo(err error, shown string) (answer, bool) {
	if user, ok := errors.AsType[*model.UserError](err); ok {
		return answer{code: user.Code, message: shown}, true
	}
	if forbidden, ok := errors.AsType[*access.ForbiddenError](err); ok {
		return answer{code: codes.Forbidden, message: forbidden.Error()}, true
	}
	for _, of := range storeAnswers {
		if errors.Is(err, of.err) {
			return of.answer, true
		}
	}
	return answer{}, false
}

// storeAnswers are the answers to errors of the store's contract that clients can do
// something about. All others are internal.
var storeAnswers = []struct {
	err error
	answer
}{
	{store.ErrNotFound, answer{code: model.CodeNotFound, message: "there is no such record or transaction"}},
	{store.ErrForbidden, answer{code: codes.Forbidden, message: "forbidden; send a token with a role that permits it"}},
	{store.ErrCursor, answer{code: model.CodeBadInput, message: "the cursor belongs to another list or another order; pass one from an edge or pageInfo of this list"}},
	{store.ErrLimit, answer{code: model.CodeBadInput, message: fmt.Sprintf("the page is too large; ask for at most %d", store.MaxPage)}},
	{store.ErrExpensive, answer{code: codes.Cost, message: "the operation does more work than is allowed; ask for less"}},
	{store.ErrReferenced, answer{code: codes.Conflict, message: "a record that was to be closed is still referred to; nothing was written"}},
	{store.ErrFull, answer{codes.Unavailable, "no room left to write; nothing was written", true}},
	{store.ErrRetry, answer{codes.Unavailable, "nothing was written; try again", true}},
	{store.ErrConflict, answer{codes.Conflict, "another transaction changed a record that this write depends on; nothing was written; read it again and retry", true}},
	{store.ErrReadOnly, answer{codes.Forbidden, "this server is read-only; nothing was written", true}},
	{store.ErrOutcomeUnknown, answer{codes.OutcomeUnknown, "the transaction may or may not have been committed; check before retrying", true}},
	{store.ErrClock, answer{codes.Unavailable, "the clock of the server is wrong; nothing was written", true}},
	{store.ErrReplaced, answer{codes.Unavailable, "the file of the graph was removed or replaced while the server runs; nothing was written", true}},
	{store.ErrReleased, answer{code: codes.Unavailable, message: "the operation was ended; try again"}},
	{context.Canceled, answer{code: codes.Unavailable, message: "the operation was cancelled; try again"}},
	{context.DeadlineExceeded, answer{code: codes.Unavailable, message: "the operation took too long; ask for less"}},
}
