package model

import (
	"context"

	"chancery/diplomacy"
)

// Node is what has a global id: an entity, a Statement, an *Evidence
// or a *Judgement.
type Node interface{ Header() *diplomacy.Head }

// Linking is what makes a link: a Statement or an *Evidence.
type Linking interface {
	Node
	Kind() diplomacy.Kind
}

// Statement is the GraphQL interface: one of the types below, each a
// diplomacy.Statement that knows the types of its ends.
type Statement interface {
	Linking
	states()
}

// link is a statement with a subject of type S and an object of type O.
type link[S, O diplomacy.Entity] struct{ *diplomacy.Statement }

func (link[S, O]) states() {}

// Subject is the thing it is about.
func (l link[S, O]) Subject(ctx context.Context) (S, error) { return get[S](ctx, l.Statement.Subject) }

// Object is the thing to which it links.
func (l link[S, O]) Object(ctx context.Context) (O, error) { return get[O](ctx, l.Statement.Object) }

// OnBehalfOf is on whose behalf; nil when not recorded.
func (l link[S, O]) OnBehalfOf(ctx context.Context) (diplomacy.Actor, error) {
	return get[diplomacy.Actor](ctx, l.Statement.OnBehalfOf)
}

// InCapacityOf is the office; nil when not recorded.
func (l link[S, O]) InCapacityOf(ctx context.Context) (*diplomacy.Office, error) {
	return get[*diplomacy.Office](ctx, l.Statement.InCapacityOf)
}

// TitleAsserted is the title the source gave; empty when not recorded.
func (l link[S, O]) TitleAsserted(ctx context.Context) (string, error) {
	return titleAsserted(ctx, l.ID)
}

// Holds reports whether what lasts held throughout a time, or what happens lies
// within it: certainly, possibly, or (empty) not at all.
func (l link[S, O]) Holds(ctx context.Context, at diplomacy.Time) (diplomacy.Match, error) {
	o, when := From(ctx), l.Valid
	end, err := get[diplomacy.Entity](ctx, dating(l.Statement))
	if err != nil {
		return "", err
	}
	if end != nil {
		when = end.Dated()
	}
	window, asked := o.window(at)
	if !asked {
		window = o.Today().Window()
	}
	passes := when.Span().Within
	if diplomacy.RuleOf(l.Predicate).Lasting {
		passes = when.Span().Holds
	}
	for _, m := range []diplomacy.Match{diplomacy.Certain, diplomacy.Possible} {
		if passes(window, m) {
			return m, nil
		}
	}
	return "", nil
}

// Evidence is who says so.
func (l link[S, O]) Evidence(ctx context.Context) ([]*Evidence, error) {
	return EvidenceAbout(ctx, l.ID)
}

// Transaction is the one that wrote it as it stands.
func (l link[S, O]) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, l.From)
}

// History is every version there was. Its arguments are read from the document.
func (l link[S, O]) History(ctx context.Context, first *int, after *string, last *int, before *string) (*VersionConnection, error) {
	return History(ctx, l.ID)
}

// AlsoRecordedAs are other statements that say the same.
func (l link[S, O]) AlsoRecordedAs(ctx context.Context) ([]Statement, error) {
	return SameAs[Statement](ctx, l.ID)
}

// titleAsserted is the title in the evidence about a statement.
func titleAsserted(ctx context.Context, statement diplomacy.ID) (string, error) {
	evidence, err := EvidenceAbout(ctx, statement)
	for _, e := range evidence {
		if e.Part == "TITLE" {
			return e.Asserted, err
		}
	}
	return "", err
}

type (
	person       = *diplomacy.Person
	state        = *diplomacy.State
	organization = *diplomacy.Organization
	council      = *diplomacy.Council
	office       = *diplomacy.Office
	event        = *diplomacy.Event
	agreement    = *diplomacy.Agreement
	observation  = *diplomacy.Observation
	site         = *diplomacy.Place
	source       = *diplomacy.Source
	actor        = diplomacy.Actor
	thing        = diplomacy.Entity
)

