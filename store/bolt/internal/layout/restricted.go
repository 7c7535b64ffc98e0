package layout

import "chancery/diplomacy"

// Restricted records have entries in a table of their own, one for the record and one for
// each of its links: a read looks a record up there, and counts subtract the links.

// The first bytes of keys in the table Restricted.
const (
	RestrictedLink   = 'l'
	RestrictedRecord = 'r'
	WithheldRecord   = 'w' // a withdrawn record that was restricted afterwards
)

// RestrictedKey returns the key of a restricted record.
func RestrictedKey(id diplomacy.ID) []byte {
	return appendRecordKey(append(make([]byte, 0, 1+8), RestrictedRecord), id)
}

// WithheldKey returns the key of a withdrawn record that was restricted afterwards.
func WithheldKey(id diplomacy.ID) []byte {
	return appendRecordKey(append(make([]byte, 0, 1+8), WithheldRecord), id)
}

// restrictedEntries appends to the entries of a version those in the table Restricted.
func restrictedEntries(r diplomacy.Record, find FindFunc, entries []Entry) []Entry {
	if !isRestricted(r, find) {
		return entries
	}
	id := r.Header().ID
	for _, e := range entries {
		if e.Table == Links {
			key := append(append([]byte{RestrictedLink}, e.Key[:ArcSize]...), AppendUint64(nil, id)...)
			entries = append(entries, Entry{Restricted, key, nil})
		}
	}
	return append(entries, Entry{Restricted, RestrictedKey(id), nil})
}

// isRestricted reports whether a version or a record that it depends on is restricted.
func isRestricted(r diplomacy.Record, find FindFunc) bool {
	if diplomacy.Restricted(r) {
		return true
	}
	for _, id := range RestrictedBy(r) {
		if by := find(id); by != nil && isRestricted(by, find) {
			return true
		}
	}
	return false
}

// RestrictedBy returns the sources that a version refers to, and the statement
// that evidence is about: the version is restricted when one of them is.
func RestrictedBy(r diplomacy.Record) []diplomacy.ID {
	var ids []diplomacy.ID
	for ref := range diplomacy.References(r) {
		if kind := ref.ID.Kind(); kind == diplomacy.KindSource || kind.IsStatement() {
			ids = append(ids, *ref.ID)
		}
	}
	return ids
}
