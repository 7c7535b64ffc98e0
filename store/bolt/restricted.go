package bolt

import (
	"bytes"

	"chancery/diplomacy"
)

// What is restricted stands in a table of its own, by record and by each of its
// links, so that reads without restricted records look there and counts can
// leave them out. As the table follows from records, it is kept by reenter.

// byRecord and byArc begin its keys.
const (
	byArc    = 'l'
	byRecord = 'r'
)

// restrictedKey is the key under which a restricted record stands.
func restrictedKey(id diplomacy.ID) []byte {
	return appendRecordKey(append(make([]byte, 0, 1+8), byRecord), id)
}

// restrictedEntries adds to the entries of a version those that it has for
// being restricted.
func restrictedEntries(r diplomacy.Record, find finder, entries []entry) []entry {
	if !isRestricted(r, find) {
		return entries
	}
	id := r.Header().ID
	for _, e := range entries {
		if e.table == links {
			key := append(append([]byte{byArc}, e.key[:arcSize]...), be(nil, id)...)
			entries = append(entries, entry{restricted, key, nil})
		}
	}
	return append(entries, entry{restricted, restrictedKey(id), nil})
}

// isRestricted reports whether a version is, with all that it rests on.
func isRestricted(r diplomacy.Record, find finder) bool {
	if restrictedItself(r) {
		return true
	}
	for _, id := range restsOn(r) {
		if on := find(id); on != nil && isRestricted(on, find) {
			return true
		}
	}
	return false
}

// restrictedItself reports whether a version says so.
func restrictedItself(r diplomacy.Record) bool {
	switch r := r.(type) {
	case *diplomacy.Source:
		return r.Restricted
	case *diplomacy.Statement:
		return r.Restricted
	}
	return false
}

// restsOn are the sources at the ends of a version, and the statement that
// evidence is about: it is restricted when one of them is.
func restsOn(r diplomacy.Record) []diplomacy.ID {
	var ids []diplomacy.ID
	rest := func(id diplomacy.ID) {
		if kind := id.Kind(); kind == diplomacy.KindSource || kind.IsStatement() {
			ids = append(ids, id)
		}
	}
	switch r := r.(type) {
	case *diplomacy.Statement:
		rest(r.Subject)
		rest(r.Object)
	case *diplomacy.Evidence:
		rest(r.Source)
		rest(r.About)
	case *diplomacy.Judgement:
		rest(r.A)
		rest(r.B)
	}
	return ids
}

// hidden reports whether a record is restricted now and the view leaves that
// out. What is there stands in the table. What was retracted is hidden if it
// was so then, or if what it rested on is so now.
func (r *reader) hidden(id diplomacy.ID) (bool, error) {
	switch {
	case !r.hides:
		return false, nil
	case r.value(restricted, restrictedKey(id)) != nil:
		return true, nil
	case r.value(records, recordKey(id)) != nil:
		return false, nil
	}
	last, err := r.lastClosed(id)
	if last == nil || err != nil {
		return false, err
	}
	if until, found := r.lastUntil(restricted, restrictedKey(id)); found && until == last.Header().Until {
		return true, nil
	}
	for _, on := range restsOn(last) {
		if hidden, err := r.hidden(on); hidden || err != nil {
			return hidden, err
		}
	}
	return restrictedItself(last), nil
}

// shown is the id, or zero when the record is hidden.
func (r *reader) shown(id diplomacy.ID) (diplomacy.ID, error) {
	if hidden, err := r.hidden(id); hidden || err != nil {
		return 0, err
	}
	return id, nil
}

// lastClosed is the last version of a record that was retracted.
func (r *reader) lastClosed(id diplomacy.ID) (diplomacy.Record, error) {
	key := recordKey(id)
	k, v := lastWith(r, records, key)
	if k == nil {
		return nil, nil
	}
	return decodeRecord(id, v[8:], number[diplomacy.TxNumber](k[len(key):]), number[diplomacy.TxNumber](v))
}

// lastUntil is when the last closed entry of a key ended.
func (r *reader) lastUntil(t table, key []byte) (diplomacy.TxNumber, bool) {
	k, v := lastWith(r, t, key)
	if k == nil {
		return 0, false
	}
	return number[diplomacy.TxNumber](v), true
}

// lastWith is the last closed entry of a key; nil if there is none.
func lastWith(r *reader, t table, key []byte) (k, v []byte) {
	k, v = before(r.closed(t).Cursor(), append(bytes.Clone(key), "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...))
	if len(k) != len(key)+8 || !bytes.HasPrefix(k, key) {
		return nil, nil
	}
	return k, v
}
