package diplomacy

// Event is something that happened or was to happen between actors. It is
// described by facets, not by a tree of types: a phone call is a CONVERSATION
// by TELEPHONE; "on the sidelines" is a statement, not a kind.
type Event struct {
	Thing
	Type        Term `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
	Medium      Term `json:"medium,omitempty" cbor:"21,keyasint,omitempty"`
	Format      Term `json:"format,omitempty" cbor:"22,keyasint,omitempty"`
	Level       Term `json:"level,omitempty" cbor:"23,keyasint,omitempty"`
	VisitRank   Term `json:"visitRank,omitempty" cbor:"24,keyasint,omitempty"`
	SessionType Term `json:"sessionType,omitempty" cbor:"25,keyasint,omitempty"`
	Status      Term `json:"status,omitempty" cbor:"26,keyasint,omitempty"`
	// Date is when it took place, or was to.
	Date Time `json:"date,omitzero" cbor:"27,keyasint,omitzero"`
	// Outcome says what was agreed, in the curators' words.
	Outcome string `json:"outcome,omitempty" cbor:"28,keyasint,omitempty"`
}

// Agreement is a text that binds or commits its parties.
type Agreement struct {
	Thing
	Type Term `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
	// Date is when it was signed or adopted.
	Date Time `json:"date,omitzero" cbor:"27,keyasint,omitzero"`
	// InForce is the interval in which it bound its parties.
	InForce Time `json:"inForce,omitzero" cbor:"28,keyasint,omitzero"`
}

// Topic is a subject of discussion.
type Topic struct{ Thing }

// Place is where something can take place.
type Place struct {
	Thing
	Type Term `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
	// Coordinates are "latitude,longitude" in decimal degrees, WGS 84; empty
	// when not known.
	Coordinates string `json:"coordinates,omitempty" cbor:"21,keyasint,omitempty"`
}

func (*Event) Kind() Kind     { return KindEvent }
func (*Agreement) Kind() Kind { return KindAgreement }
func (*Topic) Kind() Kind     { return KindTopic }
func (*Place) Kind() Kind     { return KindPlace }

func (e *Event) Facets() Facets {
	return Facets{e.Type, e.Medium, e.Format, e.Level, e.VisitRank, e.SessionType, e.Status}
}
func (a *Agreement) Facets() Facets { return Facets{FacetKind: a.Type} }
func (*Topic) Facets() Facets       { return Facets{} }
func (p *Place) Facets() Facets     { return Facets{FacetKind: p.Type} }

func (e *Event) Dated() Time     { return e.Date }
func (a *Agreement) Dated() Time { return a.Date }
func (*Topic) Dated() Time       { return Time{} }
func (*Place) Dated() Time       { return Time{} }
