package curation

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// restrictGroups gives the restriction that a change sets to all records that are merged
// with its target: a reader who is refused one of them must not find the others. To
// restrict covers those also with which the target was merged before the change.
func (r *run) restrictGroups() error {
	var setting []*pendingChange
	var ids []diplomacy.ID
	for _, c := range r.changes {
		if _, given := c.Fields["restricted"]; given && c.current != nil && !c.failed && c.edits() && diplomacy.Restriction(c.record) != nil {
			setting, ids = append(setting, c), append(ids, c.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	groups, err := r.w.Same(r.ctx, ids)
	if err != nil {
		return err
	}
	marks := map[diplomacy.ID]bool{}
	for i, c := range setting {
		mark := diplomacy.Restricted(c.record)
		if mark {
			groups[i] = append(groups[i], c.group...)
		}
		for _, id := range idsOf(groups[i]) {
			if r.covers(c, id) {
				marks[id] = mark
			}
		}
	}
	return r.mark(marks)
}

// covers reports whether the restriction that a change sets is to be set on another
// record too. It reports a change of the same commit that says otherwise.
func (r *run) covers(c *pendingChange, id diplomacy.ID) bool {
	other := r.byTarget[id]
	switch {
	case id == c.id, r.closing(id) != nil:
		return false
	case other == nil || other.record == nil || other.Fields["restricted"] == nil:
		return true
	case diplomacy.Restricted(other.record) != diplomacy.Restricted(c.record):
		c.fault(Invalid, []string{"restricted"}, "%s is merged with %s, of which %s says otherwise; records that are merged are restricted together",
			nameOfRecord(c.current), id, strings.Join(other.Path, "."))
	}
	return false
}

// idsOf returns the ids of records in ascending order, each once.
func idsOf(records []diplomacy.Record) []diplomacy.ID {
	ids := make([]diplomacy.ID, len(records))
	for i, r := range records {
		ids[i] = r.Header().ID
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// mark restricts records, or releases them.
func (r *run) mark(marks map[diplomacy.ID]bool) error {
	records, err := recordsOf(r.ctx, r.w, slices.Sorted(maps.Keys(marks)))
	if err != nil {
		return err
	}
	var changed []diplomacy.Record
	for _, record := range records {
		if record == nil || diplomacy.Restricted(record) == marks[record.Header().ID] {
			continue
		}
		next := copyOf(record)
		*diplomacy.Restriction(next) = marks[record.Header().ID]
		changed = append(changed, next)
	}
	if len(changed) == 0 {
		return nil
	}
	return r.w.Put(r.ctx, changed...)
}

// restrictsWithdrawn reports whether a change restricts a withdrawn source or statement, and
// does nothing else. The states in which it was there can still be read.
func (r *run) restrictsWithdrawn(c *pendingChange) bool {
	a, err := c.Target.Address()
	is := a.ID.Kind() == diplomacy.KindSource || a.ID.Kind().IsStatement()
	return err == nil && is && r.directory.IsClosed(a.ID) && c.Kind == a.ID.Kind() &&
		c.Action == Patch && len(c.Fields) == 1 && c.Fields["restricted"] == true
}

// restrictWithdrawn restricts withdrawn records.
func (r *run) restrictWithdrawn() error {
	var ids []diplomacy.ID
	for _, c := range r.changes {
		if c.withdrawn && !c.failed {
			ids = append(ids, c.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return r.w.Restrict(r.ctx, ids...)
}

// restrictedApart returns why two sources cannot be merged: one of them, with those that
// are merged with it, is restricted and the other is not. Otherwise a reader would be
// refused the one and shown the other.
func restrictedApart(ctx context.Context, r store.Reader, j *diplomacy.Judgement) ([]Problem, error) {
	if j.Verdict != "SAME" || j.A.Kind() != diplomacy.KindSource {
		return nil, nil
	}
	groups, err := r.Same(ctx, []diplomacy.ID{j.A, j.B})
	if err != nil {
		return nil, err
	}
	var first [2]diplomacy.Record // of those that are not restricted, and of those that are
	for _, member := range slices.Concat(groups...) {
		at := 0
		if diplomacy.Restricted(member) {
			at = 1
		}
		if first[at] == nil {
			first[at] = member
		}
	}
	if first[0] == nil || first[1] == nil {
		return nil, nil
	}
	return []Problem{{[]string{"verdict"}, Contradicts,
		fmt.Sprintf("%s is restricted and %s is not, but merged sources are restricted together; restrict both or neither first", nameOfRecord(first[1]), nameOfRecord(first[0]))}}, nil
}
