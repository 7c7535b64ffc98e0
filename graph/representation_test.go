package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/model"
	"chancery/store"

	"github.com/google/go-cmp/cmp"
)

// askEntities is how routers ask.
const askEntities = `query($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Thing { slug } } }`

func representations(texts ...string) map[string]any {
	var all []json.RawMessage
	for _, text := range texts {
		all = append(all, json.RawMessage(text))
	}
	return map[string]any{"representations": all}
}

// TestRepresentations names entities of the sample as routers may and may not: each
// answer stands at its place, and each error.
func TestRepresentations(t *testing.T) {
	h := newHandler(openSample(t))
	cases := []struct{ given, slug, told string }{
		{`{"__typename": "State", "isoAlpha2": "KG"}`, "kyrgyzstan", ""},
		{`{"__typename": "State", "isoAlpha3": "AZE"}`, "azerbaijan", ""},
		{`{"__typename": "State", "wikidata": null, "isoAlpha3": "AZE"}`, "azerbaijan", ""},
		{`{"__typename": "Person", "wikidata": "Q58217"}`, "sergey-lavrov", ""},
		{`{"__typename": "State", "isoAlpha2": "KG", "more": [1]}`, "kyrgyzstan", ""},
		{`{"__typename": "State", "isoAlpha2": "XX"}`, "", ""},
		{`{"__typename": "State", "isoAlpha2": "AZE"}`, "", ""},
		{`{"__typename": "State", "wikidata": "Q58217"}`, "", ""},
		{`{"__typename": "State", "id": "no id of ours"}`, "", ""},
		{`{"__typename": "State", "wikidata": null}`, "", ""},
		{`{"__typename": "State", "isoAlpha2": "KG", "wikidata": "none, and it counts"}`, "", ""},
		{`{"__typename": "Source", "url": "https://example.org/none"}`, "", ""},
		{`{"__typename": "State"}`, "", "want a key of State: id, wikidata, isoAlpha2, isoAlpha3"},
		{`{"__typename": "Person", "isoAlpha2": "KG"}`, "", "want a key of Person: id, wikidata"},
		{`{"__typename": "State", "id": 5}`, "", "id: want a string"},
		{`{"__typename": "State", "isoAlpha2": ["KG"]}`, "", "isoAlpha2: want a string"},
		{`{"__typename": "Query", "id": "x"}`, "", "__typename: want the type of an entity, such as Person"},
		{`{"__typename": "Tenure", "id": "x"}`, "", "__typename: want the type of an entity, such as Person"},
		{`{"isoAlpha2": "KG"}`, "", "__typename: want the type of an entity, such as Person"},
		{`"KG"`, "", "want an object with __typename and a key"},
		{`[]`, "", "want an object with __typename and a key"},
	}
	var given, slugs, told []string
	for i, c := range cases {
		given, slugs = append(given, c.given), append(slugs, c.slug)
		if c.told != "" {
			told = append(told, fmt.Sprintf("[_entities %d] BAD_USER_INPUT representations[%d]: %s", i, i, c.told))
		}
	}
	answer := entitiesOf(t, ask(t, h, askEntities, representations(given...)))
	if diff := cmp.Diff(slugs, answer.slugs()); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(told, answer.told()); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// TestEachEntityHasItsErrors asks for what cannot be served of several entities: a
// router needs to be told of each.
func TestEachEntityHasItsErrors(t *testing.T) {
	query := strings.Replace(askEntities, "slug", "slug ... on State { ministers(first: 5000) { totalCount } }", 1)
	answer := entitiesOf(t, ask(t, newHandler(openSample(t)), query, representations(`{"__typename": "State", "isoAlpha2": "KG"}`, `{"__typename": "State", "isoAlpha2": "AZ"}`)))
	want := []string{"[_entities 0 ministers] BAD_USER_INPUT first is 5000; want 0 to 500", "[_entities 1 ministers] BAD_USER_INPUT first is 5000; want 0 to 500"}
	if diff := cmp.Diff(want, answer.told()); diff != "" || !slices.Equal(answer.slugs(), []string{"", ""}) {
		t.Errorf("answered %v; errors (-want +got):\n%s", answer.slugs(), diff)
	}
}

// entitiesAnswer is an answer to askEntities.
type entitiesAnswer struct {
	Data *struct {
		Entities []*struct{ Slug string } `json:"_entities"`
	}
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code string }
	}
}

func entitiesOf(t testing.TB, body []byte) (a entitiesAnswer) {
	t.Helper()
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%v in %.1000s", err, body)
	}
	return a
}

func (a entitiesAnswer) slugs() (slugs []string) {
	if a.Data == nil {
		return nil
	}
	for _, e := range a.Data.Entities {
		if e == nil {
			slugs = append(slugs, "")
			continue
		}
		slugs = append(slugs, e.Slug)
	}
	return slugs
}

func (a entitiesAnswer) told() (told []string) {
	for _, e := range a.Errors {
		told = append(told, fmt.Sprintf("%v %s %s", e.Path, e.Extensions.Code, e.Message))
	}
	return told
}

