package overlay

import (
	"chancery/diplomacy"
	"chancery/store/bolt/internal/mvcc"
)

// Evidence can move to another source, so a version of it may be hidden while the record
// is not. The table Restricted has records only; for earlier versions, the source that
// they had is looked up there.

// Hidden reports whether the view leaves out a record, or the version of it in this state.
func (r *View) Hidden(id diplomacy.ID) (bool, error) {
	if hidden, err := r.HiddenNow(id); hidden || err != nil || !r.Past {
		return hidden, err
	}
	return r.HiddenAt(id, r.Known)
}

// HiddenAt reports whether the view leaves out the version of a record that a transaction
// left, given that it does not leave out the record.
func (r *View) HiddenAt(id diplomacy.ID, known diplomacy.TxNumber) (bool, error) {
	if !r.Hides || id.Kind() != diplomacy.KindEvidence {
		return false, nil
	}
	version, err := r.at(known, id)
	if version == nil || err != nil {
		return false, err
	}
	return r.VersionHidden(version)
}

// VersionHidden reports whether the view leaves out a version of a record, given that it
// does not leave out the record.
func (r *View) VersionHidden(version diplomacy.Record) (bool, error) {
	evidence, ok := version.(*diplomacy.Evidence)
	if !ok {
		return false, nil
	}
	return r.HiddenNow(evidence.Source)
}

// ChangeHidden reports whether the view leaves out a change of a transaction, because of
// the record or of the version that it wrote or closed.
func (r *View) ChangeHidden(n diplomacy.TxNumber, c diplomacy.Change) (bool, error) {
	if hidden, err := r.HiddenNow(c.Record); hidden || err != nil {
		return hidden, err
	}
	if c.Action == "CLOSED" {
		n--
	}
	return r.HiddenAt(c.Record, n)
}

// FollowsOwner reports whether a transaction closed evidence together with what it is about,
// or restored both. That says nothing of hidden evidence: it happens to all.
func (r *View) FollowsOwner(n diplomacy.TxNumber, c diplomacy.Change) (bool, error) {
	if c.Record.Kind() != diplomacy.KindEvidence || c.Action == "CHANGED" {
		return false, nil
	}
	with, without := n, n-1
	if c.Action == "CLOSED" {
		with, without = n-1, n
	}
	version, err := r.at(with, c.Record)
	if version == nil || err != nil {
		return false, err
	}
	about := version.(*diplomacy.Evidence).About
	owner, err := r.at(with, about)
	if owner == nil || err != nil {
		return false, err
	}
	if c.Action == "CREATED" && (version.Header().Revision == 1 || owner.Header().Revision == 1) {
		return false, nil
	}
	gone, err := r.at(without, about)
	return gone == nil && err == nil, err
}

// at returns the version of a record that a transaction left, hidden or not; nil if there
// was none.
func (r *View) at(known diplomacy.TxNumber, id diplomacy.ID) (diplomacy.Record, error) {
	then := mvcc.Reader{Tx: r.Tx, Known: known, Past: true}
	return then.Peek(id)
}
