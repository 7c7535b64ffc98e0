package findings

import (
	"cmp"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// MaxExamined is how many entities are examined at once.
const MaxExamined = 100

// Examine returns the findings that are listed under entities, by their owners' ids,
// then in the order of Rules. Those are at most MaxExamined, else it is ErrLimit. A
// merged entity is examined as its canonical one. Other errors are those of the Reader.
func Examine(ctx context.Context, r store.Reader, entities []diplomacy.ID) ([]Finding, error) {
	all, err := examine(ctx, r, entities, func(*Rule) bool { return true })
	return slices.DeleteFunc(all, func(f Finding) bool { return f.Owner != f.from }), err
}

// examine is Examine by some of the rules, with the findings that are listed under other
// entities.
func examine(ctx context.Context, r store.Reader, entities []diplomacy.ID, asked func(*Rule) bool) ([]Finding, error) {
	if len(entities) > MaxExamined {
		return nil, store.ErrLimit
	}
	if len(entities) == 0 {
		return nil, nil
	}
	b, err := readBatch(ctx, r, entities)
	if err != nil {
		return nil, err
	}
	var all []Finding
	for _, n := range b.around {
		for i := range Rules {
			if rule := &Rules[i]; rule.applies(n.id.Kind()) && asked(rule) {
				for _, d := range rule.find(n) {
					all = append(all, n.finding(rule, d))
				}
			}
		}
	}
	return all, nil
}

// finding makes a doubt a Finding.
func (n *neighbourhood) finding(rule *Rule, d doubt) Finding {
	f := Finding{Rule: rule, Owner: cmp.Or(d.owner, n.id), Records: d.records, Message: d.message, from: n.id}
	f.Entities = append(f.Entities, n.id)
	for _, id := range d.records {
		switch r := n.records[id].(type) {
		case *diplomacy.Statement:
			f.Entities = append(f.Entities, n.canonical(r.Subject), n.canonical(r.Object), n.canonical(r.OnBehalfOf), n.canonical(r.InCapacityOf))
		case *diplomacy.Evidence:
			f.Sources = append(f.Sources, n.canonical(r.Source))
		case diplomacy.Entity:
			f.Entities = append(f.Entities, id)
		}
		for _, e := range n.evidenceOf(id) {
			f.Sources = append(f.Sources, n.canonical(e.Source))
		}
		if r := n.records[id]; r != nil {
			f.Transaction = max(f.Transaction, r.Header().From)
		}
	}
	f.Entities, f.Sources = ascending(f.Entities), ascending(f.Sources)
	return f
}

// ascending sorts ids and leaves out repeated ones and zero.
func ascending(ids []diplomacy.ID) []diplomacy.ID {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) > 0 && ids[0] == 0 {
		ids = ids[1:]
	}
	return slices.Clip(ids)
}

// evidenceOf returns the evidence of the entity or of a statement around it. That of
// others may be in the batch, or not.
func (n *neighbourhood) evidenceOf(id diplomacy.ID) []support {
	of := func(f *fact) bool { return f.id == id }
	if id == n.id || slices.ContainsFunc(n.facts, of) || slices.ContainsFunc(n.held, of) {
		return n.evidence[id]
	}
	return nil
}
