package diplomacy

// Statement is one typed, directed, time-bound link between two entities.
type Statement struct {
	Head
	// Predicate is also the Kind of the statement's ID.
	Predicate Kind `json:"-" cbor:"-"`
	// Subject and Object are the entities that it links. A symmetric predicate
	// keeps the smaller ID as its subject.
	Subject ID `json:"-" cbor:"1,keyasint"`
	Object  ID `json:"-" cbor:"2,keyasint"`
	// Valid is when it held in the world; zero where the predicate is dated by
	// one of its ends, or when nothing is known.
	Valid Time `json:"valid,omitzero" cbor:"3,keyasint,omitzero"`
	// Rank is PREFERRED, NORMAL or DEPRECATED. It weighs sources against each
	// other and never means "current".
	Rank Term `json:"rank,omitempty" cbor:"4,keyasint,omitempty"`
	// Role is the predicate's own classifying term: the capacity of a tenure,
	// the kind of a membership, the role of a participation, the level of
	// relations, the action of a party. The vocabulary names it and its list.
	Role Term `json:"-" cbor:"5,keyasint,omitempty"`

	StartMode      Term `json:"startMode,omitempty" cbor:"6,keyasint,omitempty"`
	EndCause       Term `json:"endCause,omitempty" cbor:"7,keyasint,omitempty"`
	OnBehalfOf     ID   `json:"-" cbor:"8,keyasint,omitempty"`
	InCapacityOf   ID   `json:"-" cbor:"9,keyasint,omitempty"`
	DelegationHead bool `json:"delegationHead,omitempty" cbor:"10,keyasint,omitempty"`
	// Restricted hides the statement and its evidence from everybody but editors,
	// as an embargo does. It is not part of the statement's Value.
	Restricted bool `json:"restricted,omitempty" cbor:"12,keyasint,omitempty"`

	// ValueSince is the transaction that last changed the statement's Value.
	// Evidence recorded or confirmed before it is stale. The store sets it.
	ValueSince TxNumber `json:"-" cbor:"11,keyasint,omitempty"`
}

// Kind returns the predicate.
func (s *Statement) Kind() Kind { return s.Predicate }

// SameValue reports whether two versions have equal Values.
func (s *Statement) SameValue(o *Statement) bool { return s.Value() == o.Value() }

// Value returns what a version says: the statement without its head, rank and
// restriction. Values compare with ==.
func (s *Statement) Value() Statement {
	v := *s
	v.Head, v.Rank, v.Restricted, v.ValueSince = Head{}, "", false, 0
	return v
}

// Normalize sets defaults: rank NORMAL, the first role of the predicate's list,
// and the smaller ID as the subject of a symmetric statement.
func (s *Statement) Normalize() {
	rule := RuleOf(s.Predicate)
	if rule == nil {
		return
	}
	if s.Rank == "" {
		s.Rank = "NORMAL"
	}
	if s.Role == "" && rule.Role != "" {
		s.Role = rule.Roles[0]
	}
	if rule.Symmetric && s.Object < s.Subject {
		s.Subject, s.Object = s.Object, s.Subject
	}
}

// Dated returns the time that orders the statement's links: its valid time, or if
// it has none, the date of the subject or object as the predicate's DatedBy says.
func (s *Statement) Dated(subject, object Entity) Time {
	if !s.Valid.IsZero() {
		return s.Valid
	}
	switch RuleOf(s.Predicate).DatedBy {
	case BySubject:
		return subject.Dated()
	case ByObject:
		return object.Dated()
	}
	return s.Valid
}