// The types of statements, one for each predicate.
type (
	Tenure              struct{ link[person, office] }
	OfficeOf            struct{ link[office, actor] }
	Seat                struct{ link[office, council] }
	PartOf              struct{ link[actor, organization] }
	BodyOf              struct{ link[organization, state] }
	Membership          struct{ link[actor, organization] }
	Accreditation       struct{ link[actor, actor] }
	DiplomaticRelations struct{ link[state, state] }
	Succession          struct{ link[thing, thing] }
	Participation       struct{ link[actor, event] }
	SubeventOf          struct{ link[event, event] }
	OnMarginsOf         struct{ link[event, event] }
	FollowUp            struct{ link[event, event] }
	SessionOf           struct{ link[event, actor] }
	TookPlaceAt         struct{ link[event, thing] }
	Discussion          struct{ link[event, thing] }
	Result              struct{ link[event, thing] }
	Party               struct{ link[actor, agreement] }
	Signature           struct{ link[person, agreement] }
	ReportedBy          struct{ link[observation, actor] }
	Partner             struct{ link[observation, actor] }
	Publication         struct{ link[source, actor] }
	ContainedIn         struct{ link[site, thing] }
)

// NodeOf gives a record its GraphQL type; nil for none.
func NodeOf(record diplomacy.Record) Node {
	switch r := record.(type) {
	case nil:
		return nil
	case *diplomacy.Evidence:
		return &Evidence{r}
	case *diplomacy.Judgement:
		return &Judgement{r}
	case *diplomacy.Statement:
		return statementOf(r)
	case diplomacy.Entity:
		return r
	}
	return nil
}

func statementOf(s *diplomacy.Statement) Statement {
	switch s.Predicate {
	case diplomacy.HoldsOffice:
		return &Tenure{link[person, office]{s}}
	case diplomacy.OfficeOf:
		return &OfficeOf{link[office, actor]{s}}
	case diplomacy.SeatOn:
		return &Seat{link[office, council]{s}}
	case diplomacy.PartOf:
		return &PartOf{link[actor, organization]{s}}
	case diplomacy.BodyOf:
		return &BodyOf{link[organization, state]{s}}
	case diplomacy.MemberOf:
		return &Membership{link[actor, organization]{s}}
	case diplomacy.AccreditedTo:
		return &Accreditation{link[actor, actor]{s}}
	case diplomacy.HasRelationsWith:
		return &DiplomaticRelations{link[state, state]{s}}
	case diplomacy.Succeeds:
		return &Succession{link[thing, thing]{s}}
	case diplomacy.ParticipatedIn:
		return &Participation{link[actor, event]{s}}
	case diplomacy.SubeventOf:
		return &SubeventOf{link[event, event]{s}}
	case diplomacy.OnMarginsOf:
		return &OnMarginsOf{link[event, event]{s}}
	case diplomacy.FollowsUp:
		return &FollowUp{link[event, event]{s}}
	case diplomacy.SessionOf:
		return &SessionOf{link[event, actor]{s}}
	case diplomacy.TookPlaceAt:
		return &TookPlaceAt{link[event, thing]{s}}
	case diplomacy.Discussed:
		return &Discussion{link[event, thing]{s}}
	case diplomacy.ResultedIn:
		return &Result{link[event, thing]{s}}
	case diplomacy.PartyTo:
		return &Party{link[actor, agreement]{s}}
	case diplomacy.Signed:
		return &Signature{link[person, agreement]{s}}
	case diplomacy.ReportedBy:
		return &ReportedBy{link[observation, actor]{s}}
	case diplomacy.Partner:
		return &Partner{link[observation, actor]{s}}
	case diplomacy.IssuedBy:
		return &Publication{link[source, actor]{s}}
	case diplomacy.ContainedIn:
		return &ContainedIn{link[site, thing]{s}}
	}
	return nil
}
