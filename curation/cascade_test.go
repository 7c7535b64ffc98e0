package curation_test

import (
	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"

	"github.com/google/go-cmp/cmp"
)

// cascade reverts a transaction together with those that depend on it, after a dry run,
// which must predict the outcome. Then what the transaction changed is as it was before.
func (m *machine) cascade(number diplomacy.TxNumber) {
	request := curation.RevertRequest{Number: number, Cascade: true, DryRun: true}
	revert := func(s store.Store) (any, error) { return curation.Revert(m.Context(), s, request) }
	was := m.last
	dry, ok := m.make(revert).(curation.Result)
	if m.last != was {
		m.Fatalf("a dry run wrote transaction %d", m.last)
	}
	request.DryRun = false
	done, again := m.make(revert).(curation.Result)
	if ok != again {
		m.Fatalf("a dry run of reverting %d was answered with %+v, the revert with %+v", number, dry, done)
	}
	if !ok {
		return
	}
	done.Transaction = diplomacy.Transaction{}
	if diff := cmp.Diff(dry, done, alike); diff != "" {
		m.Fatalf("the dry run says otherwise than the revert (-dry +done)\n%s", diff)
	}
	m.asBefore(number)
}

// asBefore checks that what a transaction changed has the values that it had before.
func (m *machine) asBefore(number diplomacy.TxNumber) {
	now := m.open(m.stores[0], store.Everything(0))
	defer now.Release()
	changes, err := now.Changes(m.Context(), number, 0, store.MaxPage)
	if err != nil {
		m.Fatal(err)
	}
	ids := make([]diplomacy.ID, len(changes))
	for i, c := range changes {
		ids[i] = c.Record
	}
	before := make([]diplomacy.Record, len(ids))
	if number > 1 {
		then := m.open(m.stores[0], store.Everything(number-1))
		defer then.Release()
		if before, err = then.Records(m.Context(), ids); err != nil {
			m.Fatal(err)
		}
	}
	records, err := now.Records(m.Context(), ids)
	if err != nil {
		m.Fatal(err)
	}
	for i, id := range ids {
		gone := before[i] == nil || records[i] == nil
		if gone && (before[i] != nil || records[i] != nil) || !gone && len(diplomacy.Differences(before[i], records[i])) > 0 {
			m.Fatalf("after reverting transaction %d, %s is %+v; it was %+v", number, id, records[i], before[i])
		}
	}
}
