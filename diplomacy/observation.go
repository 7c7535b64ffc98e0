package diplomacy

import "github.com/shopspring/decimal"

// Observation is one figure: an indicator's value for a reporter, about a
// partner, over a period (SDMX Observation). Reporter and partner are
// statements.
type Observation struct {
	Thing
	Indicator Term `json:"indicator,omitempty" cbor:"20,keyasint,omitempty"`
	// Period is the time that the figure sums up, or the day on which it is true.
	Period Time `json:"period,omitzero" cbor:"21,keyasint,omitzero"`
	// Amount is exact, in whole units: 3700000, not 3.7 million.
	Amount decimal.Decimal `json:"amount" cbor:"22,keyasint"`
	// Unit is an ISO 4217 currency code, COUNT or PERCENT.
	Unit string `json:"unit,omitempty" cbor:"23,keyasint,omitempty"`
}

func (*Observation) Kind() Kind       { return KindObservation }
func (o *Observation) Facets() Facets { return Facets{FacetKind: o.Indicator} }
func (o *Observation) Dated() Time    { return o.Period }

// Identity is an equation between indicators of one reporter, partner, period and
// unit: Total = Plus[0] + Plus[1] … − Minus[0] ….
type Identity struct {
	Total       Term
	Plus, Minus []Term
}

// Identities lists the equations of trade statistics.
var Identities = []Identity{
	{Total: "TRADE_TURNOVER", Plus: []Term{"EXPORTS", "IMPORTS"}},
	{Total: "TRADE_BALANCE", Plus: []Term{"EXPORTS"}, Minus: []Term{"IMPORTS"}},
}

// Check is an Identity with the figures filled in.
type Check struct {
	Identity Identity
	Stated   decimal.Decimal
	Computed decimal.Decimal
	Of       []*Observation // the terms of the sum
}

// Holds reports whether the stated figure equals the computed one.
func (c Check) Holds() bool { return c.Stated.Equal(c.Computed) }

// Check compares the observation with its siblings, the observations of the same
// reporter and partner. It returns a Check for each identity of which this is the
// total, if the siblings have all terms for the same period and unit.
func (o *Observation) Check(siblings []*Observation) []Check {
	var checks []Check
	for _, identity := range Identities {
		if identity.Total != o.Indicator {
			continue
		}
		check := Check{Identity: identity, Stated: o.Amount}
		if check.add(o, identity.Plus, 1, siblings) && check.add(o, identity.Minus, -1, siblings) {
			checks = append(checks, check)
		}
	}
	return checks
}

// add finds an observation for each indicator and adds it with a sign; false
// when one is missing.
func (c *Check) add(total *Observation, indicators []Term, sign int64, siblings []*Observation) bool {
	for _, indicator := range indicators {
		part := total.sibling(indicator, siblings)
		if part == nil {
			return false
		}
		c.Computed = c.Computed.Add(part.Amount.Mul(decimal.NewFromInt(sign)))
		c.Of = append(c.Of, part)
	}
	return true
}

// sibling is the first of those with the indicator that is comparable.
func (o *Observation) sibling(indicator Term, among []*Observation) *Observation {
	for _, s := range among {
		if s.Indicator == indicator && s.Unit == o.Unit && s.Period.Span() == o.Period.Span() {
			return s
		}
	}
	return nil
}
