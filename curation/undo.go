package curation

import (
	"context"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Undo withdraws a judgement: reads answer as if it had never been made, with any of
// the verdicts that it has had. A later judgement on one of the entities that it merges
// blocks it, and is named. Undoing a judgement twice does nothing, and is no error.
//
// The path of its problems is judgement; other errors are those of store.Store.Write.
func Undo(ctx context.Context, s store.Store, r UndoRequest) (Judged, error) {
	if problems := checkSignature(r.Author, r.Message); len(problems) > 0 {
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
		later, err := builtOn(ctx, w, judged.Judgement, since)
		if err != nil {
			return err
		}
		if later != nil {
			return refuse(Blocked, fmt.Sprintf("%s of transaction %d judges entities that this one merged; undo that one first", later.ID, later.From), "judgement")
		}
		return w.Retract(ctx, j.ID)
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

// find returns the last version of the judgement, and whether it is current.
func (r UndoRequest) find(ctx context.Context, w store.Writer) (j *diplomacy.Judgement, current bool, err error) {
	a, err := r.Judgement.Address()
	switch {
	case err != nil:
		return nil, false, refuse(Invalid, err.Error(), "judgement")
	case a.ID.Kind() != diplomacy.KindJudgement:
		return nil, false, refuse(Invalid, fmt.Sprintf("%s is not the id of a judgement", diplomacy.Shorten(string(r.Judgement))), "judgement")
	}
	versions, err := w.Versions(ctx, []diplomacy.ID{a.ID}, 0, 1)
	if err != nil {
		return nil, false, err
	}
	if len(versions[0]) == 0 {
		return nil, false, refuse(Unknown, fmt.Sprintf("there is no %s", a.ID), "judgement")
	}
	last := versions[0][0].(*diplomacy.Judgement)
	return last, last.Until == 0, nil
}

// joinedSince finds the transaction that gave a judgement the verdict that it has: to
// change only its reasons merges nothing.
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

// builtOn finds the earliest judgement that was made or changed after a transaction, on
// one of the entities that a judgement merges; nil if there is none, or if that merges
// nothing.
func builtOn(ctx context.Context, r store.Reader, j *diplomacy.Judgement, since diplomacy.TxNumber) (*diplomacy.Judgement, error) {
	groups, err := judgementsOn(ctx, r, []*diplomacy.Judgement{j})
	if err != nil {
		return nil, err
	}
	return firstAfter(groups[j.ID], j.ID, since), nil
}

// firstAfter returns the earliest of some judgements, except one, after a transaction.
func firstAfter(judgements []*diplomacy.Judgement, except diplomacy.ID, since diplomacy.TxNumber) *diplomacy.Judgement {
	var first *diplomacy.Judgement
	for _, j := range judgements {
		if j.ID != except && j.From > since && (first == nil || j.From < first.From) {
			first = j
		}
	}
	return first
}

// judgementsOn reads for each judgement that merges entities all current judgements on
// the entities of that group.
func judgementsOn(ctx context.Context, r store.Reader, merging []*diplomacy.Judgement) (map[diplomacy.ID][]*diplomacy.Judgement, error) {
	merging = slices.DeleteFunc(slices.Clone(merging), func(j *diplomacy.Judgement) bool { return j.Verdict != "SAME" })
	if len(merging) == 0 {
		return nil, nil
	}
	ids := make([]diplomacy.ID, len(merging))
	for i, j := range merging {
		ids[i] = j.A
	}
	groups, err := r.Same(ctx, ids)
	if err != nil {
		return nil, err
	}
	of, err := judgementsOf(ctx, r, slices.Concat(groups...))
	if err != nil {
		return nil, err
	}
	found := map[diplomacy.ID][]*diplomacy.Judgement{}
	for i, j := range merging {
		for _, member := range groups[i] {
			found[j.ID] = append(found[j.ID], of[member.Header().ID]...)
		}
	}
	return found, nil
}

// judgementsOf reads all current judgements on each of some entities.
func judgementsOf(ctx context.Context, r store.Reader, entities []diplomacy.Record) (map[diplomacy.ID][]*diplomacy.Judgement, error) {
	ids := make([]diplomacy.ID, len(entities))
	for i, e := range entities {
		ids[i] = e.Header().ID
	}
	links, err := linksOf(ctx, r, ids, judging...)
	if err != nil {
		return nil, err
	}
	records, err := viaRecords(ctx, r, links)
	if err != nil {
		return nil, err
	}
	judgements := map[diplomacy.ID][]*diplomacy.Judgement{}
	for id := range links {
		for _, link := range links[id] {
			if j, ok := records[link.Via].(*diplomacy.Judgement); ok {
				judgements[id] = append(judgements[id], j)
			}
		}
	}
	return judgements, nil
}
