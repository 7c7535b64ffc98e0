package mutation

import (
	"context"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/model"
	"chancery/store"
)

// JudgementPayload is the result of a judgement or of undoing one.
type JudgementPayload struct {
	Judgement   *model.Judgement
	Transaction *diplomacy.Transaction // nil when nothing was written
	UserErrors  []curation.Problem
	warned
}

// Entity returns the canonical record of the first of the two entities.
func (p *JudgementPayload) Entity(ctx context.Context) (diplomacy.Entity, error) {
	if p.Judgement == nil {
		return nil, nil
	}
	return fetch.Canonical(ctx, p.Judgement.Judgement.A)
}

// Judge records the verdict of a JudgeInput, or reports problems.
func Judge(ctx context.Context, s store.Store, author string, input map[string]any) (*JudgementPayload, error) {
	request := curation.JudgeRequest{
		Author: author, Message: text(input["message"]), Verdict: diplomacy.Term(text(input["verdict"])),
		A: target(input["a"]), B: target(input["b"]), Warn: warn(ctx),
	}
	for _, reason := range model.Elements(input["reasons"]) {
		request.Reasons = append(request.Reasons, text(reason))
	}
	judged, err := curation.Judge(ctx, s, request)
	return judgement(ctx, judged, err, "")
}

// Undo withdraws the judgement of an UndoJudgementInput, or reports problems.
func Undo(ctx context.Context, s store.Store, author string, input map[string]any) (*JudgementPayload, error) {
	judged, err := curation.Undo(ctx, s, curation.UndoRequest{
		Author: author, Message: text(input["message"]), Judgement: target(input["judgement"]), Warn: warn(ctx),
	})
	return judgement(ctx, judged, err, "judgement")
}

// judgement returns the payload of a result. Problems without a path are reported at a
// field, if one is given.
func judgement(ctx context.Context, judged curation.Judged, err error, field string) (*JudgementPayload, error) {
	problems, err := problemsOf(err)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return &JudgementPayload{UserErrors: atField(problems, field)}, nil
	}
	payload := &JudgementPayload{Transaction: transactionOrNil(judged.Transaction)}
	if judged.Judgement == nil {
		return payload, nil
	}
	payload.Judgement = &model.Judgement{Judgement: judged.Judgement}
	if payload.warned, err = warningsOf(ctx, judged.Warnings, nil); err != nil {
		return nil, err
	}
	return payload, fetch.Along(ctx, []diplomacy.ID{judged.Judgement.ID}, "judgement")
}
