package bolt

import (
	"chancery/diplomacy"
	"chancery/store"
)

// entry is what a record puts into one of the tables.
type entry struct {
	table        table
	key, payload []byte
}

// entriesOf computes all entries of a record's version but that of the record
// itself. It depends on nothing else than the record and the entities at its
// ends, of which it asks for the versions; the answer is nil for what is none.
func entriesOf(r diplomacy.Record, entity func(diplomacy.ID) diplomacy.Entity) []entry {
	switch r := r.(type) {
	case diplomacy.Entity:
		return entityEntries(r)
	case *diplomacy.Statement:
		return statementEntries(r, entity)
	case *diplomacy.Evidence:
		e := linker{via: r.ID, kind: diplomacy.KindEvidence, entity: entity, span: diplomacy.Time{}.Span(), role: diplomacy.Parts.Code(r.Part)}
		e.link(r.About, store.Out, r.Source)
		e.link(r.Source, store.In, r.About)
		e.link(r.AttributedTo, store.Behalf, r.About)
		return e.entries
	case *diplomacy.Judgement:
		e := linker{via: r.ID, kind: diplomacy.KindJudgement, entity: entity, span: diplomacy.Time{}.Span(), role: diplomacy.Verdicts.Code(r.Verdict)}
		e.link(r.A, store.Out, r.B)
		e.link(r.B, store.Out, r.A)
		return e.entries
	}
	return nil
}

func statementEntries(s *diplomacy.Statement, entity func(diplomacy.ID) diplomacy.Entity) []entry {
	rule := diplomacy.RuleOf(s.Predicate)
	e := linker{
		via: s.ID, kind: s.Predicate, entity: entity,
		span: s.Dated(entity(s.Subject), entity(s.Object)).Span(),
		role: rule.Roles.Code(s.Role), rank: diplomacy.Ranks.Code(s.Rank),
	}
	back := store.In
	if rule.Symmetric {
		back = store.Out
	}
	e.link(s.Subject, store.Out, s.Object)
	e.link(s.Object, back, s.Subject)
	e.link(s.OnBehalfOf, store.Behalf, s.Object)
	if s.OnBehalfOf != 0 {
		e.link(s.Object, store.ForWhom, s.OnBehalfOf)
	}
	e.link(s.InCapacityOf, store.Capacity, s.Object)
	return e.entries
}

// linker makes the links of one record.
type linker struct {
	via        diplomacy.ID
	kind       diplomacy.Kind
	entity     func(diplomacy.ID) diplomacy.Entity
	span       diplomacy.Span
	role, rank byte
	entries    []entry
}

// link makes one; the zero ID is seen from nowhere.
func (l *linker) link(of diplomacy.ID, d store.Direction, node diplomacy.ID) {
	if of == 0 {
		return
	}
	const keySize = arcSize + placeSize
	data := arcKey(make([]byte, 0, keySize+factsSize), of, store.Arc{Kind: l.kind, Direction: d})
	data = be(be(be(data, startKey(l.span.StartMin)), node), l.via)
	data = appendFacts(data, l.span, l.role, l.rank, l.entity(node))
	l.entries = append(l.entries, entry{links, data[:keySize:keySize], data[keySize:]})
}

func entityEntries(e diplomacy.Entity) []entry {
	t, kind, span := e.Base(), e.Kind(), e.Dated().Span()
	payload := appendFacts(nil, span, 0, 0, e)
	id := be(make([]byte, 0, 8), t.ID)
	entries := make([]entry, 0, 4+len(t.Identifiers))
	entries = append(entries,
		entry{lists, append(nameKey(listKey(kind, store.ByName), t.Names[0].Value), id...), payload},
		entry{lists, append(be(listKey(kind, store.ByDate), startKey(span.StartMin)), id...), payload},
		entry{lists, append(listKey(kind, store.ByID), id...), payload},
		entry{keys, slugKey(kind, t.Slug), id})
	for _, i := range t.Identifiers {
		if e := (entry{keys, identifierKey(i.Scheme, i.Value), id}); !contains(entries, e) {
			entries = append(entries, e) // an entity may give one twice
		}
	}
	return entries
}
