package fetch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"
)

// names are the records of a graph by the names that tests show.
type names map[diplomacy.ID]string

// namesOf names the entities of a graph by their slugs, and other records by those that
// they refer to.
func namesOf(t *testing.T, s store.Store) names {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.View{})
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	all := names{}
	var changed []diplomacy.ID
	for number := diplomacy.TxNumber(1); number <= snapshot.Revision(); number++ {
		changes, err := snapshot.Changes(t.Context(), number, 0, 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range changes {
			changed = append(changed, change.Record)
		}
	}
	var records []diplomacy.Record
	for part := range slices.Chunk(changed, store.MaxPage) {
		versions, err := snapshot.Versions(t.Context(), part, 0, 1) // which resolve no merged records
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			records = append(records, v...)
		}
	}
	order := map[bool]int{true: 0, false: 1}
	isStatement := func(r diplomacy.Record) bool { _, is := r.(*diplomacy.Statement); return is }
	isEntity := func(r diplomacy.Record) bool { _, is := r.(diplomacy.Entity); return is }
	slices.SortStableFunc(records, func(a, b diplomacy.Record) int { // statements before their evidence
		return cmp.Or(order[isEntity(a)]-order[isEntity(b)], order[isStatement(a)]-order[isStatement(b)])
	})
	for _, record := range records {
		all[record.Header().ID] = all.name(record)
	}
	return all
}

func (n names) name(record diplomacy.Record) string {
	switch r := record.(type) {
	case diplomacy.Entity:
		return cmp.Or(r.Base().Slug, fmt.Sprintf("%s %d", r.Kind(), len(n)))
	case *diplomacy.Statement:
		return fmt.Sprintf("[%s %s %s]", n[r.Subject], diplomacy.RuleOf(r.Predicate).Name, n[r.Object])
	case *diplomacy.Evidence:
		return fmt.Sprintf("[%s of %s in %s]", r.Part, n[r.About], n[r.Source])
	case *diplomacy.Judgement:
		return fmt.Sprintf("[%s %s %s]", n[r.A], r.Verdict, n[r.B])
	}
	return ""
}

// of returns the names of records; of many, the first and how many.
func (n names) of(ids []diplomacy.ID) string {
	const most = 6
	var texts []string
	for i, id := range ids {
		if i == most {
			texts = append(texts, fmt.Sprintf("and %d more", len(ids)-most))
			break
		}
		texts = append(texts, cmp.Or(n[id], "nothing"))
	}
	return strings.Join(texts, ", ")
}

// answer shows the answer of a field.
func (n names) answer(value any) string {
	switch v := value.(type) {
	case error:
		return "error: " + v.Error()
	case diplomacy.ID:
		return n.of([]diplomacy.ID{v})
	case *paging.Links:
		return n.linkPage(v)
	case *model.OfficeHolding:
		var ids []diplomacy.ID
		for _, link := range v.Links {
			ids = append(ids, link.Node)
		}
		return fmt.Sprint(v.State, " by ", n.of(ids))
	case *listPage:
		var ids []diplomacy.ID
		for _, entry := range v.Entries {
			ids = append(ids, entry.ID)
		}
		return n.of(ids) + count(v.count)
	case []model.Node:
		return fmt.Sprintf("%d nodes", len(v))
	case []diplomacy.Entity:
		var ids []diplomacy.ID
		for _, entity := range v {
			if entity == nil {
				ids = append(ids, 0)
				continue
			}
			ids = append(ids, entity.Header().ID)
		}
		return n.of(ids)
	case *model.VersionConnection:
		return fmt.Sprintf("%d versions", len(v.Items))
	case *model.TransactionConnection:
		return fmt.Sprintf("%d transactions", len(v.Items))
	case *model.ImpactConnection:
		return fmt.Sprintf("%d impacts", len(v.Items))
	case *model.FindingConnection:
		return fmt.Sprintf("%d findings", len(v.Items))
	}
	return fmt.Sprintf("%T", value)
}

func (n names) linkPage(p *paging.Links) string {
	var texts []string
	for _, link := range p.Links {
		text := n[link.Node]
		if len(link.Before) > 0 {
			text += " by way of " + n.of(link.Before)
		}
		texts = append(texts, text)
	}
	text := cmp.Or(strings.Join(texts, ", "), "nothing")
	if p.Next {
		text += ", and there are more"
	}
	return text + count(p.Count)
}

func count(c store.Count) string {
	if c == (store.Count{}) {
		return ""
	}
	return fmt.Sprintf(" (of %d)", c.N)
}
