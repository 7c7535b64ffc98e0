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

// finder finds the version of a record to reckon with; nil for none.
type finder func(diplomacy.ID) diplomacy.Record

// entity is nil for what is none.
func (find finder) entity(id diplomacy.ID) diplomacy.Entity {
	if !id.Kind().IsEntity() {
		return nil
	}
	e, _ := find(id).(diplomacy.Entity)
	return e
}

// entriesOf computes all entries of a record's version but that of the record
// itself. It depends on nothing else than the record, the entities at its ends
// and, of evidence, the statement it is about with that one's ends.
func entriesOf(r diplomacy.Record, find finder) []entry {
	return restrictedEntries(r, find, plainEntries(r, find))
}

// plainEntries are those that a record has whether it is restricted or not.
func plainEntries(r diplomacy.Record, find finder) []entry {
	switch r := r.(type) {
	case diplomacy.Entity:
		return entityEntries(r)
	case *diplomacy.Statement:
		return statementEntries(r, find)
	case *diplomacy.Evidence:
		e := linker{via: r.ID, kind: diplomacy.KindEvidence, find: find, span: diplomacy.Time{}.Span(), role: diplomacy.Parts.Code(r.Part)}
		e.link(r.About, store.Out, r.Source)
		e.link(r.Source, store.In, r.About)
		e.link(r.AttributedTo, store.Behalf, r.About)
		return e.entries
	case *diplomacy.Judgement:
		e := linker{via: r.ID, kind: diplomacy.KindJudgement, find: find, span: diplomacy.Time{}.Span(), role: diplomacy.Verdicts.Code(r.Verdict)}
		e.link(r.A, store.Out, r.B)
		e.link(r.B, store.Out, r.A)
		return identityEntries(r, e.entries)
	}
	return nil
}

func statementEntries(s *diplomacy.Statement, find finder) []entry {
	rule := diplomacy.RuleOf(s.Predicate)
	e := linker{
		via: s.ID, kind: s.Predicate, find: find,
		span: s.Dated(find.entity(s.Subject), find.entity(s.Object)).Span(),
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
	find       finder
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
	data = appendFacts(data, l.span, l.role, l.rank, l.find.entity(node))
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
