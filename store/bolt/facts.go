package bolt

import (
	"chancery/diplomacy"
)

// facts are what filters need of a link or of an entity in a list, in a fixed
// number of bytes: the span's bounds (4 × 8), whether it is qualified, the codes
// of role and rank, and those of the facets.
type facts []byte

const (
	atQualified = 4 * 8
	atRole      = atQualified + 1
	atRank      = atRole + 1
	atFacets    = atRank + 1
	factsSize   = atFacets + int(diplomacy.FacetCount)
)

// appendFacts writes facts; entity gives the facets and may be nil.
func appendFacts(to []byte, span diplomacy.Span, role, rank byte, entity diplomacy.Entity) []byte {
	for _, bound := range []diplomacy.Instant{span.StartMin, span.StartMax, span.EndMin, span.EndMax} {
		to = be(to, uint64(bound))
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

func (f facts) instant(i int) diplomacy.Instant {
	return diplomacy.Instant(number[uint64](f[8*i:]))
}

func (f facts) span() diplomacy.Span {
	return diplomacy.Span{
		StartMin: f.instant(0), StartMax: f.instant(1), EndMin: f.instant(2), EndMax: f.instant(3),
		Qualified: f[atQualified] != 0,
	}
}

func (f facts) role(kind diplomacy.Kind) diplomacy.Term {
	return term(diplomacy.RoleTerms(kind), f[atRole])
}

func (f facts) rank() diplomacy.Term { return term(diplomacy.Ranks, f[atRank]) }

// facets are those of an entity of a kind.
func (f facts) facets(kind diplomacy.Kind) (facets diplomacy.Facets) {
	for i, code := range f[atFacets:factsSize] {
		if code != 0 {
			facets[i] = term(diplomacy.FacetTerms(kind, diplomacy.Facet(i)), code)
		}
	}
	return facets
}

// term is the inverse of Terms.Code.
func term(list diplomacy.Terms, code byte) diplomacy.Term {
	if code == 0 {
		return ""
	}
	return list[code-1]
}
