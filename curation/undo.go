package curation

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// Undo closes a judgement: reads answer as if it had never been made, with any of
// the verdicts that it has had. A later judgement that was made of what it had
// joined blocks it, and is named. Undoing what is undone already does nothing, and
// is no error.
//
// Its problems lie at judgement.
func Undo(ctx context.Context, s store.Store, r UndoRequest) (Judged, error) {
	if problems := signed(r.Author, r.Message); len(problems) > 0 {
		return Judged{}, &Refused{problems}
	}
	var judged Judged
	by := store.Commit{Author: r.Author, Message: r.Message}
	transaction, err := s.Write(ctx, by, func(w store.Writer) error {
		j, current, err := r.find(ctx, w)
		if err != nil {
			return err
		}
		if judged.Judgement = j; !current {
			return nil
		}
		since, err := joinedSince(ctx, w, j)
		if err != nil {
			return err
		}
		later, err := builtOn(ctx, w, j, since)
		if err != nil {
			return err
		}
		if later != nil {
			return refuse(Blocked, fmt.Sprintf("%s of transaction %d was made of what this one had joined; undo that one first", later.ID, later.From), "judgement")
		}
		return w.Retract(ctx, j.ID)
	})
	if err != nil {
		return Judged{}, err
	}
	judged.Transaction = transaction
	return judged, nil
}

// find gives the judgement, be it current or in its last version.
func (r UndoRequest) find(ctx context.Context, w store.Writer) (j *diplomacy.Judgement, current bool, err error) {
	a, err := r.Judgement.address()
	switch {
	case err != nil:
		return nil, false, refuse(Invalid, err.Error(), "judgement")
	case a.id.Kind() != diplomacy.KindJudgement:
		return nil, false, refuse(Invalid, fmt.Sprintf("%s is not the id of a judgement", diplomacy.Shorten(string(r.Judgement))), "judgement")
	}
	versions, err := w.Versions(ctx, []diplomacy.ID{a.id}, 0, 1)
	if err != nil {
		return nil, false, err
	}
	if len(versions[0]) == 0 {
		return nil, false, refuse(Unknown, fmt.Sprintf("there is no %s", a.id), "judgement")
	}
	last := versions[0][0].(*diplomacy.Judgement)
	return last, last.Until == 0, nil
}

// joinedSince is the transaction that gave a judgement the verdict it has: changing
// the reasons for it joins nothing anew.
func joinedSince(ctx context.Context, r store.Reader, j *diplomacy.Judgement) (diplomacy.TxNumber, error) {
	versions, err := r.Versions(ctx, []diplomacy.ID{j.ID}, 0, store.MaxPage)
	if err != nil {
		return 0, err
	}
	since := j.From
	for _, version := range versions[0] {
		h := version.Header()
		if version.(*diplomacy.Judgement).Verdict != j.Verdict || h.Until != 0 && h.Until < since {
			break
		}
		since = h.From
	}
	return since, nil
}

// builtOn is the earliest of the judgements that were made or changed after a transaction of an
// entity of the group that a judgement holds together; nil if there is none. What
// joins nothing, nothing builds on.
func builtOn(ctx context.Context, r store.Reader, j *diplomacy.Judgement, since diplomacy.TxNumber) (*diplomacy.Judgement, error) {
	if j.Verdict != "SAME" {
		return nil, nil
	}
	groups, err := r.Same(ctx, []diplomacy.ID{j.A})
	if err != nil {
		return nil, err
	}
	var members []diplomacy.ID
	for _, m := range groups[0] {
		members = append(members, m.Header().ID)
	}
	judgements, err := judgementsOf(ctx, r, members)
	if err != nil {
		return nil, err
	}
	var first *diplomacy.Judgement
	for _, other := range judgements {
		if other.ID != j.ID && other.From > since && (first == nil || other.From < first.From) {
			first = other
		}
	}
	return first, nil
}

// judgementsOf are all current judgements of some entities, by those and then by
// their ids.
func judgementsOf(ctx context.Context, r store.Reader, ids []diplomacy.ID) ([]*diplomacy.Judgement, error) {
	var vias []diplomacy.ID
	for _, id := range ids {
		for link, err := range store.AllLinks(ctx, r, id, judging...) {
			if err != nil {
				return nil, err
			}
			vias = append(vias, link.Via)
		}
	}
	records, err := r.Records(ctx, vias)
	if err != nil {
		return nil, err
	}
	var judgements []*diplomacy.Judgement
	for _, r := range records {
		if j, ok := r.(*diplomacy.Judgement); ok {
			judgements = append(judgements, j)
		}
	}
	return judgements, nil
}
