package curation

import (
	"fmt"
	"iter"

	"chancery/diplomacy"
	"chancery/store"
)

// block is a later transaction that stands in the way of a reversal.
type block struct {
	number diplomacy.TxNumber
	text   string
}

// blocked refuses a reversal on which others built, by the first of them.
func (v *reversal) blocked() error {
	var first *block
	for _, t := range v.changed {
		if !t.turns() {
			continue
		}
		for _, find := range []func(turn) (*block, error){v.changedSince, v.referredTo, v.backed, v.judged} {
			b, err := find(t)
			if err != nil {
				return err
			}
			if b != nil && (first == nil || b.number < first.number) {
				first = b
			}
		}
	}
	if first == nil {
		return nil
	}
	return v.refuse(*first)
}

func (v *reversal) refuse(b block) error {
	transactions, err := v.w.Transactions(v.ctx, []diplomacy.TxNumber{b.number})
	if err != nil {
		return err
	}
	if t := transactions[0]; t != nil && t.Reverts == v.number {
		return refuse(Blocked, fmt.Sprintf("transaction %d was reverted already, by transaction %d, and others have changed these records since", v.number, b.number), "number")
	}
	return refuse(Blocked, fmt.Sprintf("transaction %d %s; revert that one first", b.number, b.text), "number")
}

// changedSince finds who changed the record since it was last as the transaction
// left it.
func (v *reversal) changedSince(t turn) (*block, error) {
	if same(t.after, t.now) {
		return nil, nil
	}
	first := diplomacy.TxNumber(0)
	for state, err := range v.states(t.id) {
		if err != nil {
			return nil, err
		}
		if state.since <= v.number || same(state.record, t.after) {
			break
		}
		first = state.since
	}
	return &block{first, "changed " + v.name(t) + " since"}, nil
}

// state is what a record was from a transaction on; nil where it was not there.
type state struct {
	since  diplomacy.TxNumber
	record diplomacy.Record
}

// states are those of a record, the newest first.
func (v *reversal) states(id diplomacy.ID) iter.Seq2[state, error] {
	return func(yield func(state, error) bool) {
		next := diplomacy.TxNumber(0) // since when the state after a version was
		for before := next; ; before = next {
			pages, err := v.w.Versions(v.ctx, []diplomacy.ID{id}, before, store.MaxPage)
			if err != nil || len(pages[0]) == 0 {
				if err != nil {
					yield(state{}, err)
				}
				return
			}
			for _, version := range pages[0] {
				h := version.Header()
				if h.Until != 0 && h.Until != next && !yield(state{h.Until, nil}, nil) {
					return
				}
				if next = h.From; !yield(state{next, version}, nil) {
					return
				}
			}
		}
	}
}

// name names the record of a turn by what is known of it last.
func (v *reversal) name(t turn) string {
	for _, r := range []diplomacy.Record{t.now, t.after, t.before} {
		if r != nil {
			return nameOfRecord(r)
		}
	}
	return t.id.String()
}

// referredTo finds what refers to a record that would go, and stays.
func (v *reversal) referredTo(t turn) (*block, error) {
	if !v.goes[t.id] || !t.id.Kind().IsEntity() {
		return nil, nil
	}
	var ids []diplomacy.ID
	for link, err := range store.AllLinks(v.ctx, v.w, t.id, referring...) {
		if err != nil {
			return nil, err
		}
		if !v.back[link.Via] && !(link.Via.Kind() == diplomacy.KindEvidence && v.goes[link.Node]) {
			ids = append(ids, link.Via)
		}
	}
	records, err := v.w.Records(v.ctx, ids)
	if err != nil {
		return nil, err
	}
	var first *block
	for _, r := range records {
		if first == nil || r.Header().From < first.number {
			first = &block{r.Header().From, fmt.Sprintf("recorded %s, which refers to %s", r.Header().ID, v.name(t))}
		}
	}
	return first, nil
}

