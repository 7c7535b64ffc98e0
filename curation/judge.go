package curation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// Judge records a verdict, or changes the one there is of the pair. The entities are
// those named, whatever they are held to be the same as already: so each judgement
// stands for itself, and its undoing takes nothing else along.
//
// Its problems lie at a, b, verdict and reasons.
func Judge(ctx context.Context, s store.Store, r JudgeRequest) (Judged, error) {
	problems := append(signed(r.Author, r.Message), r.problems()...)
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
	return judged, nil
}

// problems are those that need no store to be seen.
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
		return nil, contradiction(refused.Problems)
	} else if err != nil {
		return nil, err
	}
	records, err := w.Records(ctx, []diplomacy.ID{j.ID})
	if err != nil {
		return nil, err
	}
	return records[0].(*diplomacy.Judgement), nil
}

// draft is the judgement as it is to be: a new one, or the next version of the one
// there is of the pair.
func (r JudgeRequest) draft(ctx context.Context, w store.Writer) (*diplomacy.Judgement, []Problem, error) {
	d := newDirectory(ctx, w)
	if err := d.learn(r.A, r.B); err != nil {
		return nil, nil, err
	}
	j := &diplomacy.Judgement{Verdict: r.Verdict, Reasons: r.Reasons}
	a, b, problems, err := r.pair(d)
	if err != nil {
		return nil, nil, err
	}
	if j.A, j.B = min(a, b), max(a, b); len(problems) > 0 { // the rest is judged by a pair that would do
		j.A, j.B = diplomacy.MakeID(diplomacy.KindPerson, 1), diplomacy.MakeID(diplomacy.KindPerson, 2)
	} else if j.ID, err = judgementOf(ctx, w, j.A, j.B); err != nil {
		return nil, nil, err
	}
	var invalid diplomacy.Problems
	errors.As(j.Validate(), &invalid)
	for _, p := range invalid {
		problems = append(problems, Problem{pathOf(p.Field), Invalid, p.Reason})
	}
	return j, problems, nil
}

// pair are the two entities.
func (r JudgeRequest) pair(d *directory) (a, b diplomacy.ID, problems []Problem, err error) {
	ids := [2]diplomacy.ID{}
	for i, ref := range []Ref{r.A, r.B} {
		field := []string{string(rune('a' + i))}
		switch record := d.records[ref]; {
		case record == nil:
			message, err := d.missing(ref)
			if err != nil {
				return 0, 0, nil, err
			}
			problems = append(problems, Problem{field, codeOf(ref), message})
		case !record.Kind().IsEntity():
			problems = append(problems, Problem{field, Invalid, fmt.Sprintf("%s is no entity; only entities are judged", record.Header().ID)})
		default:
			ids[i] = record.Header().ID
		}
	}
	switch a, b := ids[0], ids[1]; {
	case len(problems) > 0:
	case a == b:
		problems = append(problems, Problem{[]string{"b"}, Invalid, "is the same record as a; a judgement is about two"})
	case a.Kind() != b.Kind():
		problems = append(problems, Problem{[]string{"b"}, Invalid, fmt.Sprintf("is of type %s, and a of type %s; those are never the same", b.Kind(), a.Kind())})
	}
	return ids[0], ids[1], problems, nil
}

// judgementOf is the current judgement of two entities; zero if there is none.
func judgementOf(ctx context.Context, r store.Reader, a, b diplomacy.ID) (diplomacy.ID, error) {
	pages, err := r.Links(ctx, store.LinkQuery{
		Of: []diplomacy.ID{a}, Along: judging, Where: store.LinkFilter{Nodes: []diplomacy.ID{b}}, Page: store.Page{Limit: 1},
	})
	if err != nil || len(pages[0].Links) == 0 {
		return 0, err
	}
	return pages[0].Links[0].Via, nil
}

// judging is the way from an entity to the judgements of it.
var judging = []store.Arc{{Kind: diplomacy.KindJudgement, Direction: store.Out}}

// contradiction is the refusal of a judgement by the store.
func contradiction(refused diplomacy.Problems) error {
	var problems []Problem
	for _, p := range refused {
		code := Invalid
		if p.Field == "verdict" {
			code = Contradicts
		}
		problems = append(problems, Problem{pathOf(p.Field), code, p.Reason})
	}
	return &Refused{problems}
}
