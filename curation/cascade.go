package curation

import (
	"context"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// MaxCascade is how many transactions one revert undoes.
const MaxCascade = 100

// cascade is one attempt of a revert, of one transaction or of several.
type cascade struct {
	ctx     context.Context
	w       store.Writer
	request RevertRequest

	done     []diplomacy.TxNumber // in the order in which they were undone
	begun    []diplomacy.TxNumber
	changes  int                               // of the transactions that were undone along
	ids      []diplomacy.ID                    // of the records that they changed
	original map[diplomacy.ID]diplomacy.Record // as they were before the revert
}

// revert undoes a transaction, after those that stand in the way.
func (c *cascade) revert(number diplomacy.TxNumber) error {
	c.begun = append(c.begun, number)
	for {
		v := &reversal{ctx: c.ctx, w: c.w, number: number, closes: map[diplomacy.ID]bool{}, changes: map[diplomacy.ID]bool{}}
		if err := v.read(); err != nil {
			return err
		}
		c.note(v)
		b, err := v.undo()
		if err != nil {
			return err
		}
		if b == nil {
			c.done = append(c.done, number)
			return nil
		}
		if err := c.revertFirst(v, b); err != nil {
			return err
		}
	}
}

// undo restores the records of a transaction, unless a later one prevents it.
func (v *reversal) undo() (*block, error) {
	if b, err := v.firstBlock(); b != nil || err != nil {
		return b, err
	}
	if b, err := v.restore(); b != nil || err != nil {
		return b, err
	}
	return nil, v.markUnsourced()
}

// note remembers what records were before the revert.
func (c *cascade) note(v *reversal) {
	for _, r := range v.records {
		if _, known := c.original[r.id]; !known {
			c.original[r.id], c.ids = r.now, append(c.ids, r.id)
		}
	}
}

// revertFirst undoes a transaction that prevents a reversal, if that is requested.
func (c *cascade) revertFirst(v *reversal, b *block) error {
	if !c.request.Cascade {
		return v.blocked(b)
	}
	number, err := c.committed(v, b)
	if err != nil {
		return err
	}
	transactions, err := c.w.Transactions(c.ctx, []diplomacy.TxNumber{number})
	if err != nil {
		return err
	}
	if number >= c.w.Revision() || transactions[0] == nil || slices.Contains(c.begun, number) {
		return v.blocked(b)
	}
	c.changes += transactions[0].Changes
	if len(c.begun) >= MaxCascade || c.changes > MaxChanges {
		return refuse(TooLarge, fmt.Sprintf("more than %d transactions, or %d changes, would be reverted, the last of them transaction %d; revert some of the later ones first",
			MaxCascade, MaxChanges, number), "number")
	}
	return c.revert(number)
}

// committed returns the transaction of a block. A record that this revert itself has put
// back stands in the way on account of the transaction that wrote it last.
func (c *cascade) committed(v *reversal, b *block) (diplomacy.TxNumber, error) {
	if pending := c.w.Revision(); b.number < pending || b.record == 0 {
		return b.number, nil
	}
	versions, err := c.w.Versions(c.ctx, []diplomacy.ID{b.record}, c.w.Revision(), store.MaxPage)
	if err != nil {
		return 0, err
	}
	for _, version := range versions[0] {
		if from := version.Header().From; from > v.number && !slices.Contains(c.begun, from) {
			return from, nil
		}
	}
	return b.number, nil
}

// outcomes compares the records with what they were before the revert.
func (c *cascade) outcomes() ([]Outcome, error) {
	records, err := recordsOf(c.ctx, c.w, c.ids)
	if err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(c.ids))
	for i, id := range c.ids {
		outcomes[i] = outcomeOf(id, c.original[id], records[i])
	}
	return outcomes, nil
}
