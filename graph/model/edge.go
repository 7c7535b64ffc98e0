package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
)

// LinkEdge is one link. What it tells beside its node is read from the
// statement, which was loaded if any of it was selected.
type LinkEdge[N diplomacy.Record, S Linking] struct {
	op   *Operation
	link *pathLink
}

// Cursor is the edge's place in the list.
func (e *LinkEdge[N, S]) Cursor() string { return encodeCursor(e.link.Cursor) }

// Node is the thing at the other end.
func (e *LinkEdge[N, S]) Node() N {
	node, _ := e.op.records[e.link.Node].(N)
	return node
}

// Statement makes the link.
func (e *LinkEdge[N, S]) Statement() S {
	typed, _ := NodeOf(e.op.records[e.link.Via]).(S)
	return typed
}

// Via are all statements on the way.
func (e *LinkEdge[N, S]) Via() []Statement {
	var via []Statement
	for _, id := range append(slices.Clip(e.link.before), e.link.Via) {
		if s, ok := NodeOf(e.op.records[id]).(Statement); ok {
			via = append(via, s)
		}
	}
	return via
}

// Role is the predicate's own term: capacity, kind, role, level or action.
func (e *LinkEdge[N, S]) Role() diplomacy.Term { return e.link.Role }

func (e *LinkEdge[N, S]) statement() *diplomacy.Statement {
	if s, ok := e.op.records[e.link.Via].(*diplomacy.Statement); ok {
		return s
	}
	return &diplomacy.Statement{}
}

// StartMode is how a tenure began.
func (e *LinkEdge[N, S]) StartMode() diplomacy.Term { return e.statement().StartMode }

// EndCause is why a tenure ended.
func (e *LinkEdge[N, S]) EndCause() diplomacy.Term { return e.statement().EndCause }

// DelegationHead reports whether the participant headed a delegation.
func (e *LinkEdge[N, S]) DelegationHead() bool { return e.statement().DelegationHead }

// OnBehalfOf is on whose behalf; nil when not recorded.
func (e *LinkEdge[N, S]) OnBehalfOf(ctx context.Context) (diplomacy.Actor, error) {
	return get[diplomacy.Actor](ctx, e.statement().OnBehalfOf)
}

// InCapacityOf is the office; nil when not recorded.
func (e *LinkEdge[N, S]) InCapacityOf(ctx context.Context) (*diplomacy.Office, error) {
	return get[*diplomacy.Office](ctx, e.statement().InCapacityOf)
}

// Office is the office of a tenure.
func (e *LinkEdge[N, S]) Office(ctx context.Context) (*diplomacy.Office, error) {
	return get[*diplomacy.Office](ctx, e.statement().Object)
}

// TitleAsserted is the title the source gave; empty when not recorded.
func (e *LinkEdge[N, S]) TitleAsserted(ctx context.Context) (string, error) {
	return titleAsserted(ctx, e.link.Via)
}

// StatementEdge is an edge to a statement.
type StatementEdge[S Linking] struct{ LinkEdge[diplomacy.Record, S] }

// Node is the statement.
func (e *StatementEdge[S]) Node() S { return e.Statement() }
