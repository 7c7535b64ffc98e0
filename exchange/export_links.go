package exchange

import (
	"cmp"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/go-json-experiment/json/jsontext"
)

// statements writes the links of each entity as a subject. Links of the same time
// come from the store in the order of ids, which have no meaning, so they are sorted
// by their text.
func (x *export) statements() error {
	var out []store.Arc
	for _, rule := range diplomacy.Vocabulary {
		out = append(out, store.Arc{Kind: rule.Predicate, Direction: store.Out})
	}
	for _, id := range x.order {
		if err := x.linksOf(id, out, x.statement); err != nil {
			return err
		}
	}
	return nil
}

func (x *export) judgements() error {
	for _, id := range x.order {
		if err := x.linksOf(id, []store.Arc{{Kind: diplomacy.KindJudgement, Direction: store.Out}}, x.judgement); err != nil {
			return err
		}
	}
	return nil
}

// linksOf writes the links of one entity, a moment at a time.
func (x *export) linksOf(id diplomacy.ID, along []store.Arc, text texter) error {
	var moment []diplomacy.ID
	var start diplomacy.Instant
	for link, err := range store.AllLinks(x.ctx, x.r, id, along...) {
		if err != nil {
			return err
		}
		if link.Span.StartMin != start {
			if err := x.moment(moment, text); err != nil {
				return err
			}
			moment, start = moment[:0], link.Span.StartMin
		}
		if !x.other(id, link) {
			moment = append(moment, link.Via)
		}
	}
	return x.moment(moment, text)
}

// texter writes a record without the evidence about it.
type texter func(diplomacy.Record) (jsontext.Value, error)

// other reports whether a symmetric link is written from its other end, which comes
// first in the order.
func (x *export) other(id diplomacy.ID, link store.Link) bool {
	rule := diplomacy.RuleOf(link.Arc.Kind)
	return (rule == nil || rule.Symmetric) && x.before(link.Node, id)
}

func (x *export) before(a, b diplomacy.ID) bool {
	return cmp.Or(cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(x.slugs[a], x.slugs[b])) < 0
}

// moment writes the records of one time in the order of their text. Equal ones become
// one line with the evidence of all.
func (x *export) moment(ids []diplomacy.ID, text texter) error {
	records, err := x.r.Records(x.ctx, ids)
	if err != nil {
		return err
	}
	evidence := map[string][]jsontext.Value{}
	for _, record := range records {
		line, err := text(record)
		if err != nil {
			return err
		}
		about, err := x.evidence(record.Header().ID)
		if err != nil {
			return err
		}
		evidence[string(line)] = append(evidence[string(line)], about...)
	}
	for _, line := range slices.Sorted(maps.Keys(evidence)) {
		if err := x.write(jsontext.Value(line), evidence[line]); err != nil {
			return err
		}
	}
	return nil
}

func (x *export) statement(record diplomacy.Record) (jsontext.Value, error) {
	s := diplomacy.CopyOf(record).(*diplomacy.Statement)
	rule := diplomacy.RuleOf(s.Predicate)
	if rule.Symmetric && x.before(s.Object, s.Subject) {
		s.Subject, s.Object = s.Object, s.Subject
	}
	text, err := x.text(rule.Name, s)
	if err == nil && rule.Role != "" {
		text = text.text(rule.Role, string(s.Role))
	}
	return text.closed(), err
}

func (x *export) judgement(record diplomacy.Record) (jsontext.Value, error) {
	j := diplomacy.CopyOf(record).(*diplomacy.Judgement)
	if x.before(j.B, j.A) {
		j.A, j.B = j.B, j.A
	}
	text, err := x.text(j.Kind().String(), j)
	return text.closed(), err
}
