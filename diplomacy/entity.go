package diplomacy

// Entity is a thing with an identity. Its types are *Person, *State,
// *Organization, *Council, *Office, *Event, *Agreement, *Observation, *Topic,
// *Place and *Source.
type Entity interface {
	Record
	Base() *Thing
	// Facets are the terms by which lists and neighbours are filtered.
	Facets() Facets
	// Dated is the time that orders lists of the entity and the links of its
	// statements; zero for an entity that has none.
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

// Thing is what entities of every type have.
type Thing struct {
	Head
	// Slug names the entity in addresses and files; unique within its type.
	Slug string `json:"slug,omitempty" cbor:"1,keyasint,omitempty"`
	// Names in all languages; the first is the main one.
	Names []Name `json:"names,omitempty" cbor:"2,keyasint,omitempty"`
	// Identifiers in other systems, each unique in the whole graph.
	Identifiers []Identifier `json:"identifiers,omitempty" cbor:"3,keyasint,omitempty"`
	// Description tells in a sentence which one is meant.
	Description string `json:"description,omitempty" cbor:"4,keyasint,omitempty"`
}

// Base gives access to what entities of every type have.
func (t *Thing) Base() *Thing { return t }

// Facet is one of the ways in which entities of a type differ.
type Facet uint8

// Facets. Kind is the main one of every type that has any; the others are the
// event's.
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

// Facets holds a term for each facet, or the empty one.
type Facets [FacetCount]Term

// FacetTerms is the list from which a facet of a kind draws; nil where the
// kind has no such facet.
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

// NewEntity makes an empty entity of a kind; nil if the kind is no entity's.
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

// NewRecord makes an empty record of a kind; nil if there is no such kind.
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
