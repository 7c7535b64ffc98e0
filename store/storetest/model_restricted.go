package storetest

import (
	"slices"

	"chancery/diplomacy"
)

// hidden reports whether a record is restricted now, or was when it was
// retracted, and the view leaves that out.
func (v *view) hidden(id diplomacy.ID) bool {
	if v.of.Restricted {
		return false
	}
	for _, moment := range slices.Backward(v.latest) {
		r := moment.records[id]
		if r == nil {
			continue
		}
		return restrictedIn(moment.records, r) || slices.ContainsFunc(restsOn(r), v.hidden)
	}
	return false
}

// hides reports whether a record is hidden in the state of the view: also where
// what it rested on in that is.
func (v *view) hides(id diplomacy.ID) bool {
	return v.hidden(id) || v.hidesVersion(v.now().records[id])
}

// hidesVersion reports whether a version, which may be nil, rests on something
// hidden.
func (v *view) hidesVersion(version diplomacy.Record) bool {
	return version != nil && slices.ContainsFunc(restsOn(version), v.hidden)
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
