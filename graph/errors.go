package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"

	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Codes in extensions.code beside those of model and of validation.
const (
	codeNotFound    = "NOT_FOUND"
	codeForbidden   = "FORBIDDEN"
	codeConflict    = "CONFLICT"
	codeUnavailable = "UNAVAILABLE"
	codeUnknown     = "OUTCOME_UNKNOWN"
	codeInternal    = "INTERNAL"
)

// presenter turns errors into what clients may see. It is the one place where a
// fault of ours is logged; clients learn only that there was one.
type presenter struct{ log *slog.Logger }

func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if code, told := codeOf(err); told {
		shown.Extensions = map[string]any{"code": code}
		if errors.Is(err, store.ErrCursor) { // the engine's words show its bytes
			shown.Message = "this is a cursor of another list, or of another order; pass one from an edge or pageInfo of this list"
		}
		return atField(ctx, shown)
	}
	if t, ok := troubleOf(err); ok {
		p.log.WarnContext(ctx, "the store could not do it", "path", shown.Path.String(), "error", err)
		shown.Message, shown.Extensions, shown.Err = t.message, map[string]any{"code": t.code}, nil
		return atField(ctx, shown)
	}
	if shown.Err == nil {
		return shown // of the parser or validator, about the document
	}
	p.log.ErrorContext(ctx, "a field could not be answered", "path", shown.Path.String(), "error", err)
	shown.Message, shown.Extensions = "internal error; it has been logged", map[string]any{"code": codeInternal}
	shown.Err = nil
	return shown
}

// atField ends an error's path at its field, as the specification has it
// (section 7.1.2); which argument is meant goes before the message.
func atField(ctx context.Context, e *gqlerror.Error) *gqlerror.Error {
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		return e
	}
	path := field.Path()
	if inner := e.Path; len(inner) > len(path) {
		e.Message = inner[len(path):].String() + ": " + e.Message
	}
	e.Path = path
	if e.Locations == nil { // that of an argument, which no resolver saw
		_ = graphql.AddFieldLocationToError(ctx, e) // it is set in place
	}
	return e
}

// once keeps the first of errors that say the same of one place in the document:
// a bad argument in a list fails for each of its elements. What was asked for one by
// one (nodes, entities) is told of one by one: a router hands each answer on to a
// place of its own.
func once(errs gqlerror.List) gqlerror.List {
	type place struct {
		message string
		at      gqlerror.Location
		asked   ast.PathElement
	}
	seen := map[place]bool{}
	return slices.DeleteFunc(errs, func(e *gqlerror.Error) bool {
		if len(e.Locations) == 0 {
			return false
		}
		here := place{e.Message, e.Locations[0], nil}
		if len(e.Path) > 1 {
			if index, ok := e.Path[1].(ast.PathIndex); ok {
				here.asked = index
			}
		}
		again := seen[here]
		seen[here] = true
		return again
	})
}

// codeOf is the code of an error that a client may read as it is.
func codeOf(err error) (code string, told bool) {
	var user *model.UserError
	switch {
	case errors.As(err, &user):
		return user.Code, true
	case errors.Is(err, store.ErrCursor), errors.Is(err, store.ErrLimit):
		return model.CodeBadInput, true
	case errors.Is(err, store.ErrNotFound):
		return codeNotFound, true
	case errors.Is(err, store.ErrForbidden):
		return codeForbidden, true
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, store.ErrReleased):
		return codeUnavailable, true
	}
	return "", false
}

// trouble is a state of the store that a client should know of, in our words:
// those of the engine may name files.
type trouble struct {
	is            error
	code, message string
}

var troubles = []trouble{
	{store.ErrFull, codeUnavailable, "no room left to write; nothing was written"},
	{store.ErrRetry, codeUnavailable, "nothing was written; try again"},
	{store.ErrConflict, codeConflict, "somebody else changed what this builds on; nothing was written; read it again and then try"},
	{store.ErrReadOnly, codeForbidden, "this server only reads; nothing was written"},
	{store.ErrOutcomeUnknown, codeUnknown, "it may have been written or not; look before trying again"},
}

func troubleOf(err error) (trouble, bool) {
	for _, t := range troubles {
		if errors.Is(err, t.is) {
			return t, true
		}
	}
	return trouble{}, false
}

// recovered turns a panic of a resolver into an error with its stack for the
// log.
func (p presenter) recovered(_ context.Context, cause any) error {
	return fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
}
