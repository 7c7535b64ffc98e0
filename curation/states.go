package curation

import (
	"chancery/diplomacy"
	"chancery/store"
)

// state is what a record was from a transaction on; nil where it was not in the graph.
type state struct {
	since  diplomacy.TxNumber
	record diplomacy.Record
}

// statesOf reads the states of records back to the transaction that is reverted, the
// newest first: a page of each in one call, the rest of those that have more record by
// record.
func (v *reversal) statesOf(ids []diplomacy.ID) (map[diplomacy.ID][]state, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	pages, err := v.w.Versions(v.ctx, ids, 0, store.MaxPage)
	if err != nil {
		return nil, err
	}
	states := map[diplomacy.ID][]state{}
	for i, id := range ids {
		for page := pages[i]; len(page) > 0; {
			states[id] = appendStates(states[id], page)
			last := page[len(page)-1].Header().From
			if len(page) < store.MaxPage || last <= v.number {
				break
			}
			next, err := v.w.Versions(v.ctx, []diplomacy.ID{id}, last, store.MaxPage)
			if err != nil {
				return nil, err
			}
			page = next[0]
		}
	}
	return states, nil
}

// appendStates adds the states of versions, and those between them in which there was
// no record.
func appendStates(states []state, versions []diplomacy.Record) []state {
	for _, version := range versions {
		h := version.Header()
		next := diplomacy.TxNumber(0)
		if len(states) > 0 {
			next = states[len(states)-1].since
		}
		if h.Until != 0 && h.Until != next {
			states = append(states, state{h.Until, nil})
		}
		states = append(states, state{h.From, version})
	}
	return states
}
