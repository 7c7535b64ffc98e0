package model

import (
	"slices"

	"chancery/diplomacy"
)

// hidden reports whether a record is restricted now, or was when it was
// retracted, and the view leaves that out.
func (v *View) hidden(id diplomacy.ID) bool {
	if v.of.Restricted {
		return false
	}
	if n := len(v.latest); n > 0 && v.latest[n-1].withheld[id] {
		return true
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
func (v *View) hides(id diplomacy.ID) bool {
	return v.hidden(id) || v.hidesVersion(v.now().records[id])
}

// hidesVersion reports whether a version, which may be nil, rests on something
// hidden.
func (v *View) hidesVersion(version diplomacy.Record) bool {
	return version != nil && slices.ContainsFunc(restsOn(version), v.hidden)
}

// follows reports whether a transaction closed evidence together with what it is about, or
// restored both.
func (v *View) follows(n diplomacy.TxNumber, id diplomacy.ID) bool {
	before, after := v.past[n-1].records, v.past[n].records
	if e, ok := before[id].(*diplomacy.Evidence); ok {
		return after[id] == nil && before[e.About] != nil && after[e.About] == nil
	}
	e, ok := after[id].(*diplomacy.Evidence)
	return ok && e.Revision > 1 && before[e.About] == nil && after[e.About].Header().Revision > 1
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
	for ref := range diplomacy.References(r) {
		if kind := ref.ID.Kind(); kind == diplomacy.KindSource || kind.IsStatement() {
			ids = append(ids, *ref.ID)
		}
	}
	return ids
}