// TestRepresentationsAreCounted holds all fields of an operation together to the
// limit.
func TestRepresentationsAreCounted(t *testing.T) {
	s := openSample(t)
	kyrgyzstan := `{"__typename": "State", "isoAlpha2": "KG"}`
	twice := strings.Replace(askEntities, "{ _entities", "{ again: _entities(representations: $representations) { __typename } _entities", 1)
	for name, c := range map[string]struct {
		limit, given int
		query, told  string
	}{
		"as many as may be":           {3, 3, askEntities, ""},
		"one too many":                {3, 4, askEntities, "[_entities] LIMIT there are 4 representations; an operation may have 3: ask in parts"},
		"in two fields":               {6, 3, twice, ""},
		"one too many, in two fields": {5, 3, twice, "[_entities] LIMIT there are 6 representations; an operation may have 5: ask in parts"},
		"the default":                 {0, 5_000, askEntities, ""},
		"one more than the default":   {0, 5_001, askEntities, "[_entities] LIMIT there are 5001 representations; an operation may have 5000: ask in parts"},
	} {
		t.Run(name, func(t *testing.T) {
			h := graph.NewHandler(s, graph.Options{Now: clock, Logger: faults, Limits: graph.Limits{Representations: c.limit}})
			answer := entitiesOf(t, ask(t, h, c.query, representations(slices.Repeat([]string{kyrgyzstan}, c.given)...)))
			if c.told == "" {
				if got := answer.slugs(); len(answer.Errors) > 0 || len(got) != c.given || slices.ContainsFunc(got, func(slug string) bool { return slug != "kyrgyzstan" }) {
					t.Errorf("answered %d entities and %v", len(got), answer.Errors)
				}
				return
			}
			if diff := cmp.Diff([]string{c.told}, answer.told()); diff != "" || answer.Data != nil {
				t.Errorf("answered %v; errors (-want +got):\n%s", answer.slugs(), diff)
			}
		})
	}
}

// TestNoLookUpInALoopForRouters asks for few and for 500 representations of all
// types, by all keys, and for what hangs on them: the calls to the store must be the
// same.
func TestNoLookUpInALoopForRouters(t *testing.T) {
	query := `query($representations: [_Any!]!) { _entities(representations: $representations) { __typename
		... on Thing { slug redirectedFrom evidence { source { name } } transaction { number } }
		... on Person { participations(first: 500) { totalCount edges { onBehalfOf { name } node { name topics { nodes { name } } } } } }
		... on Office { of { nodes { name } } holders { nodes { name } } }
		... on Event { people { nodes { name offices { nodes { name } } } } onMarginsOf { nodes { sessionOf { nodes { name } } } } }
	} }`
	calls := func(rows, pad int) []string {
		s := openStore(t)
		writeWide(t, s, rows)
		given := everything(rows)
		for i := len(given); i < pad; i++ {
			given = append(given, fmt.Sprintf(`{"__typename": "Topic", "wikidata": "none-%d"}`, i))
		}
		counted := &counter{Store: s}
		body := ask(t, graph.NewHandler(counted, graph.Options{Now: clock, Logger: faults, Limits: graph.Limits{Cost: 1 << 30}}), query, representations(given...))
		if answer := entitiesOf(t, body); len(answer.Errors) > 0 || len(answer.slugs()) != len(given) || slices.Contains(answer.slugs()[:6+4*rows-1], "") {
			t.Fatalf("answered %v, %v", answer.slugs(), answer.Errors)
		}
		return counted.calls
	}
	few, many := calls(2, 0), calls(40, 500)
	if len(few) == 0 || len(few) != len(many) {
		t.Errorf("%d calls for 2 rows a level, %d for 500 representations:\n%v\n%v", len(few), len(many), few, many)
	}
}

// everything names all that writeWide writes.
func everything(rows int) []string {
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

// representations name everything of an embargo by every key, for the walk.
func (w walkmaker) representations() string {
	var all []string
	for _, kind := range diplomacy.EntityKinds {
		name := func(key, value string) {
			all = append(all, fmt.Sprintf("{__typename: %q, %s: %q}", kind, key, value))
		}
		for _, group := range []map[string]diplomacy.ID{w.public, w.hidden} {
			for _, called := range slices.Sorted(maps.Keys(group)) {
				name("id", group[called].String())
			}
		}
		for _, slug := range []string{"public-1", "public-2", "twin", canary + "-0", canary + "-1", canary + "-2", canary + "-3"} {
			name("wikidata", kind.String()+slug)
			if kind == diplomacy.KindSource {
				name("url", "https://example.org/Source/"+slug)
			}
		}
	}
	return strings.Join(all, ", ")
}

// TestKeysAreDeclared holds the keys that routers are told of against those that
// are read.
func TestKeysAreDeclared(t *testing.T) {
	schema := loadSchema(t)
	for _, kind := range diplomacy.EntityKinds {
		def := schema.Types[kind.String()]
		var declared []string
		for _, key := range def.Directives.ForNames("key") {
			name := key.Arguments.ForName("fields").Value.Raw
			declared = append(declared, name)
			if field := def.Fields.ForName(name); field == nil || schema.Types[kind.String()+"By"].Fields.ForName(name) == nil {
				t.Errorf("%s has the key %s, but not such a field, or no look-up by it", kind, name)
			}
		}
		if diff := cmp.Diff(model.EntityKeys(kind), declared); diff != "" {
			t.Errorf("keys of %s (-read +declared):\n%s", kind, diff)
		}
		if !slices.Contains(schema.Types["_Entity"].Types, kind.String()) {
			t.Errorf("%s is not an _Entity", kind)
		}
	}
}

// BenchmarkEntities asks for 500 entities as a router does, by ids and by keys, and
// as anybody may, by nodes.
func BenchmarkEntities(b *testing.B) {
	s := openStore(b)
	var ids []diplomacy.ID
	commit(b, s, func(w store.Writer) error {
		for i := range 500 {
			p := &diplomacy.Person{Thing: thing(fmt.Sprint("person-", i), fmt.Sprint("Person ", i))}
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
	h := newHandler(s)
	b.Run("nodes", func(b *testing.B) {
		benchmark(b, h, `query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Thing { slug } } }`, map[string]any{"ids": ids})
	})
	b.Run("by id", func(b *testing.B) { benchmark(b, h, askEntities, representations(byID...)) })
	b.Run("by key", func(b *testing.B) { benchmark(b, h, askEntities, representations(byKey...)) })
}
