package lists_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"chancery/graph/graphtest"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// wellLinked are the entities whose lists are paged: of each type the one with most
// links in the sample.
var wellLinked = map[string]string{
	"Person":       "ilham-aliyev",
	"State":        "kyrgyzstan",
	"Organization": "turkic-council",
	"Council":      "turkic-council-of-heads-of-state",
	"Office":       "president-of-kyrgyzstan",
	"Event":        "meeting-azerbaijan-kyrgyzstan-2020-02-06",
	"Agreement":    "nakhchivan-agreement",
	"Topic":        "transport-corridors",
	"Place":        "baku",
	"Source":       "trend-2020-01-30-session",
}

// pagedList is a list of the API: its place and how its elements are identified.
type pagedList struct {
	name   string
	around string // the fields around the list, with %s for it
	field  string
	fixed  string // arguments that it needs
	keys   string // the selection of an edge
	orders [][2]string
	total  string
}

// page is a page of a list.
type page struct {
	Edges    []edge
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	TotalCount       *int
	TotalCountCapped bool
}

type edge struct {
	Cursor          string
	Node, Statement json.RawMessage
}

func (p page) elements() []string {
	names := make([]string, len(p.Edges))
	for i, e := range p.Edges {
		names[i] = string(e.Node) + string(e.Statement)
	}
	return names
}

// orderings are pairs of opposite values of orderBy, by its type; a list without the
// argument has one order.
var orderings = map[string][][2]string{
	"LinkOrder":  {{"NEWEST", "OLDEST"}},
	"NamedOrder": {{"NAME", "NAME_DESC"}, {"NEWEST", "OLDEST"}, {"RECORDED", "RECORDED_DESC"}},
	"DatedOrder": {{"NEWEST", "OLDEST"}, {"NAME", "NAME_DESC"}, {"RECORDED", "RECORDED_DESC"}},
}

// computed are the fields of Query that are computed, for which the sample has no
// elements; they have tests of their own.
var computed = []string{"duplicates", "findings", "impactOf"}

// pagedLists returns all lists of Query and of the well-linked entities.
func pagedLists(t *testing.T) (all []pagedList) {
	t.Helper()
	schema := graphtest.LoadSchema(t)
	for _, field := range schema.Query.Fields {
		if graphtest.IsPaged(field) && !slices.Contains(computed, field.Name) {
			all = append(all, newPagedList(schema, "Query", field, "%s"))
		}
	}
	for typeName, slug := range wellLinked {
		around := fmt.Sprintf("%s(by: {slug: %q}) { %%s }", strings.ToLower(typeName), slug)
		for _, field := range schema.Types[typeName].Fields {
			if graphtest.IsPaged(field) {
				all = append(all, newPagedList(schema, typeName, field, around))
			}
		}
	}
	return append(all, newPagedList(schema, "Transaction", schema.Types["Transaction"].Fields.ForName("changes"), "transaction(number: 2) { %s }"))
}

func newPagedList(schema *ast.Schema, typeName string, field *ast.FieldDefinition, around string) pagedList {
	r := pagedList{name: typeName + "." + field.Name, around: around, field: field.Name, orders: [][2]string{{}}}
	if order := field.Arguments.ForName("orderBy"); order != nil {
		r.orders = orderings[order.Type.Name()]
	}
	if field.Arguments.ForName("of") != nil {
		r.fixed = `of: {slug: "kyrgyzstan"}`
	}
	connection := schema.Types[field.Type.Name()]
	if connection.Fields.ForName("totalCount") != nil {
		r.total = "totalCount totalCountCapped"
	}
	r.keys = "node { " + keyOf(schema.Types[graphtest.NodeType(schema, field)]) + " }"
	distinct := relations.Table[r.name] != nil && relations.Table[r.name].Distinct
	if schema.Types[connection.Fields.ForName("edges").Type.Name()].Fields.ForName("statement") != nil && !distinct {
		r.keys += " statement { id }"
	}
	return r
}

func keyOf(def *ast.Definition) string {
	for _, key := range []string{"id", "recordId", "number"} {
		if def.Fields.ForName(key) != nil {
			return key
		}
	}
	return "revision"
}

// query returns the document that reads a page, with sizes and cursors as variables.
func (r pagedList) query(order string) string {
	arguments := "first: $first, last: $last, after: $after, before: $before " + r.fixed
	if order != "" {
		arguments += " orderBy: " + order
	}
	list := fmt.Sprintf("list: %s(%s) { edges { cursor %s } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } %s }",
		r.field, arguments, r.keys, r.total)
	around := r.around
	if around != "%s" {
		around = "of: " + around
	}
	return "query($first: Int, $last: Int, $after: String, $before: String) { " + fmt.Sprintf(around, list) + " }"
}

// readPage reads a page.
func (r pagedList) readPage(t *testing.T, h http.Handler, order string, variables map[string]any) page {
	t.Helper()
	var answer struct {
		Data struct {
			List page
			Of   struct{ List page }
		}
		Errors json.RawMessage
	}
	text := graphtest.Post(t, h, r.query(order), variables)
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v: %v in %s", variables, err, text)
	}
	if r.around == "%s" {
		return answer.Data.List
	}
	return answer.Data.Of.List
}

// openWithHistory opens the sample with several revisions, so that lists of transactions and
// versions have elements.
func openWithHistory(t *testing.T) (store.Store, http.Handler) {
	t.Helper()
	s := graphtest.OpenSample(t)
	for _, note := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight"} {
		graphtest.Commit(t, s, func(w store.Writer) error {
			for typeName, slug := range wellLinked {
				if err := graphtest.SetDescription(w, typeName, slug, note); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s, graphtest.NewHandler(s)
}
