package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// wellLinked are the things whose lists are paged through: of each type the one
// with most links in the sample.
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

// roll is a list of the API: where it stands, and what tells its elements
// apart.
type roll struct {
	name   string
	around string // the fields around the list, with %s for it
	field  string
	fixed  string // arguments that it needs
	keys   string // the selection of an edge
	orders [][2]string
	total  string
}

// page is an answer; elements are the JSON of what tells them apart.
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

// orderings are the pairs of opposite values of an orderBy argument, by its
// type; a list that has no such argument has one order.
var orderings = map[string][][2]string{
	"LinkOrder":  {{"NEWEST", "OLDEST"}},
	"NamedOrder": {{"NAME", "NAME_DESC"}, {"NEWEST", "OLDEST"}, {"RECORDED", "RECORDED_DESC"}},
	"DatedOrder": {{"NEWEST", "OLDEST"}, {"NAME", "NAME_DESC"}, {"RECORDED", "RECORDED_DESC"}},
}

// searched are the fields of Query that look for what no list has; the sample has
// nothing for them to find. TestDuplicates and TestFindings page over theirs.
var searched = []string{"duplicates", "findings"}

// rolls are all lists of Query and of the well-linked things.
func rolls(t *testing.T) (all []roll) {
	t.Helper()
	schema := loadSchema(t)
	for _, field := range schema.Query.Fields {
		if pages(field) && !slices.Contains(searched, field.Name) {
			all = append(all, newRoll(schema, "Query", field, "%s"))
		}
	}
	for typeName, slug := range wellLinked {
		around := fmt.Sprintf("%s(by: {slug: %q}) { %%s }", strings.ToLower(typeName), slug)
		for _, field := range schema.Types[typeName].Fields {
			if pages(field) {
				all = append(all, newRoll(schema, typeName, field, around))
			}
		}
	}
	return append(all, newRoll(schema, "Transaction", schema.Types["Transaction"].Fields.ForName("changes"), "transaction(number: 2) { %s }"))
}

func newRoll(schema *ast.Schema, typeName string, field *ast.FieldDefinition, around string) roll {
	r := roll{name: typeName + "." + field.Name, around: around, field: field.Name, orders: [][2]string{{}}}
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
	r.keys = "node { " + keyOf(schema.Types[nodeType(schema, field)]) + " }"
	distinct := model.Relations[r.name] != nil && model.Relations[r.name].Distinct
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

// query is the document that asks for a page; its sizes and cursors are
// variables.
func (r roll) query(order string) string {
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

// take asks for a page that there must be.
func (r roll) take(t *testing.T, h http.Handler, order string, variables map[string]any) page {
	t.Helper()
	var answer struct {
		Data struct {
			List page
			Of   struct{ List page }
		}
		Errors json.RawMessage
	}
	text := ask(t, h, r.query(order), variables)
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v: %v in %s", variables, err, text)
	}
	if r.around == "%s" {
		return answer.Data.List
	}
	return answer.Data.Of.List
}

// openRolls opens the sample with some history, so that the lists of what was
// written have elements too.
func openRolls(t *testing.T) (store.Store, http.Handler) {
	t.Helper()
	s := openSample(t)
	for _, note := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight"} {
		commit(t, s, func(w store.Writer) error {
			for typeName, slug := range wellLinked {
				if err := amend(w, typeName, slug, note); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s, newHandler(s)
}

// commit writes a transaction.
func commit(t testing.TB, s store.Store, put func(w store.Writer) error) {
	t.Helper()
	if _, err := s.Write(context.Background(), store.Commit{Author: "test"}, put); err != nil {
		t.Fatal(err)
	}
}

// amend writes the next version of a thing.
func amend(w store.Writer, typeName, slug, description string) error {
	old, err := named(w, typeName, slug)
	if err != nil {
		return err
	}
	next := diplomacy.NewEntity(old.Kind())
	reflect.ValueOf(next).Elem().Set(reflect.ValueOf(old).Elem())
	next.Base().Description = description
	return w.Put(context.Background(), next)
}

// named looks up a thing that there must be.
func named(r store.Reader, typeName, slug string) (diplomacy.Entity, error) {
	kind, _ := diplomacy.ParseKind(typeName)
	ids, err := r.Find(context.Background(), []store.Key{{Kind: kind, Scheme: store.SchemeSlug, Value: slug}})
	if err != nil || ids[0] == 0 {
		return nil, fmt.Errorf("find %s %s: %w", typeName, slug, err)
	}
	records, err := r.Records(context.Background(), ids)
	if err != nil {
		return nil, err
	}
	return records[0].(diplomacy.Entity), nil
}
