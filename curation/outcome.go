package curation

import (
	"slices"
	"strings"

	"chancery/diplomacy"
)

// describe fills in the outcome of each change.
func (r *run) describe() error {
	ids := make([]diplomacy.ID, len(r.changes))
	for i, c := range r.changes {
		ids[i] = c.id
	}
	records, err := recordsOf(r.ctx, r.w, ids)
	if err != nil {
		return err
	}
	r.outcomes = make([]Outcome, len(r.changes))
	for i, c := range r.changes {
		r.outcomes[i] = outcomeOf(c.id, c.current, records[i])
		r.outcomes[i].Label = c.Label
		if c.cause != nil {
			r.outcomes[i].Along = slices.Index(r.changes, c.cause) + 1
		}
	}
	return nil
}

// Changed reports whether the change changed the record; false if the record had all
// given values already.
func (o Outcome) Changed() bool { return o.Action != "" }

// outcomeOf compares two versions of a record; nil stands for no version.
func outcomeOf(id diplomacy.ID, before, after diplomacy.Record) Outcome {
	o := Outcome{Kind: id.Kind(), ID: id}
	if after != nil {
		o.Revision = after.Header().Revision
	}
	switch {
	case before == nil && after == nil:
		return o
	case before == nil:
		o.Action = "CREATED"
	case after == nil:
		o.Action = "CLOSED"
	case before.Header().Revision != after.Header().Revision:
		o.Action = "CHANGED"
	}
	if o.Action != "" {
		o.Differences = diplomacy.Differences(before, after)
	}
	return o
}

// dropIDs removes from the outcomes of a dry run the ids of records that it did not
// make; in the values of other records their labels stand for them.
func (r *run) dropIDs() {
	var pairs []string
	for i := range r.outcomes {
		if o := &r.outcomes[i]; o.Action == "CREATED" {
			pairs = append(pairs, o.ID.String(), o.Label)
			o.ID = 0
		}
	}
	labels := strings.NewReplacer(pairs...)
	for _, o := range r.outcomes {
		for i := range o.Differences {
			o.Differences[i].After = labels.Replace(o.Differences[i].After)
		}
	}
}
