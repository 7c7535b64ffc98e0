package layout

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// maxIndexedName limits the part of a folded name that is in its key in the table Names, in
// bytes.
const maxIndexedName = 128

// nameEntries appends the entries of an entity's names to its others. Several names may
// fold to one.
func nameEntries(e diplomacy.Entity, facts []byte, entries []Entry) []Entry {
	t := e.Base()
	main := cut(store.FoldName(t.Names[0].Value), maxSortName)
	begin := len(entries)
	for i := range t.Names {
		folded := cut(store.FoldName(t.Names[i].Value), maxIndexedName)
		key := append(append([]byte{byte(e.Kind())}, folded...), 0)
		n := Entry{Names, AppendUint64(key, t.ID), facts}
		if ContainsKey(entries[begin:], n) {
			continue
		}
		if cut(folded, maxSortName) != main {
			n.Payload = append(slices.Clip(facts), main...)
		}
		entries = append(entries, n)
	}
	return entries
}

func cut(text string, most int) string { return text[:min(len(text), most)] }

// NamesPrefix returns the prefix of the keys of the names of a kind that may pass a test.
func NamesPrefix(kind diplomacy.Kind, t store.FoldedTest) []byte {
	key := []byte{byte(kind)}
	switch {
	case t.Equals == "":
		return append(key, cut(t.StartsWith, maxIndexedName)...)
	case len(t.Equals) < maxIndexedName:
		return append(append(key, t.Equals...), 0)
	}
	return append(key, t.Equals[:maxIndexedName]...)
}

// IndexedName is an entry of the table Names.
type IndexedName struct {
	ID    diplomacy.ID
	Name  []byte // folded; the beginning of it if Cut
	Cut   bool   // the name may be longer
	Facts Facts
	main  []byte
}

// DecodeName decodes the key and payload of an entry, of which it is a view.
func DecodeName(key, payload []byte) IndexedName {
	n := IndexedName{ID: ID(key[len(key)-8:]), Name: key[1 : len(key)-9], Facts: payload[:factsSize], main: payload[factsSize:]}
	n.Cut = len(n.Name) == maxIndexedName
	if len(n.main) == 0 {
		n.main = n.Name[:min(len(n.Name), maxSortName)]
	}
	return n
}

// AppendPosition appends the key of the entity in a list, without the ListKey.
func (n *IndexedName) AppendPosition(to []byte, order store.ListOrder) []byte {
	switch order {
	case store.ByName:
		to = append(append(to, n.main...), 0)
	case store.ByDate:
		to = AppendUint64(to, StartKey(n.Facts.Span().StartMin))
	}
	return AppendUint64(to, n.ID)
}
