package sample_test

import (
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/sample"
	"chancery/store"
	"chancery/store/bolt"
)

// graph reads the sample out of a store.
type graph struct {
	store.Snapshot
	t testing.TB
}

func empty(t testing.TB) store.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func loaded(t testing.TB) (graph, exchange.Report) {
	t.Helper()
	s := empty(t)
	report, err := sample.Load(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, s), report
}

func read(t testing.TB, s store.Store) graph {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snapshot.Release)
	return graph{snapshot, t}
}

// id finds an entity by Type/slug.
func (g graph) id(name string) diplomacy.ID {
	g.t.Helper()
	kindName, slug, _ := strings.Cut(name, "/")
	kind, _ := diplomacy.ParseKind(kindName)
	ids, err := g.Find(g.t.Context(), []store.Key{{Kind: kind, Scheme: store.SchemeSlug, Value: slug}})
	if err != nil || ids[0] == 0 {
		g.t.Fatalf("%s: not found (%v)", name, err)
	}
	return ids[0]
}

func (g graph) records(ids ...diplomacy.ID) []diplomacy.Record {
	g.t.Helper()
	records, err := g.Records(g.t.Context(), ids)
	if err != nil {
		g.t.Fatal(err)
	}
	return records
}

// get reads an entity by Type/slug.
func get[E diplomacy.Entity](g graph, name string) E {
	g.t.Helper()
	return g.records(g.id(name))[0].(E)
}

// via reads the records that link an entity or statement along an arc.
func (g graph) via(of diplomacy.ID, arc store.Arc) []diplomacy.Record {
	g.t.Helper()
	pages, err := g.Links(g.t.Context(), store.LinkQuery{Of: []diplomacy.ID{of}, Along: []store.Arc{arc}, Page: store.Page{Limit: store.MaxPage}})
	if err != nil || pages[0].Next {
		g.t.Fatal("a page is too small", err)
	}
	ids := make([]diplomacy.ID, len(pages[0].Links))
	for i, link := range pages[0].Links {
		ids[i] = link.Via
	}
	return g.records(ids...)
}

// out are the statements of which an entity is the subject, in those are of
// which it is the object.
func (g graph) out(name string, predicate diplomacy.Kind) []*diplomacy.Statement {
	return statements(g.via(g.id(name), store.Arc{Kind: predicate, Direction: store.Out}))
}

func (g graph) in(name string, predicate diplomacy.Kind) []*diplomacy.Statement {
	return statements(g.via(g.id(name), store.Arc{Kind: predicate, Direction: store.In}))
}

func statements(records []diplomacy.Record) []*diplomacy.Statement {
	list := make([]*diplomacy.Statement, len(records))
	for i, r := range records {
		list[i] = r.(*diplomacy.Statement)
	}
	return list
}

// evidence is that about a record.
func (g graph) evidence(about diplomacy.ID) []*diplomacy.Evidence {
	records := g.via(about, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out})
	list := make([]*diplomacy.Evidence, len(records))
	for i, r := range records {
		list[i] = r.(*diplomacy.Evidence)
	}
	return list
}

// all reads all entities of a kind.
func (g graph) all(kind diplomacy.Kind) []diplomacy.Entity {
	g.t.Helper()
	page, err := g.List(g.t.Context(), store.ListQuery{Kind: kind, Page: store.Page{Limit: store.MaxPage}})
	if err != nil || page.Next {
		g.t.Fatal("a page is too small", err)
	}
	var entities []diplomacy.Entity
	for _, entry := range page.Entries {
		entities = append(entities, g.records(entry.ID)[0].(diplomacy.Entity))
	}
	return entities
}
