package federation_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/graph/model"

	"github.com/google/go-cmp/cmp"
)

// entitiesQuery is a query of a federation router.
const entitiesQuery = `query($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Thing { slug } } }`

func representations(texts ...string) map[string]any {
	var all []json.RawMessage
	for _, text := range texts {
		all = append(all, json.RawMessage(text))
	}
	return map[string]any{"representations": all}
}

// TestRepresentationsResolveByEveryKey resolves valid and invalid representations:
// entities and errors must be at their positions.
func TestRepresentationsResolveByEveryKey(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	cases := []struct{ given, slug, message string }{
		{`{"__typename": "State", "isoAlpha2": "KG"}`, "kyrgyzstan", ""},
		{`{"__typename": "State", "isoAlpha3": "AZE"}`, "azerbaijan", ""},
		{`{"__typename": "State", "wikidata": null, "isoAlpha3": "AZE"}`, "azerbaijan", ""},
		{`{"__typename": "Person", "wikidata": "Q58217"}`, "sergey-lavrov", ""},
		{`{"__typename": "State", "isoAlpha2": "KG", "more": [1]}`, "kyrgyzstan", ""},
		{`{"__typename": "State", "isoAlpha2": "XX"}`, "", ""},
		{`{"__typename": "State", "isoAlpha2": "AZE"}`, "", ""},
		{`{"__typename": "State", "wikidata": "Q58217"}`, "", ""},
		{`{"__typename": "State", "id": "not an id"}`, "", ""},
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
	var given, slugs, messages []string
	for i, c := range cases {
		given, slugs = append(given, c.given), append(slugs, c.slug)
		if c.message != "" {
			messages = append(messages, fmt.Sprintf("[_entities %d] BAD_USER_INPUT representations[%d]: %s", i, i, c.message))
		}
	}
	answer := entitiesOf(t, graphtest.Post(t, h, entitiesQuery, representations(given...)))
	if diff := cmp.Diff(slugs, answer.slugs()); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(messages, answer.errorTexts()); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// TestErrorsAreReportedForEachEntity, since a router passes each entity to another
// client field.
func TestErrorsAreReportedForEachEntity(t *testing.T) {
	query := strings.Replace(entitiesQuery, "slug", "slug ... on State { ministers(first: -1) { totalCount } }", 1)
	answer := entitiesOf(t, graphtest.Post(t, graphtest.NewHandler(graphtest.OpenSample(t)), query, representations(`{"__typename": "State", "isoAlpha2": "KG"}`, `{"__typename": "State", "isoAlpha2": "AZ"}`)))
	want := []string{"[_entities 0 ministers] BAD_USER_INPUT first is -1; want 0 to 500", "[_entities 1 ministers] BAD_USER_INPUT first is -1; want 0 to 500"}
	if diff := cmp.Diff(want, answer.errorTexts()); diff != "" || !slices.Equal(answer.slugs(), []string{"", ""}) {
		t.Errorf("entities %v; errors (-want +got):\n%s", answer.slugs(), diff)
	}
}

// entitiesResponse is a response to askEntities.
type entitiesResponse struct {
	Data *struct {
		Entities []*struct{ Slug string } `json:"_entities"`
	}
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code string }
	}
}

func entitiesOf(t testing.TB, body []byte) (a entitiesResponse) {
	t.Helper()
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%v in %.1000s", err, body)
	}
	return a
}

func (a entitiesResponse) slugs() (slugs []string) {
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

func (a entitiesResponse) errorTexts() (texts []string) {
	for _, e := range a.Errors {
		texts = append(texts, fmt.Sprintf("%v %s %s", e.Path, e.Extensions.Code, e.Message))
	}
	return texts
}

// TestRepresentationsAreLimitedPerOperation counts those of all fields together, before
// anything is read.
func TestRepresentationsAreLimitedPerOperation(t *testing.T) {
	s := graphtest.OpenSample(t)
	kyrgyzstan := `{"__typename": "State", "isoAlpha2": "KG"}`
	twice := strings.Replace(entitiesQuery, "{ _entities", "{ again: _entities(representations: $representations) { __typename } _entities", 1)
	for name, c := range map[string]struct {
		limit, given   int
		query, message string
	}{
		"the limit":                   {3, 3, entitiesQuery, ""},
		"one too many":                {3, 4, entitiesQuery, "[] LIMIT the operation has 4 representations; the limit is 3: split it"},
		"in two fields":               {6, 3, twice, ""},
		"one too many, in two fields": {5, 3, twice, "[] LIMIT the operation has 6 representations; the limit is 5: split it"},
		"the default":                 {0, 5_000, entitiesQuery, ""},
		"one more than the default":   {0, 5_001, entitiesQuery, "[] LIMIT the operation has 5001 representations; the limit is 5000: split it"},
	} {
		t.Run(name, func(t *testing.T) {
			h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, Limits: graph.Limits{Representations: c.limit}})
			answer := entitiesOf(t, graphtest.Post(t, h, c.query, representations(slices.Repeat([]string{kyrgyzstan}, c.given)...)))
			if c.message == "" {
				if got := answer.slugs(); len(answer.Errors) > 0 || len(got) != c.given || slices.ContainsFunc(got, func(slug string) bool { return slug != "kyrgyzstan" }) {
					t.Errorf("%d entities and errors %v", len(got), answer.Errors)
				}
				return
			}
			if diff := cmp.Diff([]string{c.message}, answer.errorTexts()); diff != "" || answer.Data != nil {
				t.Errorf("entities %v; errors (-want +got):\n%s", answer.slugs(), diff)
			}
		})
	}
}

// TestFederationKeysAreDeclaredAndResolvable compares the keys in the schema with those
// that are read.
func TestFederationKeysAreDeclaredAndResolvable(t *testing.T) {
	schema := graphtest.LoadSchema(t)
	for _, kind := range diplomacy.EntityKinds {
		def := schema.Types[kind.String()]
		var declared []string
		for _, key := range def.Directives.ForNames("key") {
			name := key.Arguments.ForName("fields").Value.Raw
			declared = append(declared, name)
			if field := def.Fields.ForName(name); field == nil || schema.Types[kind.String()+"By"].Fields.ForName(name) == nil {
				t.Errorf("%s declares the key %s, but has no such field or lookup", kind, name)
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
