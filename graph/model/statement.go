package model

import (
	"context"

	"chancery/diplomacy"
)

// Statement is the GraphQL interface of that name: one of the generated types, each a
// diplomacy.Statement with the types of its subject and object.
type Statement interface {
	Linking
	isStatement()
}

// wrappers has the functions of statementTypes by predicate.
var wrappers [256]func(*diplomacy.Statement) Statement

func init() {
	for _, rule := range diplomacy.Vocabulary {
		wrappers[rule.Predicate] = statementTypes[rule.Type]
	}
}

// statementOf returns a statement with the type of its predicate.
func statementOf(s *diplomacy.Statement) Statement {
	if wrap := wrappers[s.Predicate]; wrap != nil {
		return wrap(s)
	}
	return nil
}

// link is a statement with a subject of type S and an object of type O.
type link[S, O diplomacy.Entity] struct{ *diplomacy.Statement }

func (link[S, O]) isStatement() {}

// Subject returns the entity that the statement is about.
func (l link[S, O]) Subject(ctx context.Context) (S, error) {
	return record[S](ctx, l.Statement.Subject)
}

// Object returns the entity to which it links.
func (l link[S, O]) Object(ctx context.Context) (O, error) { return record[O](ctx, l.Statement.Object) }

// OnBehalfOf returns the actor on whose behalf; nil if not recorded.
func (l link[S, O]) OnBehalfOf(ctx context.Context) (diplomacy.Actor, error) {
	return record[diplomacy.Actor](ctx, l.Statement.OnBehalfOf)
}

// InCapacityOf returns the office in whose capacity; nil if not recorded.
func (l link[S, O]) InCapacityOf(ctx context.Context) (*diplomacy.Office, error) {
	return record[*diplomacy.Office](ctx, l.Statement.InCapacityOf)
}

// TitleAsserted returns the title that the source gave; empty if not recorded.
func (l link[S, O]) TitleAsserted(ctx context.Context) (string, error) {
	return titleAsserted(ctx, l.ID)
}

// Holds reports whether a lasting statement held throughout a time, or an event lay
// within it: certainly, possibly, or (empty) not at all.
func (l link[S, O]) Holds(ctx context.Context, at diplomacy.Time) (diplomacy.Match, error) {
	when := l.Valid
	dated, err := record[diplomacy.Entity](ctx, DatedBy(l.Statement))
	if err != nil {
		return "", err
	}
	if dated != nil {
		when = dated.Dated()
	}
	passes := when.Span().Within
	if diplomacy.RuleOf(l.Predicate).Lasting {
		passes = when.Span().Holds
	}
	window := FetcherFrom(ctx).Period(at)
	for _, m := range []diplomacy.Match{diplomacy.Certain, diplomacy.Possible} {
		if passes(window, m) {
			return m, nil
		}
	}
	return "", nil
}

// DatedBy returns the subject or object whose date is the statement's; zero if the
// statement has its own date.
func DatedBy(s *diplomacy.Statement) diplomacy.ID {
	switch by := diplomacy.RuleOf(s.Predicate).DatedBy; {
	case !s.Valid.IsZero():
		return 0
	case by == diplomacy.BySubject:
		return s.Subject
	case by == diplomacy.ByObject:
		return s.Object
	}
	return 0
}

// Evidence returns the evidence about the statement. Package fetch decodes the argument.
func (l link[S, O]) Evidence(ctx context.Context, first *int) ([]*Evidence, error) {
	return FetcherFrom(ctx).Evidence(ctx, l.ID)
}

// Transaction returns the transaction that wrote this version.
func (l link[S, O]) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return FetcherFrom(ctx).Transaction(ctx, l.From)
}

// History returns a page of its versions. Package fetch decodes the arguments; gqlgen binds by their names.
func (l link[S, O]) History(ctx context.Context, first *int, after *string, last *int, before *string) (*VersionConnection, error) {
	return FetcherFrom(ctx).History(ctx, l.ID)
}

// Restricted reports whether only editors may read the statement, however it was recorded.
func (l link[S, O]) Restricted(ctx context.Context) (bool, error) {
	return FetcherFrom(ctx).Restricted(ctx, l.Statement)
}

// AlsoRecordedAs returns the other statements that say the same. Package fetch decodes the
// argument.
func (l link[S, O]) AlsoRecordedAs(ctx context.Context, first *int) ([]Statement, error) {
	records, err := FetcherFrom(ctx).SameAs(ctx, l.ID)
	others := []Statement{}
	for _, other := range records {
		if statement, ok := NodeOf(other).(Statement); ok {
			others = append(others, statement)
		}
	}
	return others, err
}
