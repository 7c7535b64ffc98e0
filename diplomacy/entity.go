package diplomacy

// Entity is a thing with an identity. Its types are *Person, *State,
// *Organization, *Council, *Office, *Event, *Agreement, *Observation, *Topic,
// *Place and *Source.
type Entity interface {
	Record
	Base() *Thing
	// Facets returns the terms by which lists and neighbours are filtered.
	Facets() Facets
	// Dated returns the time that orders the entity in lists, and the statements
	// that it dates; zero if the entity has no date.
	Dated() Time
}

// Actor is an entity that can act: take part, sign, be a party. Its types are
// *Person, *State, *Organization and *Council.
type Actor interface {
	Entity
	acts()
}

func (*Person) acts()       {}
func (*State) acts()        {}
func (*Organization) acts() {}
func (*Council) acts()      {}

// Thing holds the fields that entities of every type have.
type Thing struct {
	Head
	// Slug names the entity in addresses and files; unique within its type.
	Slug string `json:"slug,omitempty" cbor:"1,keyasint,omitempty"`
	// Names in all languages; the first is the main one.
	Names []Name `json:"names,omitempty" cbor:"2,keyasint,omitempty"`
	// Identifiers in other systems, each unique in the whole graph.
	Identifiers []Identifier `json:"identifiers,omitempty" cbor:"3,keyasint,omitempty"`
	// Description says in a sentence which entity is meant.
	Description string `json:"description,omitempty" cbor:"4,keyasint,omitempty"`
}

// Base returns the fields that entities of every type have, to be read or set.
func (t *Thing) Base() *Thing { return t }

// Facet is one of the ways in which entities of a type differ.
type Facet uint8

// Facets. FacetKind is the main one of every type that has facets; only events
// have the others.
const (
	FacetKind Facet = iota
	FacetMedium
	FacetFormat
	FacetLevel
	FacetVisitRank
	FacetSessionType
	FacetStatus
	FacetCount
)

// Facets holds the term of each Facet; empty where the entity has none.
type Facets [FacetCount]Term

// FacetTerms returns the controlled list of a facet for a kind of entity; nil if
// the kind has no such facet.
func FacetTerms(kind Kind, facet Facet) Terms {
	if kind == KindEvent {
		return eventTerms[facet]
	}
	if facet != FacetKind {
		return nil
	}
	return kindTerms[kind]
}

var eventTerms = [FacetCount]Terms{EventKinds, Media, Formats, Levels, VisitRanks, SessionTypes, Statuses}

var kindTerms = map[Kind]Terms{
	KindOrganization: OrganizationKinds,
	KindCouncil:      CouncilKinds,
	KindOffice:       OfficeKinds,
	KindAgreement:    AgreementKinds,
	KindObservation:  Indicators,
	KindPlace:        PlaceKinds,
	KindSource:       SourceKinds,
}

// NewEntity returns an empty entity of a kind; nil if the kind is not one of
// EntityKinds.
func NewEntity(kind Kind) Entity {
	switch kind {
	case KindPerson:
		return &Person{}
	case KindState:
		return &State{}
	case KindOrganization:
		return &Organization{}
	case KindCouncil:
		return &Council{}
	case KindOffice:
		return &Office{}
	case KindEvent:
		return &Event{}
	case KindAgreement:
		return &Agreement{}
	case KindObservation:
		return &Observation{}
	case KindTopic:
		return &Topic{}
	case KindPlace:
		return &Place{}
	case KindSource:
		return &Source{}
	}
	return nil
}

// NewRecord returns an empty record of a kind; nil for an unknown kind.
func NewRecord(kind Kind) Record {
	switch {
	case kind.IsEntity():
		return NewEntity(kind)
	case kind.IsStatement():
		return &Statement{Predicate: kind}
	case kind == KindEvidence:
		return &Evidence{}
	case kind == KindJudgement:
		return &Judgement{}
	}
	return nil
}
