package curation_test

import (
	"chancery/curation/duplicates"
	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/store"
)

// arcs are all ways from one record to others.
var arcs = func() []store.Arc {
	all := []store.Arc{{Kind: diplomacy.KindJudgement, Direction: store.Out}}
	for d := store.Out; d <= store.Behalf; d++ {
		all = append(all, store.Arc{Kind: diplomacy.KindEvidence, Direction: d})
	}
	for _, rule := range diplomacy.Vocabulary {
		for d := store.Out; d <= store.ForWhom; d++ {
			all = append(all, store.Arc{Kind: rule.Predicate, Direction: d})
		}
	}
	return all
}()

// observe reads all that can be read of the records known so far.
func (m *machine) observe(s store.Store, view store.View) observation {
	snapshot := m.open(s, view)
	defer snapshot.Release()
	ctx, whole := m.Context(), store.Page{Limit: store.MaxPage}
	var o observation
	var errs [12]error
	o.Records, errs[0] = snapshot.Records(ctx, m.known)
	o.Same, errs[1] = snapshot.Same(ctx, m.known)
	q := store.LinkQuery{Of: m.known, Along: arcs, Page: whole}
	o.Links, errs[2] = snapshot.Links(ctx, q)
	o.Counts, errs[3] = snapshot.CountLinks(ctx, store.LinkQuery{Of: m.known, Along: []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.Out}}})
	for _, kind := range diplomacy.EntityKinds {
		page, err := snapshot.List(ctx, store.ListQuery{Kind: kind, Order: store.ByName, Page: whole})
		if err != nil {
			m.Fatal(err)
		}
		o.Lists = append(o.Lists, page)
	}
	o.Found, errs[4] = snapshot.Find(ctx, keys)
	o.Versions, errs[5] = snapshot.Versions(ctx, m.known, 0, store.MaxPage)
	q.Where.Times = []store.TimeTest{{Window: diplomacy.MustParseTime("2019-06-01").Window()}}
	o.AsOf, errs[6] = snapshot.Links(ctx, q)
	o.Pairs, errs[7] = duplicates.Find(ctx, snapshot)
	page, err := findings.Search(ctx, snapshot, findings.Query{Rules: []diplomacy.Term{"UNSOURCED"}, Limit: 1000})
	for _, f := range page.Found {
		o.Bare = append(o.Bare, f.Records[0])
	}
	errs[8] = err
	for _, err := range errs {
		if err != nil {
			m.Fatal(err)
		}
	}
	return o
}
