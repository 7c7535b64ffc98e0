package storetest

import "chancery/diplomacy"

// hidden reports whether a record is restricted now, or was when it was
// retracted, and the view leaves that out.
func (v *view) hidden(id diplomacy.ID) bool {
	if v.of.Restricted {
		return false
	}
	for n := len(v.latest) - 1; n >= 0; n-- {
		r := v.latest[n].records[id]
		if r == nil {
			continue
		}
		if restrictedIn(v.latest[n].records, r) {
			return true
		}
		for _, on := range restsOn(r) {
			if v.hidden(on) {
				return true
			}
		}
		return false
	}
	return false
}

// restrictedIn reports whether a record of a moment was restricted then.
func restrictedIn(records map[diplomacy.ID]diplomacy.Record, r diplomacy.Record) bool {
	switch r := r.(type) {
	case *diplomacy.Source:
		if r.Restricted {
			return true
		}
	case *diplomacy.Statement:
		if r.Restricted {
			return true
		}
	}
	for _, id := range restsOn(r) {
		if on := records[id]; on != nil && restrictedIn(records, on) {
			return true
		}
	}
	return false
}

// restsOn are the sources and statements that a record names: it is restricted
// with them.
func restsOn(r diplomacy.Record) []diplomacy.ID {
	var ids []diplomacy.ID
	for _, ref := range references(r) {
		if kind := ref.to.Kind(); kind == diplomacy.KindSource || kind.IsStatement() {
			ids = append(ids, ref.to)
		}
	}
	return ids
}
