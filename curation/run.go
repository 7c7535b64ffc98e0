package curation

import (
	"context"
	"strings"

	"chancery/curation/fields"
	"chancery/curation/reference"
	"chancery/diplomacy"
	"chancery/store"
)

// run is one attempt of a commit, within one transaction. Each of its parts reads
// and writes for all changes at once, so that the number of calls of the store does
// not grow with the number of changes.
type run struct {
	ctx       context.Context
	w         store.Writer
	request   Request
	changes   []*pendingChange
	labels    map[Ref]*pendingChange
	byTarget  map[diplomacy.ID]*pendingChange
	directory *reference.Directory
	outcomes  []Outcome
	along     int // changes added by includeLinks
}

func newRun(ctx context.Context, w store.Writer, r Request) *run {
	run := &run{ctx: ctx, w: w, request: r, labels: map[Ref]*pendingChange{}, byTarget: map[diplomacy.ID]*pendingChange{},
		directory: reference.NewDirectory(w)}
	for _, c := range r.Changes {
		run.changes = append(run.changes, &pendingChange{Change: c})
	}
	return run
}

// makeChanges makes the changes; the error is a *Refused with everything that is
// wrong.
func (r *run) makeChanges() error {
	for _, part := range []func() error{
		r.enterLabels, r.findTargets, r.draftRecords,
		func() error { return r.putRecords(diplomacy.Kind.IsEntity) },
		func() error { return r.putRecords(diplomacy.Kind.IsStatement) },
		r.restrictGroups, r.restrictWithdrawn,
		func() error { return r.putRecords(func(k diplomacy.Kind) bool { return k == diplomacy.KindEvidence }) },
		r.includeLinks, r.closeRecords, r.requireEvidence, r.refused, r.describe,
	} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// refused gathers the problems in the order of the request.
func (r *run) refused() error {
	var problems []Problem
	for _, c := range r.changes {
		problems = append(problems, c.problems...)
	}
	if len(problems) == 0 {
		return nil
	}
	return &Refused{problems}
}

// enterLabels enters the labels of new records.
func (r *run) enterLabels() error {
	for _, c := range r.changes {
		label := Ref(c.Label)
		switch first := r.labels[label]; {
		case label == "":
		case !label.IsLabel():
			c.fault(Invalid, []string{"label"}, "%s does not begin with _: as labels do", diplomacy.Shorten(c.Label))
		case first != nil:
			c.fault(Invalid, []string{"label"}, "%s is already the label of %s", diplomacy.Shorten(c.Label), strings.Join(first.Path, "."))
		default:
			r.labels[label] = c
		}
	}
	return nil
}

// draftRecords decodes the fields of all changes and finds the records that they
// refer to.
func (r *run) draftRecords() error {
	var refs []Ref
	for _, c := range r.changes {
		if !fields.Known(c.Kind) || (c.current != nil && c.current.Kind() != c.Kind) {
			continue
		}
		c.draft()
		if c.Target != "" && c.current == nil {
			c.record = nil // the target does not exist; decoding has reported problems of the fields
			continue
		}
		for _, slot := range c.slots {
			refs = append(refs, slot.Ref)
		}
	}
	return r.directory.LookUp(r.ctx, refs...)
}
