package curation

import (
	"strings"

	"chancery/diplomacy"
)

// tell says what became of each change.
func (r *run) tell() error {
	ids := make([]diplomacy.ID, len(r.steps))
	for i, s := range r.steps {
		ids[i] = s.id
	}
	records, err := r.w.Records(r.ctx, ids)
	if err != nil {
		return err
	}
	r.outcomes = make([]Outcome, len(r.steps))
	for i, s := range r.steps {
		r.outcomes[i] = outcomeOf(s.id, s.current, records[i])
		r.outcomes[i].Label = s.Label
	}
	if r.request.DryRun {
		r.forget()
	}
	return nil
}

// outcomeOf compares two versions of a record; nil is one that is not there.
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

// forget takes the ids of records that will not be out of what a dry run tells; in
// the values of others their labels stand for them.
func (r *run) forget() {
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
