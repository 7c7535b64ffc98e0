package curation

import (
	"cmp"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// block is a later transaction that stands in the way of a reversal, and what it did.
type block struct {
	number diplomacy.TxNumber
	did    string
	record diplomacy.ID // that it wrote; zero if it did something else
}

// earlier returns the earlier of two blocks, either of which may be nil.
func earlier(a, b *block) *block {
	if a == nil || b != nil && b.number < a.number {
		return b
	}
	return a
}

// firstBlock returns the first of the later transactions on what a reversal undoes; nil if
// there is none.
func (v *reversal) firstBlock() (*block, error) {
	b, err := v.readBuilt()
	if err != nil {
		return nil, err
	}
	var first *block
	for _, r := range v.records {
		if r.changes() {
			for _, find := range []func(reverted) *block{b.changedSince, b.referring, b.evidenceFor, b.judgedSince} {
				first = earlier(first, find(r))
			}
		}
	}
	return first, nil
}

// blocked returns the error of a reversal that a later transaction prevents.
func (v *reversal) blocked(b *block) error {
	transactions, err := v.w.Transactions(v.ctx, []diplomacy.TxNumber{b.number})
	if err != nil {
		return err
	}
	if t := transactions[0]; t != nil && t.Reverts == v.number {
		return refuse(Blocked, fmt.Sprintf("transaction %d was already reverted by transaction %d, and later ones have changed these records", v.number, b.number), "number")
	}
	return refuse(Blocked, fmt.Sprintf("transaction %d %s; revert that one first, or both with cascade", b.number, b.did), "number")
}

// built is what a reversal has read of what may have been built on its records.
type built struct {
	*reversal
	states     map[diplomacy.ID][]state // the newest first, of records changed since
	referrers  map[diplomacy.ID][]store.Link
	evidence   map[diplomacy.ID][]store.Link
	linking    map[diplomacy.ID]diplomacy.Record // the records of these links
	judgements map[diplomacy.ID][]*diplomacy.Judgement
}

// readBuilt reads it for all records at once.
func (v *reversal) readBuilt() (b *built, err error) {
	var changed, closed, valued []diplomacy.ID
	var merging []*diplomacy.Judgement
	for _, r := range v.records {
		if !r.changes() {
			continue
		}
		if !sameValues(r.after, r.now) {
			changed = append(changed, r.id)
		}
		if v.closes[r.id] && r.id.Kind().IsEntity() {
			closed = append(closed, r.id)
		}
		if r.losesValue() {
			valued = append(valued, r.id)
		}
		if j := r.losesVerdict(); j != nil {
			merging = append(merging, j)
		}
	}
	b = &built{reversal: v}
	if b.states, err = v.statesOf(changed); err != nil {
		return nil, err
	}
	if b.referrers, err = linksOf(v.ctx, v.w, closed, referring...); err != nil {
		return nil, err
	}
	if b.evidence, err = linksOf(v.ctx, v.w, valued, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out}); err != nil {
		return nil, err
	}
	if b.linking, err = viaRecords(v.ctx, v.w, b.referrers, b.evidence); err != nil {
		return nil, err
	}
	b.judgements, err = judgementsOn(v.ctx, v.w, merging)
	return b, err
}

// losesValue reports whether evidence that was recorded for what the record says now
// would lose that.
func (r reverted) losesValue() bool {
	if r.now == nil || r.now.Kind().IsEntity() {
		return r.now != nil
	}
	is, ok := r.now.(*diplomacy.Statement)
	was, _ := r.before.(*diplomacy.Statement)
	return ok && (was == nil || !is.SameValue(was))
}

// losesVerdict returns the judgement that would be withdrawn or get another verdict;
// nil for other records.
func (r reverted) losesVerdict() *diplomacy.Judgement {
	j, ok := r.now.(*diplomacy.Judgement)
	if was, is := r.before.(*diplomacy.Judgement); !ok || is && was.Verdict == j.Verdict {
		return nil
	}
	return j
}

