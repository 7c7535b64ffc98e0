package mutation

import (
	"context"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// JudgementPayload is what became of a judgement, or of its undoing.
type JudgementPayload struct {
	Judgement   *model.Judgement
	Transaction *diplomacy.Transaction // nil when nothing was written
	UserErrors  []curation.Problem
}

// Entity is what the first of the two answers as.
func (p *JudgementPayload) Entity(ctx context.Context) (diplomacy.Entity, error) {
	if p.Judgement == nil {
		return nil, nil
	}
	return model.Canonical(ctx, p.Judgement.Judgement.A)
}

// Judge asks to record the verdict of a JudgeInput.
func Judge(ctx context.Context, s store.Store, author string, input map[string]any) (*JudgementPayload, error) {
	request := curation.JudgeRequest{
		Author: author, Message: text(input["message"]), Verdict: diplomacy.Term(text(input["verdict"])),
		A: target(input["a"]), B: target(input["b"]),
	}
	for _, reason := range model.Elements(input["reasons"]) {
		request.Reasons = append(request.Reasons, text(reason))
	}
	judged, err := curation.Judge(ctx, s, request)
	return judgement(ctx, judged, err, "")
}

// Undo asks to take the judgement of an UndoJudgementInput back.
func Undo(ctx context.Context, s store.Store, author string, input map[string]any) (*JudgementPayload, error) {
	judged, err := curation.Undo(ctx, s, curation.UndoRequest{
		Author: author, Message: text(input["message"]), Judgement: target(input["judgement"]),
	})
	return judgement(ctx, judged, err, "judgement")
}

// judgement makes the payload of what was done. sole is the one field that
// problems without a place are about.
func judgement(ctx context.Context, judged curation.Judged, err error, sole string) (*JudgementPayload, error) {
	problems, err := refused(err)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return &JudgementPayload{UserErrors: inInput(problems, sole)}, nil
	}
	payload := &JudgementPayload{Transaction: written(judged.Transaction)}
	if judged.Judgement == nil {
		return payload, nil
	}
	payload.Judgement = &model.Judgement{Judgement: judged.Judgement}
	return payload, model.AheadAlong(ctx, []diplomacy.ID{judged.Judgement.ID}, "judgement")
}
