package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/internal/stock"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/vektah/gqlparser/v2/ast"
)

// The questions of the benchmarks that stock gqlgen is asked too.
const (
	askPage = `{ events(first: 20) { nodes { id name participants(first: 10) { nodes { id name } } } } }`
	askOne  = `query($id: ID!) { event(by: {id: $id}) { id slug name kind date } }`
)

// BenchmarkFirstQuery asks what the README asks first, of the sample.
func BenchmarkFirstQuery(b *testing.B) {
	benchmark(b, newHandler(openSample(b)), firstQuery(b), nil)
}

// firstQuery is what the README asks first.
func firstQuery(t testing.TB) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/first_query.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return string(part(archive, "query.graphql"))
}

// BenchmarkPage asks for 20 events with 10 participants each.
func BenchmarkPage(b *testing.B) {
	ours, stock := newPages(b)
	b.Run("chancery", func(b *testing.B) { benchmark(b, ours, askPage, nil) })
	b.Run("stock", func(b *testing.B) { benchmark(b, stock, askPage, nil) })
}

// BenchmarkOne looks one event up by its id.
func BenchmarkOne(b *testing.B) {
	ours, stock := newPages(b)
	id := map[string]any{"id": events(b, ours)[0].ID}
	b.Run("chancery", func(b *testing.B) { benchmark(b, ours, askOne, id) })
	b.Run("stock", func(b *testing.B) { benchmark(b, stock, askOne, id) })
}

// benchmark posts a query again and again, as one client does.
func benchmark(b *testing.B, h http.Handler, query string, variables map[string]any) {
	b.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.Fatal(err)
	}
	answer := ask(b, h, query, variables)
	if bytes.Contains(answer, []byte(`"errors"`)) {
		b.Fatalf("%.300s", answer)
	}
	b.ReportMetric(float64(len(answer)), "B/answer")
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(httptest.NewRecorder(), request)
	}
}

// TestStockAnswersTheSame makes sure that the benchmarks compare like with like.
func TestStockAnswersTheSame(t *testing.T) {
	ours, stock := newPages(t)
	page := ask(t, ours, askPage, nil)
	if got := ask(t, stock, askPage, nil); !bytes.Equal(got, page) || bytes.Count(page, []byte("Delegate")) != 200 {
		t.Errorf("ours: %s\nstock: %s", page, got)
	}
	id := map[string]any{"id": events(t, ours)[0].ID}
	if one, got := ask(t, ours, askOne, id), ask(t, stock, askOne, id); !bytes.Equal(got, one) {
		t.Errorf("ours: %s\nstock: %s", one, got)
	}
}

// newPages serves 20 events with 10 participants each twice: from a store, and
// by stock gqlgen from maps.
func newPages(t testing.TB) (ours, stocks http.Handler) {
	t.Helper()
	s := openStore(t)
	commit(t, s, putPages)
	ours = newHandler(s)
	server := handler.New(stock.NewSchema(copyOf(t, ours)))
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1_000))
	return ours, server
}

func putPages(w store.Writer) error {
	for i := range 20 {
		date, err := diplomacy.ParseTime(fmt.Sprintf("2019-03-%02d", i+1))
		if err != nil {
			return err
		}
		e := &diplomacy.Event{Type: "MEETING", Date: date, Thing: thing(fmt.Sprintf("meeting-%d", i), fmt.Sprintf("Meeting number %d of the council", i))}
		if err := w.Put(context.Background(), e); err != nil {
			return err
		}
		for j := range 10 {
			p := &diplomacy.Person{Thing: thing(fmt.Sprintf("delegate-%d-%d", i, j), fmt.Sprintf("Delegate %d of meeting %d", j, i))}
			if err := w.Put(context.Background(), p); err != nil {
				return err
			}
			if err := w.Put(context.Background(), &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: p.ID, Object: e.ID}); err != nil {
				return err
			}
		}
	}
	return nil
}

func thing(slug, name string) diplomacy.Thing {
	return diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: name, Language: "en"}}}
}

// answered is an event in an answer.
type answered struct {
	ID, Slug, Name, Kind, Date string
	Participants               struct{ Nodes []struct{ ID, Name string } }
}

func events(t testing.TB, h http.Handler) []answered {
	t.Helper()
	var answer struct {
		Data struct{ Events struct{ Nodes []answered } }
	}
	query := strings.Replace(askPage, "id name", "id slug name kind date", 1)
	if err := json.Unmarshal(ask(t, h, query, nil), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Data.Events.Nodes
}

// copyOf puts into maps what a handler answers.
func copyOf(t testing.TB, h http.Handler) *stock.Graph {
	t.Helper()
	g := &stock.Graph{Events: map[string]*stock.Event{}, Participants: map[string][]stock.Actor{}}
	for _, e := range events(t, h) {
		event := &stock.Event{Named: stock.Named{ID: e.ID, Label: e.Name}, Slug: e.Slug, Kind: e.Kind, Date: &e.Date}
		g.Events[e.ID], g.Listed = event, append(g.Listed, event)
		for _, p := range e.Participants.Nodes {
			g.Participants[e.ID] = append(g.Participants[e.ID], &stock.Person{Named: stock.Named{ID: p.ID, Label: p.Name}})
		}
	}
	return g
}
