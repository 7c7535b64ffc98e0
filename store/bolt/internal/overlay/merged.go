package overlay

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// MayNameMerged reports whether statements of a predicate may refer to merged entities.
// It compares kinds only, so true may be a false alarm.
func (l *Resolver) MayNameMerged(rule *diplomacy.Rule) (bool, error) {
	if l.kinds == nil {
		kinds := map[diplomacy.Kind]bool{}
		for id, err := range l.judgedSame(l.Current(layout.Identity)) {
			if err != nil {
				return false, err
			}
			kinds[id.Kind()] = true
		}
		l.kinds = kinds
	}
	merged := func(kind diplomacy.Kind) bool { return l.kinds[kind] }
	return slices.ContainsFunc(rule.Subjects, merged) || slices.ContainsFunc(rule.Objects, merged) ||
		rule.Fields&diplomacy.FieldOnBehalfOf != 0 && slices.ContainsFunc(diplomacy.Actors, merged) ||
		rule.Fields&diplomacy.FieldInCapacityOf != 0 && merged(diplomacy.KindOffice), nil
}

// CountMerged returns how many entities of a kind resolve to another at present.
func (l *Resolver) CountMerged(kind diplomacy.Kind) (n int, err error) {
	var last diplomacy.ID
	for id, err := range l.judgedSame(l.Current(layout.Identity)) {
		if err != nil {
			return 0, err
		}
		if id == last || id.Kind() != kind {
			continue
		}
		last = id
		canonical, err := l.Canonical(id)
		if err != nil {
			return 0, err
		}
		if canonical != id {
			n++
		}
	}
	return n, nil
}
