package layout

import "chancery/diplomacy"

// Facts are the properties of a link, or of an entity in a list, that filters test. They
// have a fixed size: the bounds of the span (4 × 8), whether it is qualified, the codes
// of role and rank, and those of the facets.
type Facts []byte

// The offsets of the codes.
const (
	atQualified = 4 * 8
	AtRole      = atQualified + 1
	AtRank      = AtRole + 1
	AtFacets    = AtRank + 1
	factsSize   = AtFacets + int(diplomacy.FacetCount)
)

// AppendFacts encodes facts. The facets are those of entity, which may be nil.
func AppendFacts(to []byte, span diplomacy.Span, role, rank byte, entity diplomacy.Entity) []byte {
	for _, bound := range []diplomacy.Instant{span.StartMin, span.StartMax, span.EndMin, span.EndMax} {
		to = AppendUint64(to, uint64(bound))
	}
	qualified := byte(0)
	if span.Qualified {
		qualified = 1
	}
	to = append(to, qualified, role, rank)
	var facets diplomacy.Facets
	var kind diplomacy.Kind
	if entity != nil {
		facets, kind = entity.Facets(), entity.Kind()
	}
	for f, term := range facets {
		to = append(to, diplomacy.FacetTerms(kind, diplomacy.Facet(f)).Code(term))
	}
	return to
}

func (f Facts) instant(i int) diplomacy.Instant {
	return diplomacy.Instant(Uint64(f[8*i:]))
}

// Span returns the span in which the record was valid.
func (f Facts) Span() diplomacy.Span {
	return diplomacy.Span{
		StartMin: f.instant(0), StartMax: f.instant(1), EndMin: f.instant(2), EndMax: f.instant(3),
		Qualified: f[atQualified] != 0,
	}
}

// Role returns the controlled term that a link of this kind has: the role of a
// statement, the part that evidence supports, or the verdict of a judgement.
func (f Facts) Role(kind diplomacy.Kind) diplomacy.Term {
	return TermOf(diplomacy.RoleTerms(kind), f[AtRole])
}

// Rank returns the rank of the statement, one of diplomacy.Ranks.
func (f Facts) Rank() diplomacy.Term { return TermOf(diplomacy.Ranks, f[AtRank]) }

// Facets returns the facets of an entity of a kind.
func (f Facts) Facets(kind diplomacy.Kind) (facets diplomacy.Facets) {
	for i, code := range f[AtFacets:factsSize] {
		if code != 0 {
			facets[i] = TermOf(diplomacy.FacetTerms(kind, diplomacy.Facet(i)), code)
		}
	}
	return facets
}

// TermOf returns the term of a list that has a code; it is the inverse of Terms.Code.
func TermOf(list diplomacy.Terms, code byte) diplomacy.Term {
	if code == 0 {
		return ""
	}
	return list[code-1]
}
