package diplomacy

// Lifetime holds the dates between which an institution existed.
type Lifetime struct {
	Founded   Time `json:"founded,omitzero" cbor:"10,keyasint,omitzero"`
	Dissolved Time `json:"dissolved,omitzero" cbor:"11,keyasint,omitzero"`
}

// Person is a human being (schema.org Person, Popolo Person).
type Person struct {
	Thing
	Born Time `json:"born,omitzero" cbor:"10,keyasint,omitzero"`
	Died Time `json:"died,omitzero" cbor:"11,keyasint,omitzero"`
}

// State is a state as an actor in international relations. Its ISO 3166-1 codes
// are among its Identifiers, under the schemes SchemeISOAlpha2 and so on.
type State struct {
	Thing
	Lifetime
}

// Organization is a body that acts in its own name (W3C ORG Organization).
type Organization struct {
	Thing
	Lifetime
	Type    Term   `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
	Website string `json:"website,omitempty" cbor:"21,keyasint,omitempty"`
}

// Council is an organ of an organization that meets: a council of ministers,
// an assembly, a committee (W3C ORG OrganizationalUnit).
type Council struct {
	Thing
	Lifetime
	Type Term `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
}

// Office is a post that persons hold (W3C ORG Post, Popolo Post).
type Office struct {
	Thing
	Lifetime
	Type Term `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
}

func (*Person) Kind() Kind       { return KindPerson }
func (*State) Kind() Kind        { return KindState }
func (*Organization) Kind() Kind { return KindOrganization }
func (*Council) Kind() Kind      { return KindCouncil }
func (*Office) Kind() Kind       { return KindOffice }

func (*Person) Facets() Facets         { return Facets{} }
func (*State) Facets() Facets          { return Facets{} }
func (o *Organization) Facets() Facets { return Facets{FacetKind: o.Type} }
func (c *Council) Facets() Facets      { return Facets{FacetKind: c.Type} }
func (o *Office) Facets() Facets       { return Facets{FacetKind: o.Type} }

func (p *Person) Dated() Time  { return p.Born }
func (l Lifetime) Dated() Time { return l.Founded }
