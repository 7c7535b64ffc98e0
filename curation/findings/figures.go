package findings

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/shopspring/decimal"
)

// readSiblings reads for each total the figures of the same reporter and partner in
// its period.
func (b *batch) readSiblings() error {
	var totals []dated
	ends := map[diplomacy.ID]map[diplomacy.Kind][]diplomacy.ID{}
	for _, n := range b.around {
		if o, ok := n.entity.(*diplomacy.Observation); !ok || !isTotal(o.Indicator) {
			continue
		}
		ends[n.id] = map[diplomacy.Kind][]diplomacy.ID{}
		for _, f := range n.facts {
			ends[n.id][f.Predicate] = append(ends[n.id][f.Predicate], f.object)
		}
		totals = append(totals, dated{n.id, n.entity.Dated().Window()})
	}
	for _, group := range byYear(totals) {
		if err := b.readSiblingsWithin(group, ends); err != nil {
			return err
		}
	}
	return nil
}

// isTotal reports whether an indicator is the total of an identity.
func isTotal(indicator diplomacy.Term) bool {
	return slices.ContainsFunc(diplomacy.Identities, func(i diplomacy.Identity) bool { return i.Total == indicator })
}

// parts are the indicators that totals consist of.
var parts = func() (parts []diplomacy.Term) {
	for _, i := range diplomacy.Identities {
		parts = append(append(parts, i.Plus...), i.Minus...)
	}
	return parts
}()

func (b *batch) readSiblingsWithin(group span, ends map[diplomacy.ID]map[diplomacy.Kind][]diplomacy.ID) error {
	where := store.LinkFilter{
		Facets: []store.FacetTest{{Facet: diplomacy.FacetKind, Terms: parts}},
		Times:  []store.TimeTest{{Relation: store.Within, Window: group.window, Match: diplomacy.Possible}},
	}
	shared := map[diplomacy.ID]map[diplomacy.ID]int{} // by total and sibling, how many of the two ends
	for _, predicate := range []diplomacy.Kind{diplomacy.ReportedBy, diplomacy.Partner} {
		totals := map[diplomacy.ID][]diplomacy.ID{} // by reporter or partner
		for _, id := range group.ids {
			for _, end := range ends[id][predicate] {
				totals[end] = append(totals[end], id)
			}
		}
		seen := map[pair]bool{}
		err := b.links(slices.Sorted(maps.Keys(totals)), []store.Arc{{Kind: predicate, Direction: store.In}}, where, maxLinks, func(end diplomacy.ID, l store.Link) {
			for _, id := range totals[end] {
				if shared[id] == nil {
					shared[id] = map[diplomacy.ID]int{}
				}
				if p := (pair{id, l.Node}); !seen[p] {
					seen[p] = true
					shared[id][l.Node]++
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return b.loadSiblings(shared)
}

// loadSiblings loads the figures that share the reporter and the partner with a total.
func (b *batch) loadSiblings(shared map[diplomacy.ID]map[diplomacy.ID]int) error {
	const both = 2
	siblings, all := map[diplomacy.ID][]diplomacy.ID{}, []diplomacy.ID{}
	for total, of := range shared {
		for sibling, n := range of {
			if n == both && sibling != total {
				siblings[total] = append(siblings[total], sibling)
				all = append(all, sibling)
			}
		}
		slices.Sort(siblings[total])
	}
	if err := b.load(all...); err != nil {
		return err
	}
	for total, ids := range siblings {
		for _, id := range ids {
			if o, ok := b.records[id].(*diplomacy.Observation); ok {
				b.siblings[total] = append(b.siblings[total], o)
			}
		}
	}
	return nil
}

func figuresDisagree(n *neighbourhood) []doubt {
	o := n.entity.(*diplomacy.Observation)
	var doubts []doubt
	for _, check := range o.Check(n.siblings[n.id]) {
		difference := check.Stated.Sub(check.Computed).Abs()
		if difference.LessThanOrEqual(rounding(o, check.Of)) {
			continue
		}
		records := ids(n.id)
		for _, part := range check.Of {
			records = append(records, part.ID)
		}
		doubts = append(doubts, doubtOf(records, "%s is %s %s in %s, but its parts make %s.", n.name(n.id), check.Stated, o.Unit, o.Period, check.Computed))
	}
	return doubts
}

// rounding returns by how much a total may differ from the sum of its parts: half of
// the last place that each figure gives, but no more than a twentieth of the total.
func rounding(total *diplomacy.Observation, parts []*diplomacy.Observation) decimal.Decimal {
	sum := decimal.Zero
	for _, o := range append(slices.Clone(parts), total) {
		sum = sum.Add(lastPlace(o.Amount))
	}
	two, twenty := decimal.NewFromInt(2), decimal.NewFromInt(20)
	return decimal.Min(sum.Div(two), total.Amount.Abs().Div(twenty))
}

// lastPlace returns the place of the last digit that is not zero; zero for a figure
// that is given to the unit, and so is exact.
func lastPlace(d decimal.Decimal) decimal.Decimal {
	digits := d.Coefficient().String()
	places := int32(0)
	for i := len(digits) - 1; i > 0 && digits[i] == '0'; i-- {
		places++
	}
	if exponent := d.Exponent() + places; exponent != 0 {
		return decimal.New(1, exponent)
	}
	return decimal.Zero
}
