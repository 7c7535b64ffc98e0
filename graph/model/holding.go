package model

import (
	"cmp"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// OfficeHolding is who holds an office at a time.
type OfficeHolding struct {
	State   diplomacy.Term  // HELD, VACANT or UNKNOWN
	Match   diplomacy.Match // how certainly the first tenure covers the time; empty without one
	Several bool
	Links   []store.Link // the tenures, in the order of precedence
}

// Holder returns the holder by the first tenure; nil if there is none.
func (h *OfficeHolding) Holder(ctx context.Context) (*diplomacy.Person, error) {
	if len(h.Links) == 0 {
		return nil, nil
	}
	return record[*diplomacy.Person](ctx, h.Links[0].Node)
}

// Tenures returns the tenures, in the order of precedence.
func (h *OfficeHolding) Tenures(ctx context.Context) ([]*Tenure, error) {
	tenures := make([]*Tenure, 0, len(h.Links))
	for _, link := range h.Links {
		found, err := FetcherFrom(ctx).Record(ctx, link.Via)
		if err != nil {
			return nil, err
		}
		if tenure, ok := NodeOf(found).(*Tenure); ok {
			tenures = append(tenures, tenure)
		}
	}
	return tenures, nil
}

// InOffice are the capacities of those who hold an office, in the order of precedence;
// acting holders and those ad interim are equal.
var InOffice = []diplomacy.Term{"SUBSTANTIVE", "ACTING", "AD_INTERIM"}

// NewOfficeHolding orders tenures that possibly cover a time, the latest first. Those without any
// date say nothing about the time, but leave it unknown.
func NewOfficeHolding(links []store.Link, at diplomacy.Window) (_ *OfficeHolding, undated bool) {
	dated := slices.DeleteFunc(slices.Clone(links), func(l store.Link) bool { return l.Span.Unknown() })
	undated = len(dated) < len(links)
	h := &OfficeHolding{State: "UNKNOWN", Links: dated}
	if len(dated) == 0 {
		return h, undated
	}
	slices.SortStableFunc(dated, func(a, b store.Link) int {
		return cmp.Or(
			cmp.Compare(diplomacy.Ranks.Code(a.Rank), diplomacy.Ranks.Code(b.Rank)),
			cmp.Compare(min(slices.Index(InOffice, a.Role), 1), min(slices.Index(InOffice, b.Role), 1)),
			cmp.Compare(certainty(a, at), certainty(b, at)))
	})
	first := dated[0]
	h.State, h.Match = "HELD", certainty(first, at)
	h.Several = slices.ContainsFunc(dated, func(l store.Link) bool { return l.Rank == first.Rank && l.Node != first.Node })
	return h, undated
}

// certainty returns how certainly a tenure covers a time; CERTAIN sorts first.
func certainty(l store.Link, at diplomacy.Window) diplomacy.Match {
	if l.Span.Holds(at, diplomacy.Certain) {
		return diplomacy.Certain
	}
	return diplomacy.Possible
}
