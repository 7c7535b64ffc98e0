package bolt

import "chancery/diplomacy"

// Evidence alone can come to rest on something else: a version of it may be hidden
// while the record is not. The table of what is restricted tells of records; of
// versions that are not the last, what they rest on is looked up there.

// hiddenThen is hidden for the version of this state.
func (r *reader) hiddenThen(id diplomacy.ID) (bool, error) {
	if hidden, err := r.hidden(id); hidden || err != nil || !r.past {
		return hidden, err
	}
	return r.hiddenAt(id, r.known)
}

// hiddenAt reports whether the version that a transaction left of a record rests
// on what is hidden.
func (r *reader) hiddenAt(id diplomacy.ID, known diplomacy.TxNumber) (bool, error) {
	if !r.hides || id.Kind() != diplomacy.KindEvidence {
		return false, nil
	}
	then := reader{buckets: r.buckets, known: known, past: true}
	version, err := then.record(id)
	if version == nil || err != nil {
		return false, err
	}
	return r.hiddenVersion(version)
}

// hiddenVersion reports it of a version of a record that is not hidden.
func (r *reader) hiddenVersion(version diplomacy.Record) (bool, error) {
	evidence, ok := version.(*diplomacy.Evidence)
	if !ok {
		return false, nil
	}
	return r.hidden(evidence.Source)
}

// hiddenChange reports whether what a transaction made of a record, or closed, is
// hidden.
func (r *reader) hiddenChange(n diplomacy.TxNumber, c diplomacy.Change) (bool, error) {
	if hidden, err := r.hidden(c.Record); hidden || err != nil {
		return hidden, err
	}
	if c.Action == "CLOSED" {
		n--
	}
	return r.hiddenAt(c.Record, n)
}
