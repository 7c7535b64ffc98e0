package exchange

import (
	"context"
	"errors"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// run is one attempt to write a batch. It does not change the batch, since the store
// may have to retry.
type run struct {
	*batch
	ctx   context.Context
	w     store.Writer
	known map[reference]diplomacy.ID // of records in the store
	// ids has the ID of each line's record; zero if it is new and not yet written.
	ids []diplomacy.ID
	// fresh has the IDs of the records that this run created.
	fresh   map[diplomacy.ID]bool
	refused Refused
}

// stages are written one after the other, since a record must exist before another
// refers to it.
var stages = []func(diplomacy.Kind) bool{
	diplomacy.Kind.IsEntity,
	func(k diplomacy.Kind) bool { return k.IsStatement() || k == diplomacy.KindJudgement },
	func(k diplomacy.Kind) bool { return k == diplomacy.KindEvidence },
}

func (b *batch) write(ctx context.Context, w store.Writer) (map[diplomacy.Kind]Tally, error) {
	r := &run{batch: b, ctx: ctx, w: w, ids: make([]diplomacy.ID, len(b.lines)), fresh: map[diplomacy.ID]bool{}}
	r.refused = Refused{slices.Clone(b.twice.Faults), b.twice.More}
	if err := r.lookUp(); err != nil {
		return nil, err
	}
	r.identify()
	r.check()
	if err := r.refused.orNil(); err != nil {
		return nil, err
	}
	tallies := map[diplomacy.Kind]Tally{}
	for _, in := range stages {
		if err := r.stage(in, tallies); err != nil {
			return nil, err
		}
	}
	return tallies, nil
}

// stage writes the lines of one stage.
func (r *run) stage(in func(diplomacy.Kind) bool, tallies map[diplomacy.Kind]Tally) error {
	lines, drafts, ofLine := r.drafts(in)
	later := r.postpone(lines, drafts)
	if err := r.match(drafts); err != nil {
		return err
	}
	before, err := r.revisions(drafts)
	if err != nil {
		return err
	}
	if err := r.put(lines, drafts); err != nil {
		return err
	}
	for l, d := range ofLine {
		r.ids[l.index] = d.Header().ID
	}
	if err := r.putPostponed(later); err != nil {
		return err
	}
	after, err := r.revisions(drafts)
	for i, d := range drafts {
		tallies[d.Kind()] = tallies[d.Kind()].count(before[i], after[i])
		r.fresh[d.Header().ID] = before[i] == 0
	}
	return err
}

// drafts returns the records of one stage with the lines they are from. Equal lines
// become one record, so that several files may bring evidence for it; ofLine has the
// record of each line.
func (r *run) drafts(in func(diplomacy.Kind) bool) (lines []*line, drafts []diplomacy.Record, ofLine map[*line]diplomacy.Record) {
	ofLine = map[*line]diplomacy.Record{}
	said := map[any]diplomacy.Record{}
	for _, l := range r.lines {
		if !in(l.record.Kind()) {
			continue
		}
		d := r.draft(l)
		if first := said[whole(d)]; first != nil {
			ofLine[l] = first
			continue
		}
		if key := whole(d); key != nil && d.Header().ID == 0 {
			said[key] = d
		}
		lines, drafts, ofLine[l] = append(lines, l), append(drafts, d), d
	}
	return lines, drafts, ofLine
}

// draft returns the record of a line with its references resolved.
func (r *run) draft(l *line) diplomacy.Record {
	record := diplomacy.CopyOf(l.record)
	record.Header().ID = r.ids[l.index]
	for i, field := range spelled(record.Kind()) {
		*field.In(record) = r.id(l.refs[i])
	}
	if e, ok := record.(*diplomacy.Evidence); ok {
		e.About = r.idOf(l.about)
	}
	normalize(record)
	return record
}

// id returns the ID that a reference names; zero if there is no such record.
func (r *run) id(ref reference) diplomacy.ID {
	if l := r.local[ref]; l != nil {
		return r.idOf(l)
	}
	return r.known[ref]
}

// idOf returns the ID of a line's record; until it is written, a placeholder of its
// kind.
func (r *run) idOf(l *line) diplomacy.ID {
	if id := r.ids[l.index]; id != 0 {
		return id
	}
	return diplomacy.MakeID(l.record.Kind(), uint64(l.index)+1)
}

// put writes records and reports what the store refuses at their lines.
func (r *run) put(lines []*line, records []diplomacy.Record) error {
	err := r.w.Put(r.ctx, records...)
	if refused, ok := errors.AsType[*store.RefusedError](err); ok {
		for _, refusal := range refused.Refusals {
			r.refused.addAll(lines[refusal.Position], refusal.Problems)
		}
		return r.refused.orNil()
	}
	return err
}

// revisions returns the revisions of records in the store; 0 for new ones.
func (r *run) revisions(records []diplomacy.Record) ([]uint32, error) {
	ids := make([]diplomacy.ID, len(records))
	for i, record := range records {
		ids[i] = record.Header().ID
	}
	found, err := r.w.Records(r.ctx, ids)
	revisions := make([]uint32, len(records))
	for i, record := range found {
		if record != nil {
			revisions[i] = record.Header().Revision
		}
	}
	return revisions, err
}

func (t Tally) count(before, after uint32) Tally {
	switch {
	case before == 0:
		t.Created++
	case before != after:
		t.Changed++
	default:
		t.Unchanged++
	}
	return t
}