// name returns that of a record, as it was known last.
func (r reverted) name() string {
	for _, version := range []diplomacy.Record{r.now, r.after, r.before} {
		if version != nil {
			return nameOfRecord(version)
		}
	}
	return r.id.String()
}

// changedSince finds the first change of the record since it was last as the
// transaction left it.
func (b *built) changedSince(r reverted) *block {
	if sameValues(r.after, r.now) {
		return nil
	}
	first := diplomacy.TxNumber(0)
	for _, state := range b.states[r.id] {
		if state.since <= b.number || sameValues(state.record, r.after) {
			break
		}
		first = state.since
	}
	return &block{first, "changed " + r.name() + " since", r.id}
}

// referring finds the first record that refers to one which would be closed, and is
// not changed by the reversal itself.
func (b *built) referring(r reverted) *block {
	var first *block
	for _, link := range b.referrers[r.id] {
		record := b.linking[link.Via]
		if record == nil || b.changes[link.Via] || link.Via.Kind() == diplomacy.KindEvidence && b.closes[link.Node] {
			continue
		}
		first = earlier(first, &block{record.Header().From, fmt.Sprintf("recorded %s, which refers to %s", link.Via, r.name()), link.Via})
	}
	return first
}

// evidenceFor finds the first evidence that was recorded or confirmed since for a value
// that would change.
func (b *built) evidenceFor(r reverted) *block {
	var first *block
	for _, link := range b.evidence[r.id] {
		if e, ok := b.linking[link.Via].(*diplomacy.Evidence); ok && e.Confirmed > b.number {
			first = earlier(first, &block{e.Confirmed, fmt.Sprintf("recorded or confirmed %s for the values of %s", e.ID, r.name()), e.ID})
		}
	}
	return first
}

// judgedSince finds the first judgement since on entities that a judgement merges which
// would be withdrawn.
func (b *built) judgedSince(r reverted) *block {
	j := r.losesVerdict()
	if j == nil {
		return nil
	}
	later := firstAfter(b.judgements[j.ID], j.ID, b.number)
	if later == nil || b.changes[later.ID] {
		return nil
	}
	return &block{later.From, fmt.Sprintf("made %s, on entities that %s merges", later.ID, j.ID), later.ID}
}

// cannotRestore explains why a record cannot be restored, and names the transaction
// that is the cause, if there is one.
func (v *reversal) cannotRestore(id diplomacy.ID, problem diplomacy.Problem) (*block, error) {
	var cause diplomacy.TxNumber
	for _, r := range v.records {
		if r.id != id || r.before == nil {
			continue
		}
		numbers, err := v.causes(r.before)
		if err != nil {
			return nil, err
		}
		for _, n := range numbers {
			if n > v.number && (cause == 0 || n < cause) {
				cause = n
			}
		}
	}
	text := fmt.Sprintf("%s cannot be put back: %s: %s", id, problem.Field, problem.Reason)
	if cause == 0 {
		return nil, refuse(Blocked, text, "number")
	}
	return &block{number: cause, did: "stands in the way: " + text}, nil
}

// causes returns the transactions that closed what a record refers to, and those that
// wrote the entities that have its keys now.
func (v *reversal) causes(r diplomacy.Record) ([]diplomacy.TxNumber, error) {
	var ids []diplomacy.ID
	if e, ok := r.(diplomacy.Entity); ok {
		holders, err := v.w.Find(v.ctx, keysOf(e))
		if err != nil {
			return nil, err
		}
		ids = holders
	}
	for ref := range diplomacy.References(r) {
		ids = append(ids, *ref.ID)
	}
	versions, err := v.w.Versions(v.ctx, ids, 0, 1)
	if err != nil {
		return nil, err
	}
	var numbers []diplomacy.TxNumber
	for _, page := range versions {
		for _, version := range page {
			h := version.Header()
			holdsKey := version.Kind().IsEntity() && r.Kind().IsEntity() && h.ID != r.Header().ID
			if n := cmp.Or(h.Until, h.From); h.Until != 0 || holdsKey {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers, nil
}
