package curation

import (
	"context"
	"errors"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// run is one try of a commit, within one transaction.
type run struct {
	ctx       context.Context
	w         store.Writer
	request   Request
	steps     []*step
	labels    map[Ref]*step
	byTarget  map[diplomacy.ID]*step
	directory *directory
	reserved  map[store.Key]bool // slugs that the request itself gives, or was given
	numbered  map[store.Key]int  // of plain slugs, the number to try next
	unsourced bool               // it leaves statements without evidence, as it may
	outcomes  []Outcome
}

func newRun(ctx context.Context, w store.Writer, r Request) *run {
	run := &run{ctx: ctx, w: w, request: r, labels: map[Ref]*step{}, byTarget: map[diplomacy.ID]*step{},
		directory: newDirectory(ctx, w), reserved: map[store.Key]bool{}, numbered: map[store.Key]int{}}
	for _, c := range r.Changes {
		run.steps = append(run.steps, &step{Change: c})
	}
	return run
}

// all makes the changes; the error is a *Refused with everything that is wrong.
func (r *run) all() error {
	for _, part := range []func() error{
		r.label, r.targets, r.draft,
		func() error { return r.put(diplomacy.Kind.IsEntity) },
		func() error { return r.put(diplomacy.Kind.IsStatement) },
		func() error { return r.put(func(k diplomacy.Kind) bool { return k == diplomacy.KindEvidence }) },
		r.close, r.source, r.refused, r.tell,
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
	for _, s := range r.steps {
		problems = append(problems, s.problems...)
	}
	if len(problems) == 0 {
		return nil
	}
	return &Refused{problems}
}

// label enters the labels of new records.
func (r *run) label() error {
	for _, s := range r.steps {
		label := Ref(s.Label)
		switch first := r.labels[label]; {
		case label == "":
		case !label.isLabel():
			s.fault(Invalid, []string{"label"}, "%s does not begin with _: as labels do", diplomacy.Shorten(s.Label))
		case first != nil:
			s.fault(Invalid, []string{"label"}, "%s is that of %s already", diplomacy.Shorten(s.Label), strings.Join(first.Path, "."))
		default:
			r.labels[label] = s
		}
	}
	return nil
}

// targets finds the records to change.
func (r *run) targets() error {
	var refs []Ref
	for _, s := range r.steps {
		if s.Target != "" {
			refs = append(refs, s.Target)
		}
	}
	if err := r.directory.learn(refs...); err != nil {
		return err
	}
	if err := r.canonical(); err != nil {
		return err
	}
	for _, s := range r.steps {
		if err := r.target(s); err != nil {
			return err
		}
		switch other := r.byTarget[s.id]; {
		case s.id == 0:
		case other != nil:
			s.fault(Invalid, []string{"target"}, "%s is changed by %s already; join the two", s.id, strings.Join(other.Path, "."))
		default:
			r.byTarget[s.id] = s
		}
	}
	return nil
}

// canonical gives the steps that edit a record the one that reads show for it.
func (r *run) canonical() error {
	var ids []diplomacy.ID
	var editing []*step
	for _, s := range r.steps {
		if s.Target == "" {
			continue
		}
		s.current = r.directory.records[s.Target]
		if s.current != nil && s.edits() {
			ids, editing = append(ids, s.current.Header().ID), append(editing, s)
		}
	}
	same, err := r.w.Same(r.ctx, ids)
	for i := range same {
		if len(same[i]) > 0 {
			editing[i].current = same[i][0]
		}
	}
	return err
}

// target holds what a step was asked to do against the record that it is to change.
func (r *run) target(s *step) error {
	field := []string{"target"}
	switch {
	case s.current != nil:
		s.id = s.current.Header().ID
		r.kind(s)
	case s.Target == "":
		r.fresh(s)
	case s.Target.isLabel():
		s.fault(Invalid, field, "a label names a record that this commit makes; say there what it is to be")
	default:
		message, err := r.directory.missing(s.Target)
		if err != nil {
			return err
		}
		s.fault(codeOf(s.Target), field, "%s", message)
	}
	return nil
}

// kind holds a step's kind and revision against those of its record.
func (r *run) kind(s *step) {
	is, head := s.current.Kind(), s.current.Header()
	if s.Kind == diplomacy.KindNone && !s.edits() {
		s.Kind = is
	}
	switch {
	case is == diplomacy.KindJudgement:
		s.fault(Invalid, []string{"target"}, "a judgement is made by judging, and taken back by undoing it")
	case s.Kind != is:
		s.fault(Invalid, []string{"target"}, "%s is of type %s, not %s", s.id, is, s.Kind)
	case s.Action == Confirm && is != diplomacy.KindEvidence:
		s.fault(Invalid, []string{"target"}, "only Evidence is confirmed")
	case s.Expected != 0 && s.Expected != head.Revision:
		s.fault(Conflict, []string{"expected"}, "%s is at revision %d, not %d: read it again", nameOfRecord(s.current), head.Revision, s.Expected)
	}
	if !s.edits() && len(s.Fields) > 0 {
		s.fault(Invalid, names(s.Fields)[:1], "this change takes no fields")
	}
}

// fresh holds a step without a target against what makes a record.
func (r *run) fresh(s *step) {
	_, known := memberOf[s.Kind]
	switch {
	case s.Action != Put:
		s.fault(Invalid, []string{"target"}, "is missing; say which record")
	case s.Kind == diplomacy.KindJudgement:
		s.fault(Invalid, nil, "a judgement is made by judging")
	case !known:
		s.fault(Invalid, nil, "says of no type what to make")
	case s.Expected != 0:
		s.fault(Invalid, []string{"expected"}, "a new record has no revision yet; name the target")
	}
}

// draft decodes the fields of all steps and finds the records that they name.
func (r *run) draft() error {
	var refs []Ref
	for _, s := range r.steps {
		if _, known := memberOf[s.Kind]; !known || (s.current != nil && s.current.Kind() != s.Kind) {
			continue
		}
		s.draft()
		if s.Target != "" && s.current == nil {
			s.record = nil // of what is not there it was enough to see that the fields fit
			continue
		}
		for _, slot := range s.slots {
			refs = append(refs, slot.ref)
		}
		if e, ok := s.record.(diplomacy.Entity); ok && e.Base().Slug != "" {
			r.reserved[slugKey(e)] = true
		}
	}
	return r.directory.learn(refs...)
}

// ofKind are the steps that put a record of a kind.
func (r *run) ofKind(is func(diplomacy.Kind) bool) []*step {
	return slices.DeleteFunc(slices.Clone(r.steps), func(s *step) bool { return s.record == nil || !is(s.Kind) })
}

// put puts the records of a sort. One that is refused for a key of another may do
// once that other has given it up, so it is tried again as long as any succeeds.
func (r *run) put(is func(diplomacy.Kind) bool) error {
	waiting := r.ofKind(is)
	if err := r.resolve(waiting); err != nil {
		return err
	}
	for {
		again, err := r.pass(waiting)
		if err != nil {
			return err
		}
		if len(again) == len(waiting) || len(again) == 0 {
			return r.taken(again)
		}
		waiting = again
	}
}

// pass puts records and returns those that another's key keeps out.
func (r *run) pass(steps []*step) (again []*step, err error) {
	for _, s := range steps {
		if err := r.slug(s); err != nil {
			return nil, err
		}
		if s.validate(); s.failed {
			again = append(again, s)
			continue
		}
		record := copyOf(s.record)
		var refused *store.RefusedError
		switch err := r.w.Put(r.ctx, record); {
		case err == nil:
			s.id = record.Header().ID
		case errors.As(err, &refused):
			again = append(again, s)
		default:
			return nil, err
		}
	}
	return again, nil
}
