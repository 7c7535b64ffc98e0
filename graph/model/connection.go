package model

import (
	"context"
	"slices"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// PageInfo is Relay's.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// Links is a connection whose edges carry the statement that makes the link: N
// is the type of the node, S that of the statement.
type Links[N diplomacy.Record, S Statement] struct{ page *linkPage }

// bind gives a connection its page.
func (c *Links[N, S]) bind(p *linkPage) { c.page = p }

// Edges are the edges of this page.
func (c *Links[N, S]) Edges() []*LinkEdge[N, S] {
	edges := make([]*LinkEdge[N, S], len(c.page.links))
	for i := range edges {
		edges[i] = &LinkEdge[N, S]{c.page.op, &c.page.links[i]}
	}
	return edges
}

// Nodes are the nodes of this page.
func (c *Links[N, S]) Nodes() []N {
	nodes := make([]N, len(c.page.links))
	for i := range nodes {
		nodes[i], _ = c.page.op.records[c.page.links[i].Node].(N)
	}
	return nodes
}

// PageInfo says where the page stands.
func (c *Links[N, S]) PageInfo() *PageInfo {
	info := &PageInfo{HasNextPage: c.page.Next, HasPreviousPage: c.page.Previous}
	if n := len(c.page.links); n > 0 {
		info.StartCursor = encodeCursor(c.page.links[0].Cursor)
		info.EndCursor = encodeCursor(c.page.links[n-1].Cursor)
	}
	return info
}

// TotalCount is counted only when it was selected.
func (c *Links[N, S]) TotalCount() int { return c.page.count.N }

// TotalCountCapped reports whether there are more than TotalCount.
func (c *Links[N, S]) TotalCountCapped() bool { return c.page.count.Capped }

// LinkEdge is one link. What it tells beside its node is read from the
// statement, which was loaded if any of it was selected.
type LinkEdge[N diplomacy.Record, S Statement] struct {
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
	s, _ := e.op.records[e.link.Via].(*diplomacy.Statement)
	return s
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

// linkPageOf finds what was fetched ahead for the field being resolved, or
// fetches it for this one parent.
func linkPageOf(ctx context.Context, parent diplomacy.ID) (*linkPage, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	here := place{parent, field.Field}
	if _, ready := o.pages[here]; !ready {
		if err := o.aheadField(ctx, parent.Kind(), field, []diplomacy.ID{parent}); err != nil {
			return nil, err
		}
	}
	page := o.pages[here]
	return page, page.err
}

// Relate answers a relation's field with its connection.
func Relate[C any, P interface {
	*C
	bind(*linkPage)
}](ctx context.Context, parent diplomacy.Entity) (P, error) {
	page, err := linkPageOf(ctx, parent.Header().ID)
	if err != nil {
		return nil, err
	}
	connection := P(new(C))
	connection.bind(page)
	return connection, nil
}

// One answers a relation's field that leads to one thing; nil when there is
// none.
func One[N diplomacy.Entity](ctx context.Context, parent diplomacy.Entity) (N, error) {
	var none N
	page, err := linkPageOf(ctx, parent.Header().ID)
	if err != nil || len(page.links) == 0 {
		return none, err
	}
	return get[N](ctx, page.links[0].Node)
}

// StatementLinks is a connection whose nodes are the statements themselves.
type StatementLinks[S Statement] struct{ Links[diplomacy.Record, S] }

// Edges are the edges of this page.
func (c *StatementLinks[S]) Edges() []*StatementEdge[S] {
	edges := make([]*StatementEdge[S], len(c.page.links))
	for i := range edges {
		edges[i] = &StatementEdge[S]{LinkEdge[diplomacy.Record, S]{c.page.op, &c.page.links[i]}}
	}
	return edges
}

// Nodes are the statements of this page.
func (c *StatementLinks[S]) Nodes() []S {
	nodes := make([]S, 0, len(c.page.links))
	for _, edge := range c.Edges() {
		nodes = append(nodes, edge.Node())
	}
	return nodes
}

// StatementEdge is an edge to a statement.
type StatementEdge[S Statement] struct{ LinkEdge[diplomacy.Record, S] }

// Node is the statement.
func (e *StatementEdge[S]) Node() S { return e.Statement() }

// The connections of the schema.
type (
	HeldOfficeConnection      = Links[*diplomacy.Office, *Tenure]
	HeldOfficeEdge            = LinkEdge[*diplomacy.Office, *Tenure]
	HolderConnection          = Links[*diplomacy.Person, *Tenure]
	HolderEdge                = LinkEdge[*diplomacy.Person, *Tenure]
	TenureConnection          = StatementLinks[*Tenure]
	TenureEdge                = StatementEdge[*Tenure]
	ParticipationConnection   = Links[*diplomacy.Event, *Participation]
	ParticipationEdge         = LinkEdge[*diplomacy.Event, *Participation]
	ParticipantConnection     = Links[diplomacy.Actor, *Participation]
	ParticipantEdge           = LinkEdge[diplomacy.Actor, *Participation]
	MembershipConnection      = Links[*diplomacy.Organization, *Membership]
	MembershipEdge            = LinkEdge[*diplomacy.Organization, *Membership]
	MemberConnection          = Links[diplomacy.Actor, *Membership]
	MemberEdge                = LinkEdge[diplomacy.Actor, *Membership]
	RelationsConnection       = Links[*diplomacy.State, *DiplomaticRelations]
	RelationsEdge             = LinkEdge[*diplomacy.State, *DiplomaticRelations]
	PartyAgreementConnection  = Links[*diplomacy.Agreement, *Party]
	PartyAgreementEdge        = LinkEdge[*diplomacy.Agreement, *Party]
	PartyConnection           = Links[diplomacy.Actor, *Party]
	PartyEdge                 = LinkEdge[diplomacy.Actor, *Party]
	SignedAgreementConnection = Links[*diplomacy.Agreement, *Signature]
	SignedAgreementEdge       = LinkEdge[*diplomacy.Agreement, *Signature]
	SignatoryConnection       = Links[*diplomacy.Person, *Signature]
	SignatoryEdge             = LinkEdge[*diplomacy.Person, *Signature]

	PersonLinkConnection       = Links[*diplomacy.Person, Statement]
	PersonLinkEdge             = LinkEdge[*diplomacy.Person, Statement]
	StateLinkConnection        = Links[*diplomacy.State, Statement]
	StateLinkEdge              = LinkEdge[*diplomacy.State, Statement]
	OrganizationLinkConnection = Links[*diplomacy.Organization, Statement]
	OrganizationLinkEdge       = LinkEdge[*diplomacy.Organization, Statement]
	CouncilLinkConnection      = Links[*diplomacy.Council, Statement]
	CouncilLinkEdge            = LinkEdge[*diplomacy.Council, Statement]
	OfficeLinkConnection       = Links[*diplomacy.Office, Statement]
	OfficeLinkEdge             = LinkEdge[*diplomacy.Office, Statement]
	EventLinkConnection        = Links[*diplomacy.Event, Statement]
	EventLinkEdge              = LinkEdge[*diplomacy.Event, Statement]
	ObservationLinkConnection  = Links[*diplomacy.Observation, Statement]
	ObservationLinkEdge        = LinkEdge[*diplomacy.Observation, Statement]
	TopicLinkConnection        = Links[*diplomacy.Topic, Statement]
	TopicLinkEdge              = LinkEdge[*diplomacy.Topic, Statement]
	PlaceLinkConnection        = Links[*diplomacy.Place, Statement]
	PlaceLinkEdge              = LinkEdge[*diplomacy.Place, Statement]
	SourceLinkConnection       = Links[*diplomacy.Source, Statement]
	SourceLinkEdge             = LinkEdge[*diplomacy.Source, Statement]
	ActorLinkConnection        = Links[diplomacy.Actor, Statement]
	ActorLinkEdge              = LinkEdge[diplomacy.Actor, Statement]
	ThingLinkConnection        = Links[diplomacy.Entity, Statement]
	ThingLinkEdge              = LinkEdge[diplomacy.Entity, Statement]

	PersonConnection       = List[*diplomacy.Person]
	PersonEdge             = ListEdge[*diplomacy.Person]
	StateConnection        = List[*diplomacy.State]
	StateEdge              = ListEdge[*diplomacy.State]
	OrganizationConnection = List[*diplomacy.Organization]
	OrganizationEdge       = ListEdge[*diplomacy.Organization]
	CouncilConnection      = List[*diplomacy.Council]
	CouncilEdge            = ListEdge[*diplomacy.Council]
	OfficeConnection       = List[*diplomacy.Office]
	OfficeEdge             = ListEdge[*diplomacy.Office]
	EventConnection        = List[*diplomacy.Event]
	EventEdge              = ListEdge[*diplomacy.Event]
	AgreementConnection    = List[*diplomacy.Agreement]
	AgreementEdge          = ListEdge[*diplomacy.Agreement]
	ObservationConnection  = List[*diplomacy.Observation]
	ObservationEdge        = ListEdge[*diplomacy.Observation]
	TopicConnection        = List[*diplomacy.Topic]
	TopicEdge              = ListEdge[*diplomacy.Topic]
	PlaceConnection        = List[*diplomacy.Place]
	PlaceEdge              = ListEdge[*diplomacy.Place]
	SourceConnection       = List[*diplomacy.Source]
	SourceEdge             = ListEdge[*diplomacy.Source]
	EvidenceConnection     = StatementLinks[*Evidence]
	EvidenceEdge           = StatementEdge[*Evidence]
	VersionConnection      = List[*Version]
	VersionEdge            = ListEdge[*Version]
	TransactionConnection  = List[*diplomacy.Transaction]
	TransactionEdge        = ListEdge[*diplomacy.Transaction]
	ChangeConnection       = List[*Change]
	ChangeEdge             = ListEdge[*Change]
)
