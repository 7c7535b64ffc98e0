package exchange

import "chancery/diplomacy"

// postpone leaves out of entities their references to others that are written with
// them, which may stand on any line and refer back. It returns the lines of which
// something was left out.
func (r *run) postpone(lines []*line, drafts []diplomacy.Record) (later []*line) {
	for i, l := range lines {
		if !l.record.Kind().IsEntity() {
			continue
		}
		left := false
		for j, field := range spelled(l.record.Kind()) {
			if target := r.local[l.refs[j]]; target != nil && r.ids[target.index] == 0 {
				*field.In(drafts[i]) = 0
				left = true
			}
		}
		if left {
			later = append(later, l)
		}
	}
	return later
}

// putPostponed writes those entities again, with all their references.
func (r *run) putPostponed(lines []*line) error {
	if len(lines) == 0 {
		return nil
	}
	drafts := make([]diplomacy.Record, len(lines))
	for i, l := range lines {
		drafts[i] = r.draft(l)
	}
	return r.put(lines, drafts)
}
