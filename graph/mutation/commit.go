package mutation

import (
	"context"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// CommitPayload is what became of a commit, or of the undoing of one.
type CommitPayload struct {
	Transaction *diplomacy.Transaction // nil when nothing was written
	Outcomes    []*Outcome
	Replayed    bool
	UserErrors  []curation.Problem
}

// Outcome is what became of one record.
type Outcome struct {
	curation.Outcome
	Path []string // where in the input it was asked for
	Ref  string   // the label it was given there
	dry  bool
}

// Node is the record after the commit.
func (o *Outcome) Node(ctx context.Context) (model.Node, error) {
	if o.dry || o.Action == "CLOSED" {
		return nil, nil
	}
	return model.NodeOfID(ctx, o.ID)
}

// Commit asks for the changes of a CommitInput. The store is as the author may
// use it.
func Commit(ctx context.Context, s store.Store, author string, input map[string]any) (*CommitPayload, error) {
	if n := len(model.Elements(input["changes"])); n > curation.MaxChanges { // to read them would take long
		return &CommitPayload{UserErrors: []curation.Problem{tooMany(n)}}, nil
	}
	r := &reading{}
	r.changes(input["changes"])
	request := r.request(author, input)
	if len(r.problems) > 0 { // ask only what else is wrong
		request.DryRun, request.Key = true, ""
	}
	result, err := curation.Commit(ctx, s, request)
	problems, err := refused(err)
	if err != nil {
		return nil, err
	}
	if problems = r.told(problems); len(problems) > 0 {
		return &CommitPayload{UserErrors: problems}, nil
	}
	payload := show(result, request.DryRun)
	for i, o := range payload.Outcomes {
		o.Path, o.Ref = r.steps[i].Path, r.steps[i].ref
	}
	return payload, payload.ahead(ctx)
}

func (r *reading) request(author string, input map[string]any) curation.Request {
	request := curation.Request{
		Author: author, Message: text(input["message"]), Key: text(input["idempotencyKey"]),
		DryRun: boolean(input["dryRun"]), Unsourced: boolean(input["unsourced"]),
	}
	for _, s := range r.steps {
		request.Changes = append(request.Changes, s.Change)
	}
	return request
}

// Revert asks for the undoing of the transaction of a RevertInput.
func Revert(ctx context.Context, s store.Store, author string, input map[string]any) (*CommitPayload, error) {
	number, err := model.UnmarshalTxNumber(input["transaction"])
	if err != nil || number == 0 {
		r := &reading{}
		r.refuse([]string{"input", "transaction"}, "is no transaction; they are counted from 1")
		return &CommitPayload{UserErrors: r.problems}, nil //nolint:nilerr // it is told in the payload
	}
	result, err := curation.Revert(ctx, s, curation.RevertRequest{Author: author, Message: text(input["message"]), Number: number})
	problems, err := refused(err)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return &CommitPayload{UserErrors: inInput(problems, "transaction")}, nil
	}
	payload := show(result, false)
	for _, o := range payload.Outcomes {
		o.Path = []string{"input", "transaction"}
	}
	return payload, payload.ahead(ctx)
}

// show makes the payload of what was done.
func show(result curation.Result, dry bool) *CommitPayload {
	p := &CommitPayload{Replayed: result.Replayed, Transaction: written(result.Transaction)}
	for _, o := range result.Outcomes {
		p.Outcomes = append(p.Outcomes, &Outcome{Outcome: o, dry: dry})
	}
	return p
}

// written is a transaction; nil for that of nothing.
func written(t diplomacy.Transaction) *diplomacy.Transaction {
	if t.Number == 0 {
		return nil
	}
	return &t
}

// ahead fetches what is selected of the records.
func (p *CommitPayload) ahead(ctx context.Context) error {
	var ids []diplomacy.ID
	for _, o := range p.Outcomes {
		if !o.dry && o.Action != "CLOSED" {
			ids = append(ids, o.ID)
		}
	}
	return model.AheadAlong(ctx, ids, "outcomes", "node")
}

// inInput puts the problems of a request without changes where its input has
// them; those of the whole request at the one field that it is about, if any.
func inInput(problems []curation.Problem, sole string) []curation.Problem {
	for i := range problems {
		if len(problems[i].Path) == 0 && sole != "" {
			problems[i].Path = []string{sole}
		}
		problems[i].Path = within(problems[i].Path, requestNames)
	}
	return problems
}
