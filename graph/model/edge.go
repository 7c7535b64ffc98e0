package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// LinkEdge is an edge of Links. Its fields beside the node are read from the
// statement, which was fetched if any of them was selected.
type LinkEdge[N diplomacy.Record, S Linking] struct {
	page *LinkPage
	link *Link
}

// Cursor returns the edge's cursor.
func (e *LinkEdge[N, S]) Cursor() string { return EncodeCursor(e.link.Cursor) }

// Match returns how certainly the link passes the tests of its time; empty without such
// tests.
func (e *LinkEdge[N, S]) Match() diplomacy.Match {
	rule := diplomacy.RuleOf(e.link.Arc.Kind)
	return store.MatchOf(e.page.Times, e.link.Span, rule != nil && rule.Lasting)
}

// Node returns the record at the other end.
func (e *LinkEdge[N, S]) Node() N {
	node, _ := e.page.Records[e.link.Node].(N)
	return node
}

// Statement returns the statement that makes the link.
func (e *LinkEdge[N, S]) Statement() S {
	typed, _ := NodeOf(e.page.Records[e.link.Via]).(S)
	return typed
}

// Via returns all statements on the way to the node, nearest first.
func (e *LinkEdge[N, S]) Via() []Statement {
	var via []Statement
	for _, id := range append(slices.Clip(e.link.Before), e.link.Via) {
		if s, ok := NodeOf(e.page.Records[id]).(Statement); ok {
			via = append(via, s)
		}
	}
	return via
}

// Involvement returns all ways in which the node is involved.
func (e *LinkEdge[N, S]) Involvement() []diplomacy.Term { return e.link.Involvement }

// Role returns the term that the predicate gives to its statements: capacity,
// kind, role, level or action.
func (e *LinkEdge[N, S]) Role() diplomacy.Term { return e.link.Role }

func (e *LinkEdge[N, S]) statement() *diplomacy.Statement {
	if s, ok := e.page.Records[e.link.Via].(*diplomacy.Statement); ok {
		return s
	}
	return &diplomacy.Statement{}
}

// StartMode says how a tenure began.
func (e *LinkEdge[N, S]) StartMode() diplomacy.Term { return e.statement().StartMode }

// EndCause says why a tenure ended.
func (e *LinkEdge[N, S]) EndCause() diplomacy.Term { return e.statement().EndCause }

// DelegationHead reports whether the participant headed a delegation.
func (e *LinkEdge[N, S]) DelegationHead() bool { return e.statement().DelegationHead }

// OnBehalfOf returns the actor on whose behalf; nil if not recorded.
func (e *LinkEdge[N, S]) OnBehalfOf(ctx context.Context) (diplomacy.Actor, error) {
	return record[diplomacy.Actor](ctx, e.statement().OnBehalfOf)
}

// InCapacityOf returns the office in whose capacity; nil if not recorded.
func (e *LinkEdge[N, S]) InCapacityOf(ctx context.Context) (*diplomacy.Office, error) {
	return record[*diplomacy.Office](ctx, e.statement().InCapacityOf)
}

// Office returns the office of a tenure.
func (e *LinkEdge[N, S]) Office(ctx context.Context) (*diplomacy.Office, error) {
	return record[*diplomacy.Office](ctx, e.statement().Object)
}

// TitleAsserted returns the title that the source gave; empty if not recorded.
func (e *LinkEdge[N, S]) TitleAsserted(ctx context.Context) (string, error) {
	return titleAsserted(ctx, e.link.Via)
}

// StatementEdge is an edge of StatementLinks.
type StatementEdge[S Linking] struct{ LinkEdge[diplomacy.Record, S] }

// Node returns the statement.
func (e *StatementEdge[S]) Node() S { return e.Statement() }
