package restriction_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/graphtest"

	"github.com/google/go-cmp/cmp"
)

// TestRoutersSeeRestrictedEntitiesOnlyAsEditors requests a restricted source by all its
// keys: an editor gets its canonical record, anonymous clients get null without an error.
func TestRoutersSeeRestrictedEntitiesOnlyAsEditors(t *testing.T) {
	g := openGraph(t, true)
	slug := canary + "-1"
	query := fmt.Sprintf(`{ _entities(representations: [
		{__typename: "Source", id: %q}, {__typename: "Source", wikidata: %q}, {__typename: "Source", url: %q}, {__typename: "Source", url: "https://example.org/Source/public-1"}
	]) { ... on Thing { slug } } }`, g.hidden["source1"], "Source"+slug, "https://example.org/Source/"+slug)
	for _, c := range []struct {
		as   access.Principal
		want []string
	}{{graphtest.Editor, []string{canary + "-0", canary + "-0", canary + "-0", "public-1"}}, {access.Anonymous, []string{"", "", "", "public-1"}}} {
		var response struct {
			Data struct {
				Entities []*struct{ Slug string } `json:"_entities"`
			}
			Errors []graphtest.Error
		}
		if err := json.Unmarshal(g.post(t, c.as, query, nil), &response); err != nil {
			t.Fatal(err)
		}
		var slugs []string
		for _, e := range response.Data.Entities {
			if e == nil {
				slugs = append(slugs, "")
				continue
			}
			slugs = append(slugs, e.Slug)
		}
		if diff := cmp.Diff(c.want, slugs); diff != "" || len(response.Errors) > 0 {
			t.Errorf("%v: errors %v; entities (-want +got):\n%s", c.as, response.Errors, diff)
		}
	}
}

// representations returns representations of all entities of a graph by every key.
func (w walk) representations() string {
	var all []string
	for _, kind := range diplomacy.EntityKinds {
		add := func(key, value string) {
			all = append(all, fmt.Sprintf("{__typename: %q, %s: %q}", kind, key, value))
		}
		for _, group := range []map[string]diplomacy.ID{w.public, w.hidden} {
			for _, name := range slices.Sorted(maps.Keys(group)) {
				add("id", group[name].String())
			}
		}
		for _, slug := range []string{"public-1", "public-2", "twin", canary + "-0", canary + "-1", canary + "-2", canary + "-3"} {
			add("wikidata", kind.String()+slug)
			if kind == diplomacy.KindSource {
				add("url", "https://example.org/Source/"+slug)
			}
		}
	}
	return strings.Join(all, ", ")
}
