package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"chancery/graph/graphtest"
	"chancery/graph/internal/stock"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
)

// The questions of the benchmarks that stock gqlgen is asked too.
const (
	askPage = `{ events(first: 20) { nodes { id name participants(first: 10) { nodes { id name } } } } }`
	askOne  = `query($id: ID!) { event(by: {id: $id}) { id slug name kind date } }`
)

// BenchmarkFirstQuery runs the first query of the README on the sample.
func BenchmarkFirstQuery(b *testing.B) {
	graphtest.Benchmark(b, graphtest.NewHandler(graphtest.OpenSample(b)), graphtest.FirstQuery(b), nil)
}

// BenchmarkPage reads 20 events with 10 participants each.
func BenchmarkPage(b *testing.B) {
	ours, stock := newPages(b)
	b.Run("chancery", func(b *testing.B) { graphtest.Benchmark(b, ours, askPage, nil) })
	b.Run("stock", func(b *testing.B) { graphtest.Benchmark(b, stock, askPage, nil) })
}

// BenchmarkOne reads one event by its id.
func BenchmarkOne(b *testing.B) {
	ours, stock := newPages(b)
	id := map[string]any{"id": events(b, ours)[0].ID}
	b.Run("chancery", func(b *testing.B) { graphtest.Benchmark(b, ours, askOne, id) })
	b.Run("stock", func(b *testing.B) { graphtest.Benchmark(b, stock, askOne, id) })
}

func TestBenchmarksCompareEqualResponses(t *testing.T) {
	ours, stock := newPages(t)
	page := graphtest.Post(t, ours, askPage, nil)
	if got := graphtest.Post(t, stock, askPage, nil); !bytes.Equal(got, page) || bytes.Count(page, []byte("Delegate")) != 200 {
		t.Errorf("chancery: %s\ngqlgen: %s", page, got)
	}
	id := map[string]any{"id": events(t, ours)[0].ID}
	if one, got := graphtest.Post(t, ours, askOne, id), graphtest.Post(t, stock, askOne, id); !bytes.Equal(got, one) {
		t.Errorf("chancery: %s\ngqlgen: %s", one, got)
	}
}

// newPages serves 20 events with 10 participants each from a store, and from Go maps
// through unmodified gqlgen.
func newPages(t testing.TB) (ours, stocks http.Handler) {
	t.Helper()
	s := graphtest.OpenStore(t)
	graphtest.Commit(t, s, graphtest.PutMeetings)
	ours = graphtest.NewHandler(s)
	server := handler.New(stock.NewSchema(graphOf(t, ours)))
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1_000))
	return ours, server
}

// answered is an event of a response.
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
	if err := json.Unmarshal(graphtest.Post(t, h, query, nil), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Data.Events.Nodes
}

// graphOf puts the events that a handler returns into maps.
func graphOf(t testing.TB, h http.Handler) *stock.Graph {
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
