package diplomacy

// Validate checks a person.
func (e *Person) Validate() error {
	var p Problems
	p.entity(e)
	p.order("died", e.Born, e.Died)
	return p.orNil()
}

// Validate checks a state.
func (e *State) Validate() error {
	var p Problems
	p.entity(e)
	p.order("dissolved", e.Founded, e.Dissolved)
	return p.orNil()
}

// Validate checks an organization.
func (e *Organization) Validate() error {
	var p Problems
	p.entity(e)
	p.order("dissolved", e.Founded, e.Dissolved)
	p.term("kind", e.Type, OrganizationKinds, true)
	p.link("website", e.Website)
	return p.orNil()
}

// Validate checks a council.
func (e *Council) Validate() error {
	var p Problems
	p.entity(e)
	p.order("dissolved", e.Founded, e.Dissolved)
	p.term("kind", e.Type, CouncilKinds, true)
	return p.orNil()
}

// Validate checks an office.
func (e *Office) Validate() error {
	var p Problems
	p.entity(e)
	p.order("dissolved", e.Founded, e.Dissolved)
	p.term("kind", e.Type, OfficeKinds, true)
	return p.orNil()
}

// Validate checks an event.
func (e *Event) Validate() error {
	var p Problems
	p.entity(e)
	fields := [FacetCount]string{"kind", "medium", "format", "level", "visitRank", "sessionType", "status"}
	for facet, term := range e.Facets() {
		p.term(fields[facet], term, eventTerms[facet], facet == int(FacetKind))
	}
	p.text("outcome", e.Outcome, MaxText, true)
	return p.orNil()
}

// Validate checks an agreement.
func (e *Agreement) Validate() error {
	var p Problems
	p.entity(e)
	p.term("kind", e.Type, AgreementKinds, true)
	return p.orNil()
}

// Validate checks an observation.
func (e *Observation) Validate() error {
	var p Problems
	p.entity(e)
	p.term("indicator", e.Indicator, Indicators, true)
	if e.Period.IsZero() {
		p.add("period", "is missing; say what time the figure is for")
	}
	p.unit("unit", e.Unit)
	if digits := e.Amount.NumDigits(); digits > 40 || e.Amount.Exponent() < -20 || e.Amount.Exponent() > 20 {
		p.add("amount", "is out of range: at most 40 digits, 20 of them after the point")
	}
	return p.orNil()
}

// Validate checks a topic.
func (e *Topic) Validate() error {
	var p Problems
	p.entity(e)
	return p.orNil()
}

// Validate checks a place.
func (e *Place) Validate() error {
	var p Problems
	p.entity(e)
	p.term("kind", e.Type, PlaceKinds, false)
	p.coordinates("coordinates", e.Coordinates)
	return p.orNil()
}

// Validate checks a source.
func (e *Source) Validate() error {
	var p Problems
	p.entity(e)
	p.term("kind", e.Type, SourceKinds, true)
	p.link("url", e.URL)
	p.languageTag("sourceLanguage", e.Language)
	p.text("snapshot", e.Snapshot, MaxSnapshot, true)
	return p.orNil()
}

// order rejects an end that is certainly before its beginning.
func (p *Problems) order(field string, from, to Time) {
	if !from.IsZero() && !to.IsZero() && to.Span().EndMax <= from.Span().StartMin {
		p.add(field, "%s is before %s", to, from)
	}
}
