package graph

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"

	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// presenter turns errors into those that clients may see. It is the one place that logs
// internal errors; clients learn only that there was one.
type presenter struct{ log *slog.Logger }

func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if answer, ok := answerTo(err, shown.Message); ok {
		if answer.logged {
			p.log.WarnContext(ctx, "the store failed", "path", shown.Path.String(), "error", err)
		}
		shown.Message, shown.Extensions, shown.Err = answer.message, map[string]any{"code": answer.code}, nil
		return atField(ctx, shown)
	}
	if shown.Err == nil {
		return shown // from the parser or validator, about the document
	}
	p.log.ErrorContext(ctx, "a field failed", "path", shown.Path.String(), "error", err)
	shown.Message, shown.Extensions = "internal error; it has been logged", map[string]any{"code": codes.Internal}
	shown.Err = nil
	return shown
}

// atField cuts an error's path at its field, as the GraphQL specification requires
// (section 7.1.2), and prefixes the message with the path of the argument.
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
	if e.Locations == nil { // the argument was rejected before its resolver was called
		_ = graphql.AddFieldLocationToError(ctx, e) // sets the location of e itself
	}
	return e
}

// deduplicate keeps the first of several errors with the same message at the same place
// of the document: a bad argument in a list fails for each element. Errors in nodes and
// _entities are kept for each element, since a router passes each to a different client
// field.
func deduplicate(errs gqlerror.List) gqlerror.List {
	type key struct {
		message  string
		location gqlerror.Location
		element  ast.PathElement // of nodes or _entities
	}
	seen := map[key]bool{}
	return slices.DeleteFunc(errs, func(e *gqlerror.Error) bool {
		if len(e.Locations) == 0 {
			return false
		}
		k := key{e.Message, e.Locations[0], nil}
		if len(e.Path) > 1 {
			if index, ok := e.Path[1].(ast.PathIndex); ok {
				k.element = index
			}
		}
		duplicate := seen[k]
		seen[k] = true
		return duplicate
	})
}

// recovered turns a panic of a resolver into an error with its stack, for the log.
func (p presenter) recovered(_ context.Context, cause any) error {
	return fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
}
