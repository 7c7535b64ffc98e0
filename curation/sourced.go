package curation

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// source asks for evidence of every statement that this commit makes, or whose
// evidence it withdraws.
func (r *run) source() error {
	asked, vague := r.evidenceAsked()
	if vague {
		return nil // it may have been for any of them; its own problem is told
	}
	var ids []diplomacy.ID
	var of []*step
	for _, s := range r.steps {
		if id := s.needs(); id != 0 && !asked[id] {
			ids, of = append(ids, id), append(of, s)
		}
	}
	bare, err := unsourced(r.ctx, r.w, ids)
	if err != nil {
		return err
	}
	for i, s := range of {
		if bare[ids[i]] && !r.request.Unsourced {
			s.fault(Unsourced, nil, "%s", s.wants())
		}
	}
	r.unsourced = len(bare) > 0
	return nil
}

// needs is the statement that has to have evidence because of the step; zero for
// none.
func (s *step) needs() diplomacy.ID {
	switch e, withdrawn := s.current.(*diplomacy.Evidence); {
	case s.Action == Put && s.current == nil && s.id.Kind().IsStatement():
		return s.id
	case s.Action == Close && withdrawn && s.id != 0 && e.About.Kind().IsStatement():
		return e.About
	}
	return 0
}

func (s *step) wants() string {
	if s.Action == Close {
		return "is the last evidence of " + s.current.(*diplomacy.Evidence).About.String() + "; give another in the same commit, or close the statement, or say that it is meant to be unsourced"
	}
	return "has no evidence; give some in the same commit, or say that it is meant to be unsourced"
}

// evidenceAsked are the statements for which evidence was given that could not be
// put; vague if it is not known for which.
func (r *run) evidenceAsked() (asked map[diplomacy.ID]bool, vague bool) {
	asked = map[diplomacy.ID]bool{}
	for _, s := range r.steps {
		e, ok := s.record.(*diplomacy.Evidence)
		if !ok || !s.failed || s.current != nil {
			continue
		}
		asked[e.About] = true
		vague = vague || s.told([]string{"about"})
	}
	return asked, vague
}

// unsourced are those of the statements, as far as they are there, that have no
// evidence.
func unsourced(ctx context.Context, r store.Reader, ids []diplomacy.ID) (map[diplomacy.ID]bool, error) {
	records, err := r.Records(ctx, ids)
	if err != nil {
		return nil, err
	}
	counts, err := r.CountLinks(ctx, store.LinkQuery{Of: ids, Along: []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.Out}}})
	if err != nil {
		return nil, err
	}
	bare := map[diplomacy.ID]bool{}
	for i, id := range ids {
		if records[i] != nil && counts[i].N == 0 {
			bare[id] = true
		}
	}
	return bare, nil
}
