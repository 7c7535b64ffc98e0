package curation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// receipt is what a transaction keeps of a commit under its key, to answer a retry. The
// zero receipt belongs to a commit without a key.
type receipt struct {
	key      string
	Digest   string           `json:"digest"` // of the request
	Outcomes []receiptOutcome `json:"outcomes"`
}

type receiptOutcome struct {
	Label    string         `json:"label,omitempty"`
	Kind     diplomacy.Kind `json:"kind"`
	ID       diplomacy.ID   `json:"id"`
	Action   diplomacy.Term `json:"action,omitempty"`
	Revision uint32         `json:"revision,omitempty"`
	Along    int            `json:"along,omitempty"`
}

func newReceipt(r Request) (*receipt, error) {
	if r.Key == "" {
		return &receipt{}, nil
	}
	asked := r
	asked.Author, asked.Key, asked.DryRun = "", "", false
	asked.Changes = make([]Change, len(r.Changes))
	for i, c := range r.Changes {
		c.Path = nil
		asked.Changes[i] = c
	}
	text, err := json.Marshal(asked) // sorts the keys of Fields
	if err != nil {
		return nil, &Refused{[]Problem{{[]string{"changes"}, Invalid, fmt.Sprintf("a value is not valid JSON: %v", err)}}}
	}
	// Both names are of any length and may hold anything; a digest of the two is
	// neither long nor ambiguous.
	return &receipt{key: "commit " + digest(fmt.Sprintf("%q %q", r.Author, r.Key)), Digest: digest(string(text))}, nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// replay returns errReplayed if an earlier request with the key made the commit.
func (r *receipt) replay(ctx context.Context, w store.Writer) (Result, error) {
	if r.key == "" {
		return Result{}, nil
	}
	number, text, err := w.Receipt(ctx, r.key)
	if err != nil || number == 0 {
		return Result{}, err
	}
	var first receipt
	if err := json.Unmarshal(text, &first); err != nil {
		return Result{}, fmt.Errorf("read the receipt of transaction %d: %w", number, err)
	}
	if first.Digest != r.Digest {
		return Result{}, refuse(KeyReused, fmt.Sprintf("belongs to another request, which made transaction %d; give a new one", number), "key")
	}
	transactions, err := w.Transactions(ctx, []diplomacy.TxNumber{number})
	if err != nil {
		return Result{}, err
	}
	result := Result{Replayed: true, Outcomes: make([]Outcome, len(first.Outcomes))}
	if transactions[0] != nil {
		result.Transaction = *transactions[0]
	}
	for i, o := range first.Outcomes {
		result.Outcomes[i] = Outcome{Label: o.Label, Kind: o.Kind, ID: o.ID, Action: o.Action, Revision: o.Revision, Along: o.Along}
	}
	return result, errReplayed
}

// remember keeps the receipt with the transaction.
func (r *receipt) remember(ctx context.Context, w store.Writer, outcomes []Outcome) error {
	if r.key == "" {
		return nil
	}
	kept := receipt{Digest: r.Digest, Outcomes: make([]receiptOutcome, len(outcomes))}
	for i, o := range outcomes {
		kept.Outcomes[i] = receiptOutcome{o.Label, o.Kind, o.ID, o.Action, o.Revision, o.Along}
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return w.Remember(ctx, r.key, text)
}
