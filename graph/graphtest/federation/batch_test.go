package federation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestEntitiesAreReadInBatches resolves few and 500 representations of all types by all
// keys, with nested fields: the number of calls to the store must be the same.
func TestEntitiesAreReadInBatches(t *testing.T) {
	query := `query($representations: [_Any!]!) { _entities(representations: $representations) { __typename
		... on Thing { slug redirectedFrom evidence { source { name } } transaction { number } }
		... on Person { participations(first: 500) { totalCount edges { onBehalfOf { name } node { name topics { nodes { name } } } } } }
		... on Office { of { nodes { name } } holders { nodes { name } } }
		... on Event { people { nodes { name offices { nodes { name } } } } onMarginsOf { nodes { sessionOf { nodes { name } } } } }
	} }`
	calls := func(rows, pad int) []string {
		s := graphtest.OpenStore(t)
		graphtest.WriteWide(t, s, rows)
		given := wideRepresentations(rows)
		for i := len(given); i < pad; i++ {
			given = append(given, fmt.Sprintf(`{"__typename": "Topic", "wikidata": "none-%d"}`, i))
		}
		counted := &graphtest.CallCounter{Store: s}
		body := graphtest.Post(t, graph.NewHandler(counted, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, Limits: graph.Limits{Cost: 1 << 30}}), query, representations(given...))
		if answer := entitiesOf(t, body); len(answer.Errors) > 0 || len(answer.slugs()) != len(given) || slices.Contains(answer.slugs()[:6+4*rows-1], "") {
			t.Fatalf("entities %v, errors %v", answer.slugs(), answer.Errors)
		}
		return counted.Calls
	}
	few, many := calls(2, 0), calls(40, 500)
	if len(few) == 0 || len(few) != len(many) {
		t.Errorf("%d calls for 2 rows a level, %d for 500 representations:\n%v\n%v", len(few), len(many), few, many)
	}
}

// wideRepresentations returns representations of all entities that WriteWide writes.
func wideRepresentations(rows int) []string {
	slugs := []string{"Source source", "State state", "Organization organization", "Council council", "Event event-session", "Person minister"}
	for i := range rows {
		if i > 0 {
			slugs = append(slugs, fmt.Sprint("Person person-", i))
		}
		slugs = append(slugs, fmt.Sprint("Office office-", i), fmt.Sprint("Event event-", i), fmt.Sprint("Topic topic-", i))
	}
	for i, slug := range slugs {
		kind, name, _ := strings.Cut(slug, " ")
		slugs[i] = fmt.Sprintf(`{"__typename": %q, "wikidata": %q}`, kind, name)
	}
	return slugs
}

// BenchmarkEntities resolves 500 entities by id and by another key, and by nodes for
// comparison.
func BenchmarkEntities(b *testing.B) {
	s := graphtest.OpenStore(b)
	var ids []diplomacy.ID
	graphtest.Commit(b, s, func(w store.Writer) error {
		for i := range 500 {
			p := &diplomacy.Person{Thing: graphtest.Thing(fmt.Sprint("person-", i), fmt.Sprint("Person ", i))}
			p.Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: fmt.Sprint("Q", i)}}
			if err := w.Put(b.Context(), p); err != nil {
				return err
			}
			ids = append(ids, p.ID)
		}
		return nil
	})
	var byID, byKey []string
	for i, id := range ids {
		byID = append(byID, fmt.Sprintf(`{"__typename": "Person", "id": %q}`, id))
		byKey = append(byKey, fmt.Sprintf(`{"__typename": "Person", "wikidata": "Q%d"}`, i))
	}
	h := graphtest.NewHandler(s)
	b.Run("nodes", func(b *testing.B) {
		graphtest.Benchmark(b, h, `query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Thing { slug } } }`, map[string]any{"ids": ids})
	})
	b.Run("by id", func(b *testing.B) { graphtest.Benchmark(b, h, entitiesQuery, representations(byID...)) })
	b.Run("by key", func(b *testing.B) { graphtest.Benchmark(b, h, entitiesQuery, representations(byKey...)) })
}