// backed finds evidence that was held later against a value which would go.
func (v *reversal) backed(t turn) (*block, error) {
	if t.now == nil || !t.now.Kind().IsEntity() && !v.unsaid(t) {
		return nil, nil
	}
	var ids []diplomacy.ID
	for link, err := range store.AllLinks(v.ctx, v.w, t.id, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out}) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, link.Via)
	}
	records, err := v.w.Records(v.ctx, ids)
	if err != nil {
		return nil, err
	}
	var first *block
	for _, r := range records {
		e, ok := r.(*diplomacy.Evidence)
		if ok && e.Confirmed > v.number && (first == nil || e.Confirmed < first.number) {
			first = &block{e.Confirmed, fmt.Sprintf("recorded or confirmed %s for what %s says", e.ID, v.name(t))}
		}
	}
	return first, nil
}

// unsaid reports whether a statement will not say any more what it says.
func (v *reversal) unsaid(t turn) bool {
	is, ok := t.now.(*diplomacy.Statement)
	was, _ := t.before.(*diplomacy.Statement)
	return ok && (was == nil || !is.SameValue(was))
}

// judged finds who judged later what a judgement that would go has joined.
func (v *reversal) judged(t turn) (*block, error) {
	j, ok := t.now.(*diplomacy.Judgement)
	if was, is := t.before.(*diplomacy.Judgement); !ok || is && was.Verdict == j.Verdict {
		return nil, nil
	}
	later, err := builtOn(v.ctx, v.w, j, v.number)
	if err != nil || later == nil || v.back[later.ID] {
		return nil, err
	}
	return &block{later.From, fmt.Sprintf("made %s of what %s had joined", later.ID, j.ID)}, nil
}

// inTheWay says why a record cannot be put back, and whose doing that is.
func (v *reversal) inTheWay(id diplomacy.ID, refused *store.RefusedError) error {
	var culprit diplomacy.TxNumber
	for _, t := range v.changed {
		if t.id != id || t.before == nil {
			continue
		}
		numbers, err := v.culprits(t.before)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			if n > v.number && (culprit == 0 || n < culprit) {
				culprit = n
			}
		}
	}
	problem := refused.Problems[0]
	text := fmt.Sprintf("%s cannot be put back: %s: %s", id, problem.Field, problem.Reason)
	if culprit != 0 {
		text = fmt.Sprintf("transaction %d stands in the way: %s; revert that one first", culprit, text)
	}
	return refuse(Blocked, text, "number")
}

// culprits are the transactions that closed what a record refers to, or that wrote
// those who have its keys now.
func (v *reversal) culprits(r diplomacy.Record) ([]diplomacy.TxNumber, error) {
	var ids []diplomacy.ID
	if e, ok := r.(diplomacy.Entity); ok {
		holders, err := v.w.Find(v.ctx, keysOf(e))
		if err != nil {
			return nil, err
		}
		ids = holders
	}
	ids = append(ids, referencesOf(r)...)
	versions, err := v.w.Versions(v.ctx, ids, 0, 1)
	if err != nil {
		return nil, err
	}
	var numbers []diplomacy.TxNumber
	for _, page := range versions {
		for _, version := range page {
			if h := version.Header(); h.Until != 0 {
				numbers = append(numbers, h.Until)
			} else if version.Kind().IsEntity() && h.ID != r.Header().ID && r.Kind().IsEntity() {
				numbers = append(numbers, h.From)
			}
		}
	}
	return numbers, nil
}

// referencesOf are the records that a record refers to.
func referencesOf(r diplomacy.Record) []diplomacy.ID {
	switch r := r.(type) {
	case *diplomacy.Statement:
		return []diplomacy.ID{r.Subject, r.Object, r.OnBehalfOf, r.InCapacityOf}
	case *diplomacy.Evidence:
		return []diplomacy.ID{r.About, r.Source, r.AttributedTo}
	case *diplomacy.Judgement:
		return []diplomacy.ID{r.A, r.B}
	}
	return nil
}
