package curation

import (
	"strings"

	"chancery/curation/fields"
	"chancery/diplomacy"
)

// findTargets finds the records to change.
func (r *run) findTargets() error {
	var refs []Ref
	for _, c := range r.changes {
		if c.Target != "" {
			refs = append(refs, c.Target)
		}
	}
	if err := r.directory.LookUp(r.ctx, refs...); err != nil {
		return err
	}
	if err := r.findCanonical(); err != nil {
		return err
	}
	for _, c := range r.changes {
		r.checkTarget(c)
		switch other := r.byTarget[c.id]; {
		case c.id == 0:
		case other != nil:
			c.fault(Invalid, []string{"target"}, "%s is already changed by %s; join the two", c.id, strings.Join(other.Path, "."))
		default:
			r.byTarget[c.id] = c
		}
	}
	return nil
}

// findCanonical finds the current versions of targets: for changes that edit a merged
// entity that of the canonical one, which reads show for it. A statement has evidence and
// a source a text of its own, so a change of one is not of another.
func (r *run) findCanonical() error {
	var ids []diplomacy.ID
	var editing []*pendingChange
	for _, c := range r.changes {
		if c.Target == "" {
			continue
		}
		c.current = r.directory.Record(c.Target)
		if c.current != nil && c.edits() {
			ids, editing = append(ids, c.current.Header().ID), append(editing, c)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	groups, err := r.w.Same(r.ctx, ids)
	for i := range groups {
		if editing[i].group = groups[i]; len(groups[i]) > 0 && diplomacy.Restriction(editing[i].current) == nil {
			editing[i].current = groups[i][0]
		}
	}
	return err
}

// checkTarget compares a change with the record that it is to change.
func (r *run) checkTarget(c *pendingChange) {
	field := []string{"target"}
	switch {
	case c.current != nil:
		c.id = c.current.Header().ID
		c.checkCurrent()
	case c.Target == "":
		c.checkNew()
	case r.restrictsWithdrawn(c):
		a, _ := c.Target.Address()
		c.id, c.withdrawn = a.ID, true
	case c.Target.IsLabel():
		c.fault(Invalid, field, "a label names a record that this commit makes; give all its fields there")
	default:
		c.fault(codeOf(c.Target), field, "%s", r.directory.Missing(c.Target))
	}
}

// checkCurrent compares a change's kind and revision with those of its target.
func (c *pendingChange) checkCurrent() {
	is, head := c.current.Kind(), c.current.Header()
	if c.Kind == diplomacy.KindNone && !c.edits() {
		c.Kind = is
	}
	switch {
	case is == diplomacy.KindJudgement:
		c.fault(Invalid, []string{"target"}, "a judgement is changed by judging again, and withdrawn by undoing it")
	case c.Kind != is:
		c.fault(Invalid, []string{"target"}, "%s is of type %s, not %s", c.id, is, c.Kind)
	case c.Action == Confirm && is != diplomacy.KindEvidence:
		c.fault(Invalid, []string{"target"}, "only Evidence is confirmed")
	case c.Expected != 0 && c.Expected != head.Revision:
		c.fault(Conflict, []string{"expected"}, "%s is at revision %d, not %d: read it again", nameOfRecord(c.current), head.Revision, c.Expected)
	}
	if !c.edits() && len(c.Fields) > 0 {
		c.fault(Invalid, fields.Names(c.Fields)[:1], "this change takes no fields")
	}
}

// checkNew checks a change without a target, which makes a record.
func (c *pendingChange) checkNew() {
	switch {
	case c.Action != Put:
		c.fault(Invalid, []string{"target"}, "is missing; name the record to change")
	case c.Kind == diplomacy.KindJudgement:
		c.fault(Invalid, nil, "a judgement is made by judging")
	case !fields.Known(c.Kind):
		c.fault(Invalid, nil, "names no type of record to make")
	case c.Expected != 0:
		c.fault(Invalid, []string{"expected"}, "a new record has no revision yet; name the target")
	}
}
