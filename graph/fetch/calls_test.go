package fetch

import (
	"context"
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// recorder is a store that writes down the calls of its snapshots.
type recorder struct {
	store.Store
	names names
	calls []string
}

func (r *recorder) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	s, err := r.Store.Read(ctx, view)
	return &recordedSnapshot{s, r}, err
}

type recordedSnapshot struct {
	store.Snapshot
	*recorder
}

func (s *recordedSnapshot) record(format string, args ...any) {
	s.calls = append(s.calls, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

func (s *recordedSnapshot) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	s.record("Records %s", s.names.of(ids))
	return s.Snapshot.Records(ctx, ids)
}

func (s *recordedSnapshot) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	var texts []string
	for _, k := range keys {
		texts = append(texts, fmt.Sprintf("%s %s:%s", k.Kind, k.Scheme, k.Value))
	}
	s.record("Find %s", strings.Join(texts, ", "))
	return s.Snapshot.Find(ctx, keys)
}

func (s *recordedSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	s.record("Links %s%s", s.links(q), page(q.Page, q.Descending))
	return s.Snapshot.Links(ctx, q)
}

func (s *recordedSnapshot) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	s.record("CountLinks %s", s.links(q))
	return s.Snapshot.CountLinks(ctx, q)
}

func (s *recordedSnapshot) links(q store.LinkQuery) string {
	var arcs []string
	for _, arc := range q.Along {
		name := arc.Kind.String()
		if rule := diplomacy.RuleOf(arc.Kind); rule != nil {
			name = rule.Name
		}
		arcs = append(arcs, fmt.Sprintf("%s(%s)", name, directions[arc.Direction]))
	}
	text := strings.Join(arcs, "+") + " of " + s.names.of(q.Of)
	if q.Distinct {
		text += " distinct"
	}
	if q.Where.Kinds != nil {
		text += fmt.Sprintf(" to %v", q.Where.Kinds)
	}
	for _, facet := range q.Where.Facets {
		text += fmt.Sprintf(" that are %v", facet.Terms)
	}
	if len(q.Where.Times) > 0 {
		text += fmt.Sprintf(" with %d tests of time", len(q.Where.Times))
	}
	return text
}

var directions = map[store.Direction]string{
	store.Out: "out", store.In: "in", store.Behalf: "behalf", store.Capacity: "capacity", store.ForWhom: "for whom",
}

func page(p store.Page, descending bool) string {
	end, order := "first", "oldest"
	if p.Last {
		end = "last"
	}
	if descending {
		order = "newest"
	}
	if p.Limit == store.MaxPage {
		return "" // all
	}
	return fmt.Sprintf(", %s %d by %s", end, p.Limit, order)
}

func (s *recordedSnapshot) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	s.record("List %s, first %d, order %v, descending %v", q.Kind, q.Page.Limit, q.Order, q.Descending)
	return s.Snapshot.List(ctx, q)
}

func (s *recordedSnapshot) CountList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	s.record("CountList %s", q.Kind)
	return s.Snapshot.CountList(ctx, q)
}

func (s *recordedSnapshot) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	s.record("Versions %s before %d, first %d", s.names.of(ids), before, limit)
	return s.Snapshot.Versions(ctx, ids, before, limit)
}

func (s *recordedSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	s.record("Transactions %v", numbers)
	return s.Snapshot.Transactions(ctx, numbers)
}

func (s *recordedSnapshot) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	s.record("Same %s", s.names.of(ids))
	return s.Snapshot.Same(ctx, ids)
}
