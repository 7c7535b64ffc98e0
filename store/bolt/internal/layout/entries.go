package layout

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store"
)

// Entry is what a record adds to one of the tables.
type Entry struct {
	Table        Table
	Key, Payload []byte
}

// FindFunc returns the version of a record on which entries depend; nil for none.
type FindFunc func(diplomacy.ID) diplomacy.Record

// entity returns nil for a record that is not an entity, or does not exist.
func (find FindFunc) entity(id diplomacy.ID) diplomacy.Entity {
	if !id.Kind().IsEntity() {
		return nil
	}
	e, _ := find(id).(diplomacy.Entity)
	return e
}

// EntriesOf returns all entries of a version of a record except that in the table
// Records. They depend on the version, on the records that it refers to and, for evidence,
// on those that the statement it is about refers to, and on nothing else.
func EntriesOf(r diplomacy.Record, find FindFunc) []Entry {
	return restrictedEntries(r, find, plainEntries(r, find))
}

// plainEntries returns the entries that do not depend on restriction.
func plainEntries(r diplomacy.Record, find FindFunc) []Entry {
	switch r := r.(type) {
	case diplomacy.Entity:
		return linkEntries(r, func(diplomacy.ID) diplomacy.Record { return r }, entityEntries(r))
	case *diplomacy.Judgement:
		return identityEntries(r, linkEntries(r, find, nil))
	}
	return linkEntries(r, find, nil)
}

// linkEntries appends the links of a record to its other entries.
func linkEntries(r diplomacy.Record, find FindFunc, entries []Entry) []Entry {
	l := linker{via: r.Header().ID, kind: r.Kind(), find: find, entries: entries, span: diplomacy.Time{}.Span()}
	switch r := r.(type) {
	case *diplomacy.Statement:
		l.span = r.Dated(find.entity(r.Subject), find.entity(r.Object)).Span()
		l.role, l.rank = diplomacy.RuleOf(r.Predicate).Roles.Code(r.Role), diplomacy.Ranks.Code(r.Rank)
	case *diplomacy.Evidence:
		l.role = diplomacy.Parts.Code(r.Part)
	case *diplomacy.Judgement:
		l.role = diplomacy.Verdicts.Code(r.Verdict)
	}
	for end := range diplomacy.LinkEnds(r) {
		l.link(end)
	}
	return l.entries
}

// linker builds the links of one record.
type linker struct {
	via        diplomacy.ID
	kind       diplomacy.Kind
	find       FindFunc
	span       diplomacy.Span
	role, rank byte
	entries    []Entry
}

func (l *linker) link(end diplomacy.LinkEnd) {
	const keySize = ArcSize + PositionSize
	data := ArcKey(make([]byte, 0, keySize+factsSize), end.Of, store.Arc{Kind: l.kind, Direction: end.Direction})
	data = AppendUint64(AppendUint64(AppendUint64(data, StartKey(l.span.StartMin)), end.Node), l.via)
	data = AppendFacts(data, l.span, l.role, l.rank, l.find.entity(end.Node))
	l.entries = append(l.entries, Entry{Links, data[:keySize:keySize], data[keySize:]})
}

func entityEntries(e diplomacy.Entity) []Entry {
	t, kind, span := e.Base(), e.Kind(), e.Dated().Span()
	payload := AppendFacts(nil, span, 0, 0, e)
	id := AppendUint64(make([]byte, 0, 8), t.ID)
	entries := make([]Entry, 0, 4+len(t.Identifiers)+len(t.Names))
	entries = append(entries,
		Entry{Lists, append(nameKey(ListKey(kind, store.ByName), t.Names[0].Value), id...), payload},
		Entry{Lists, append(AppendUint64(ListKey(kind, store.ByDate), StartKey(span.StartMin)), id...), payload},
		Entry{Lists, append(ListKey(kind, store.ByID), id...), payload},
		Entry{Keys, SlugKey(kind, t.Slug), id})
	for _, i := range t.Identifiers {
		if e := (Entry{Keys, IdentifierKey(i.Scheme, i.Value), id}); !ContainsKey(entries, e) {
			entries = append(entries, e) // an entity may have one twice
		}
	}
	return nameEntries(e, payload, entries)
}

// ContainsKey reports whether there is an entry of the same table and key.
func ContainsKey(entries []Entry, e Entry) bool {
	for _, o := range entries {
		if o.Table == e.Table && bytes.Equal(o.Key, e.Key) {
			return true
		}
	}
	return false
}
