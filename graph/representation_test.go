package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/model"

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

// TestRoutersAskForSomebody names a restricted source by all its keys: it is there for
// an editor, as the one that it is held to be the same as, and for nobody else, without
// a word.
func TestRoutersAskForSomebody(t *testing.T) {
	e := openEmbargo(t, true)
	slug := canary + "-1"
	query := fmt.Sprintf(`{ _entities(representations: [
		{__typename: "Source", id: %q}, {__typename: "Source", wikidata: %q}, {__typename: "Source", url: %q}, {__typename: "Source", url: "https://example.org/Source/public-1"}
	]) { ... on Thing { slug } } }`, e.hidden["source1"], "Source"+slug, "https://example.org/Source/"+slug)
	for _, c := range []struct {
		as   access.Principal
		want []string
	}{{editor, []string{canary + "-0", canary + "-0", canary + "-0", "public-1"}}, {anybody, []string{"", "", "", "public-1"}}} {
		answer := entitiesOf(t, e.ask(t, c.as, query, nil))
		if diff := cmp.Diff(c.want, answer.slugs()); diff != "" || len(answer.Errors) > 0 {
			t.Errorf("%v: errors %v; entities (-want +got):\n%s", c.as, answer.Errors, diff)
		}
	}
}

// TestEachEntityHasItsErrors asks for what cannot be served of several entities: a
// router needs to be told of each.
func TestEachEntityHasItsErrors(t *testing.T) {
	query := strings.Replace(askEntities, "slug", "slug ... on State { ministers(first: -1) { totalCount } }", 1)
	answer := entitiesOf(t, ask(t, newHandler(openSample(t)), query, representations(`{"__typename": "State", "isoAlpha2": "KG"}`, `{"__typename": "State", "isoAlpha2": "AZ"}`)))
	want := []string{"[_entities 0 ministers] BAD_USER_INPUT first is -1; want 0 to 500", "[_entities 1 ministers] BAD_USER_INPUT first is -1; want 0 to 500"}
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
// limit, before anything is looked up for any of them.
func TestRepresentationsAreCounted(t *testing.T) {
	s := openSample(t)
	kyrgyzstan := `{"__typename": "State", "isoAlpha2": "KG"}`
	twice := strings.Replace(askEntities, "{ _entities", "{ again: _entities(representations: $representations) { __typename } _entities", 1)
	for name, c := range map[string]struct {
		limit, given int
		query, told  string
	}{
		"as many as may be":           {3, 3, askEntities, ""},
		"one too many":                {3, 4, askEntities, "[] LIMIT there are 4 representations; an operation may have 3: ask in parts"},
		"in two fields":               {6, 3, twice, ""},
		"one too many, in two fields": {5, 3, twice, "[] LIMIT there are 6 representations; an operation may have 5: ask in parts"},
		"the default":                 {0, 5_000, askEntities, ""},
		"one more than the default":   {0, 5_001, askEntities, "[] LIMIT there are 5001 representations; an operation may have 5000: ask in parts"},
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
