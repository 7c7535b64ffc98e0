package diplomacy

// lasting is implemented by entities that exist, or are in force, for a time.
type lasting interface{ existence() Span }

// Existence returns the time for which an entity existed or, of an agreement, was in force;
// the span of a time that is not known for entities of other types. An end that is not
// recorded is not known: the entity may exist still.
func Existence(e Entity) Span {
	if l, ok := e.(lasting); ok {
		return l.existence()
	}
	return Time{}.Span()
}

func (l Lifetime) existence() Span { return between(l.Founded, l.Dissolved) }

func (p *Person) existence() Span { return between(p.Born, p.Died) }

func (a *Agreement) existence() Span { return a.InForce.Span() }

// between returns the span from some instant of one time to some instant of another.
func between(start, end Time) Span {
	from, to := start.Span(), end.Span()
	s := Span{from.StartMin, from.EndMax, to.StartMin, to.EndMax, from.Qualified || to.Qualified}
	if end.IsZero() {
		s.EndMin = s.StartMin
	}
	if start.IsZero() {
		s.StartMax = s.EndMax
	}
	return s
}
