package curation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery/curation/reference"
	"chancery/diplomacy"
	"chancery/store"
)

// Judge records a verdict on two entities, or changes the existing one. The judgement
// is about the entities named, even if they are merged with others already: so each
// judgement stands for itself and can be undone by itself.
//
// The paths of its problems are a, b, verdict and reasons; other errors are those of
// store.Store.Write.
func Judge(ctx context.Context, s store.Store, r JudgeRequest) (Judged, error) {
	problems := append(checkSignature(r.Author, r.Message), r.problems()...)
	var judged Judged
	by := store.Commit{Author: r.Author, Message: r.Message}
	transaction, err := s.Write(ctx, by, func(w store.Writer) (err error) {
		judged.Judgement, err = r.judge(ctx, w, problems)
		return err
	})
	if err != nil {
		return Judged{}, err
	}
	judged.Transaction = transaction
	if r.Warn {
		judged.warn(ctx, s)
	}
	return judged, nil
}

// problems returns what is wrong with the request without asking the store.
func (r JudgeRequest) problems() []Problem {
	var problems []Problem
	if len(r.Reasons) == 0 && (r.Verdict == "SAME" || r.Verdict == "DIFFERENT") {
		problems = append(problems, Problem{[]string{"reasons"}, Invalid,
			fmt.Sprintf("is empty; say why they are %s", strings.ToLower(string(r.Verdict)))})
	}
	for i, reason := range r.Reasons {
		if strings.TrimSpace(reason) == "" {
			problems = append(problems, Problem{[]string{"reasons", strconv.Itoa(i)}, Invalid, "is empty"})
		}
	}
	return problems
}

func (r JudgeRequest) judge(ctx context.Context, w store.Writer, problems []Problem) (*diplomacy.Judgement, error) {
	j, more, err := r.draft(ctx, w)
	if err != nil {
		return nil, err
	}
	if problems = append(slices.Clip(problems), more...); len(problems) > 0 {
		return nil, &Refused{problems}
	}
	err = w.Put(ctx, j)
	if refused, ok := errors.AsType[*store.RefusedError](err); ok {
		return nil, contradiction(refused)
	} else if err != nil {
		return nil, err
	}
	records, err := w.Records(ctx, []diplomacy.ID{j.ID})
	if err != nil {
		return nil, err
	}
	return records[0].(*diplomacy.Judgement), nil
}

// draft makes the judgement: a new one, or the next version of the existing one of the
// pair.
func (r JudgeRequest) draft(ctx context.Context, w store.Writer) (*diplomacy.Judgement, []Problem, error) {
	d := reference.NewDirectory(w)
	if err := d.LookUp(ctx, r.A, r.B); err != nil {
		return nil, nil, err
	}
	j := &diplomacy.Judgement{Verdict: r.Verdict, Reasons: r.Reasons}
	a, b, problems := r.pair(d)
	if j.A, j.B = min(a, b), max(a, b); len(problems) > 0 { // placeholders, to validate the other fields
		j.A, j.B = diplomacy.MakeID(diplomacy.KindPerson, 1), diplomacy.MakeID(diplomacy.KindPerson, 2)
	} else {
		var err error
		if j.ID, err = judgementOf(ctx, w, j.A, j.B); err != nil {
			return nil, nil, err
		}
		if problems, err = restrictedApart(ctx, w, j); err != nil {
			return nil, nil, err
		}
	}
	var invalid diplomacy.Problems
	errors.As(j.Validate(), &invalid)
	for _, p := range invalid {
		problems = append(problems, Problem{pathOf(p.Field), Invalid, p.Reason})
	}
	return j, problems, nil
}

// pair returns the two entities.
func (r JudgeRequest) pair(d *reference.Directory) (a, b diplomacy.ID, problems []Problem) {
	ids := [2]diplomacy.ID{}
	for i, ref := range []Ref{r.A, r.B} {
		field := []string{string(rune('a' + i))}
		switch record := d.Record(ref); {
		case record == nil:
			problems = append(problems, Problem{field, codeOf(ref), d.Missing(ref)})
		case !record.Kind().IsEntity():
			problems = append(problems, Problem{field, Invalid, fmt.Sprintf("%s is not an entity; only entities are judged", record.Header().ID)})
		default:
			ids[i] = record.Header().ID
		}
	}
	switch a, b := ids[0], ids[1]; {
	case len(problems) > 0:
	case a == b:
		problems = append(problems, Problem{[]string{"b"}, Invalid, "is the same record as a; a judgement is about two"})
	case a.Kind() != b.Kind():
		problems = append(problems, Problem{[]string{"b"}, Invalid, fmt.Sprintf("is of type %s, and a of type %s; they cannot be the same", b.Kind(), a.Kind())})
	}
	return ids[0], ids[1], problems
}

// judgementOf finds the current judgement on two entities; zero if there is none.
func judgementOf(ctx context.Context, r store.Reader, a, b diplomacy.ID) (diplomacy.ID, error) {
	pages, err := r.Links(ctx, store.LinkQuery{
		Of: []diplomacy.ID{a}, Along: judging, Where: store.LinkFilter{Nodes: []diplomacy.ID{b}}, Page: store.Page{Limit: 1},
	})
	if err != nil || len(pages[0].Links) == 0 {
		return 0, err
	}
	return pages[0].Links[0].Via, nil
}

// judging leads from an entity to the judgements on it.
var judging = []store.Arc{{Kind: diplomacy.KindJudgement, Direction: store.Out}}

// contradiction translates the store's refusal of a judgement.
func contradiction(refused *store.RefusedError) error {
	var problems []Problem
	for _, p := range refused.Refusals[0].Problems {
		code := Invalid
		if p.Field == "verdict" {
			code = Contradicts
		}
		problems = append(problems, Problem{pathOf(p.Field), code, p.Reason})
	}
	return &Refused{problems}
}

// warn adds what a judgement, or undoing it, caused.
func (j *Judged) warn(ctx context.Context, s store.Store) {
	j.Warnings = &Warnings{Complete: true}
	if j.Judgement != nil {
		j.Warnings = warnCommitted(ctx, s, j.Transaction.Number, nil, j.Judgement.ID, j.Judgement.A, j.Judgement.B)
	}
}
