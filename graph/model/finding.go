package model

import (
	"context"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/store"
)

// Finding is a doubt that a rule found.
type Finding struct{ findings.Finding }

// Rule returns the code of the rule.
func (f *Finding) Rule() diplomacy.Term { return f.Finding.Rule.Code }

// Kind is the earlier name of Rule.
func (f *Finding) Kind() diplomacy.Term { return f.Finding.Rule.Code }

// Severity returns the severity of the rule.
func (f *Finding) Severity() diplomacy.Term { return f.Finding.Rule.Severity }

// Explanation says what the rule finds.
func (f *Finding) Explanation() string { return f.Finding.Rule.Explanation }

// Suggestion says what to change.
func (f *Finding) Suggestion() string { return f.Finding.Rule.Suggestion }

// Records returns the records concerned, the one that is probably wrong first.
func (f *Finding) Records(ctx context.Context) ([]Node, error) {
	return NodesOf(ctx, f.Finding.Records)
}

// NodesOf returns the records with some ids, without those that are not there.
func NodesOf(ctx context.Context, ids []diplomacy.ID) ([]Node, error) {
	nodes := []Node{}
	for _, id := range ids {
		found, err := FetcherFrom(ctx).Record(ctx, id)
		if err != nil {
			return nil, err
		}
		if node := NodeOf(found); node != nil {
			nodes = append(nodes, node)
		}
	}
	return nodes, nil
}

// Entity returns the entity under which the finding is listed.
func (f *Finding) Entity(ctx context.Context) (diplomacy.Entity, error) {
	return record[diplomacy.Entity](ctx, f.Owner)
}

// About returns the first statement among the records; nil if there is none.
func (f *Finding) About(ctx context.Context) (Statement, error) {
	found, err := record[*diplomacy.Statement](ctx, f.Statement())
	if found == nil {
		return nil, err
	}
	return statementOf(found), err
}

// Statement returns the id of the first statement among the records; zero if there is
// none.
func (f *Finding) Statement() diplomacy.ID {
	for _, id := range f.Finding.Records {
		if id.Kind().IsStatement() {
			return id
		}
	}
	return 0
}

// Transaction returns the last transaction that wrote one of the records.
func (f *Finding) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return FetcherFrom(ctx).Transaction(ctx, f.Finding.Transaction)
}

// SearchedList is a page of what a search finds. It may be short, even empty, while there
// is more: its end cursor says how far the search has come.
type SearchedList[N any] struct {
	List[N]
	SearchedTo store.Cursor // empty when the search is complete
}

// PageInfo returns the cursors of the page and whether there is more.
func (c *SearchedList[N]) PageInfo() *PageInfo {
	info := c.List.PageInfo()
	if c.SearchedTo != "" {
		info.EndCursor = EncodeCursor(c.SearchedTo)
	}
	return info
}
