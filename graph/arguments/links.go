package arguments

import (
	"chancery/diplomacy"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// Links are the arguments of a field that leads along links.
type Links struct {
	Page       store.Page
	Descending bool
	Where      store.LinkFilter
	Portfolio  []diplomacy.Term // kinds of office to pass; none admits all
	AsOf       []store.TimeTest // contained in Where; every hop before the last is tested, too
}

// ReadLinks decodes the arguments of a relation's field, except for references to
// records, which must be looked up first. Without validAt it is
// answered at a default time; zero is none.
func ReadLinks(relation *relations.Relation, raw map[string]any, defaultTime diplomacy.Time) (*Links, error) {
	page, err := Page(raw)
	if err != nil {
		return nil, err
	}
	where, _ := raw["where"].(map[string]any)
	filter, err := linkFilter(relation.Rule(), where)
	if err != nil {
		return nil, err
	}
	asOf, err := asOf(raw, defaultTime)
	if err != nil {
		return nil, err
	}
	filter.Times = append(filter.Times, asOf...)
	return &Links{Page: page, Descending: raw["orderBy"] != "OLDEST", Where: filter, Portfolio: Terms(raw["portfolio"]), AsOf: asOf}, nil
}

// linkFilter decodes the filter of a relation, except for its references to records. A
// field with the name of the predicate's role tests the role; rule is nil for evidence.
func linkFilter(rule *diplomacy.Rule, where map[string]any) (store.LinkFilter, error) {
	role := "part"
	if rule != nil {
		role = rule.Role
	}
	filter := store.LinkFilter{
		Ranks: Terms(where["rank"]), Kinds: Kinds(Terms(where["type"])),
		Roles: Terms(where[role]), Facets: facetTests(where, role),
	}
	var err error
	filter.Times, err = timeTests(where, false)
	return filter, err
}

// asOf returns the test that a field's own time, or else the default, implies for
// every link.
func asOf(raw map[string]any, defaultTime diplomacy.Time) ([]store.TimeTest, error) {
	at, err := timeOf(raw, "validAt")
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = defaultTime
	}
	if at.IsZero() {
		return nil, nil
	}
	return []store.TimeTest{{Relation: store.AsOf, Window: at.Window(), Match: match(raw), Undated: includesUndated(raw)}}, nil
}

// Text decodes an ID, which GraphQL admits to be a number.
func Text(v any) string {
	text, _ := graphql.UnmarshalID(v)
	return text
}
