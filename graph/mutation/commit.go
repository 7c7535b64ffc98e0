package mutation

import (
	"context"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/model"
	"chancery/store"
)

// CommitPayload is the result of a commit or of a revert.
type CommitPayload struct {
	Transaction *diplomacy.Transaction // nil when nothing was written
	Outcomes    []*Outcome
	Replayed    bool
	Reverted    []diplomacy.TxNumber // by a revert
	UserErrors  []curation.Problem
	warned
}

// Outcome is the result of one change.
type Outcome struct {
	curation.Outcome
	Path []string // of the change in the input
	Ref  string   // the client's label of the record
	dry  bool
}

// Node returns the record after the commit; nil for dry runs and withdrawn records.
func (o *Outcome) Node(ctx context.Context) (model.Node, error) {
	if o.dry || o.Action == "CLOSED" {
		return nil, nil
	}
	return fetch.Node(ctx, o.ID)
}

// Commit makes the changes of a CommitInput in one transaction, or reports all problems.
// The store is restricted to what the author may do.
func Commit(ctx context.Context, s store.Store, author string, input map[string]any) (*CommitPayload, error) {
	if n := len(model.Elements(input["changes"])); n > curation.MaxChanges { // decoding them would take long
		return &CommitPayload{UserErrors: []curation.Problem{tooManyChanges(n)}}, nil
	}
	r := &decoder{}
	r.changes(input["changes"])
	request := r.request(author, input)
	request.Warn = warn(ctx)
	if len(r.problems) > 0 { // only find the other problems
		request.DryRun, request.Key = true, ""
	}
	result, err := curation.Commit(ctx, s, request)
	problems, err := problemsOf(err)
	if err != nil {
		return nil, err
	}
	if problems = r.allProblems(problems); len(problems) > 0 {
		return &CommitPayload{UserErrors: problems}, nil
	}
	payload := newPayload(result, request.DryRun)
	paths := make([][]string, len(payload.Outcomes))
	for i, o := range payload.Outcomes {
		if o.Along > 0 {
			o.Path = r.steps[o.Along-1].Path
		} else {
			o.Path, o.Ref = r.steps[i].Path, r.steps[i].ref
		}
		paths[i] = o.Path
	}
	if payload.warned, err = warningsOf(ctx, result.Warnings, paths); err != nil {
		return nil, err
	}
	return payload, payload.fetchNodes(ctx)
}

func (r *decoder) request(author string, input map[string]any) curation.Request {
	request := curation.Request{
		Author: author, Message: text(input["message"]), Key: text(input["idempotencyKey"]),
		DryRun: boolean(input["dryRun"]), Unsourced: boolean(input["unsourced"]),
	}
	for _, s := range r.steps {
		request.Changes = append(request.Changes, s.Change)
	}
	return request
}

// Revert undoes the transaction of a RevertInput by another one, or reports problems.
func Revert(ctx context.Context, s store.Store, author string, input map[string]any) (*CommitPayload, error) {
	number, err := model.UnmarshalTxNumber(input["transaction"])
	if err != nil || number == 0 {
		r := &decoder{}
		r.reject([]string{"input", "transaction"}, "is no transaction; they are counted from 1")
		return &CommitPayload{UserErrors: r.problems}, nil //nolint:nilerr // the payload reports it
	}
	request := curation.RevertRequest{
		Author: author, Message: text(input["message"]), Number: number,
		Cascade: boolean(input["cascade"]), DryRun: boolean(input["dryRun"]), Warn: warn(ctx),
	}
	result, err := curation.Revert(ctx, s, request)
	problems, err := problemsOf(err)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return &CommitPayload{UserErrors: atField(problems, "transaction")}, nil
	}
	payload := newPayload(result, request.DryRun)
	for _, o := range payload.Outcomes {
		o.Path = []string{"input", "transaction"}
	}
	if payload.warned, err = warningsOf(ctx, result.Warnings, nil); err != nil {
		return nil, err
	}
	return payload, payload.fetchNodes(ctx)
}

// newPayload returns the payload of a result.
func newPayload(result curation.Result, dry bool) *CommitPayload {
	p := &CommitPayload{Replayed: result.Replayed, Reverted: result.Reverted, Transaction: transactionOrNil(result.Transaction)}
	for _, o := range result.Outcomes {
		p.Outcomes = append(p.Outcomes, &Outcome{Outcome: o, dry: dry})
	}
	return p
}

// transactionOrNil returns a transaction; nil if nothing was written.
func transactionOrNil(t diplomacy.Transaction) *diplomacy.Transaction {
	if t.Number == 0 {
		return nil
	}
	return &t
}

// fetchNodes fetches what is selected of the records.
func (p *CommitPayload) fetchNodes(ctx context.Context) error {
	var ids []diplomacy.ID
	for _, o := range p.Outcomes {
		if !o.dry && o.Action != "CLOSED" {
			ids = append(ids, o.ID)
		}
	}
	return fetch.Along(ctx, ids, "outcomes", "node")
}

// atField sets the paths of problems of a request without changes to those in its input.
// Problems of the whole request are reported at a field, if one is given.
func atField(problems []curation.Problem, field string) []curation.Problem {
	for i := range problems {
		if len(problems[i].Path) == 0 && field != "" {
			problems[i].Path = []string{field}
		}
		problems[i].Path = inArgument(problems[i].Path, requestNames)
	}
	return problems
}
