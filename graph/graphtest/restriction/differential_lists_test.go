package restriction_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

var endCursor = regexp.MustCompile(`"(?:end|start)Cursor":"([^"]+)"`)

// comparePages compares pages of random lists in random orders, each with the page behind
// or before it.
func (w *twins) comparePages() {
	schema := graphtest.LoadSchema(w.t)
	nodes := schema.GetPossibleTypes(schema.Types["Node"])
	for range 60 {
		def := schema.Query
		if w.IntN(3) > 0 {
			def = nodes[w.IntN(len(nodes))]
		}
		field := def.Fields[w.IntN(len(def.Fields))]
		if !graphtest.IsPaged(field) || strings.HasPrefix(field.Name, "__") || field.Arguments.ForName("of") != nil {
			continue
		}
		known, after := w.known(), ""
		for range 3 {
			text := w.page(schema, def, field, after)
			found := endCursor.FindAllStringSubmatch(w.compare(def.Name+"."+field.Name, text, known), -1)
			if len(found) == 0 {
				break
			}
			after = found[w.IntN(len(found))][1]
		}
	}
}

// page returns a query for a page of a field, of Query or of all records of its type.
func (w *twins) page(schema *ast.Schema, def *ast.Definition, field *ast.FieldDefinition, after string) string {
	ends := [][2]string{{"first", "after"}, {"last", "before"}}[w.IntN(2)]
	arguments := fmt.Sprintf("%s: %d", ends[0], 1+w.IntN(4))
	if after != "" {
		arguments += fmt.Sprintf(", %s: %q", ends[1], after)
	}
	if order := field.Arguments.ForName("orderBy"); order != nil {
		if values := schema.Types[order.Type.Name()].EnumValues; len(values) > 0 {
			arguments += ", orderBy: " + values[w.IntN(len(values))].Name
		}
	}
	for _, argument := range field.Arguments {
		if argument.Type.NonNull && argument.DefaultValue == nil {
			return "{ __typename }"
		}
	}
	selection := "{ __typename pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } "
	if schema.Types[field.Type.Name()].Fields.ForName("totalCount") != nil {
		selection += "totalCount "
	}
	selection = fmt.Sprintf("%s(%s) %s}", field.Name, arguments, selection)
	if def != schema.Query {
		var of []diplomacy.ID
		for _, id := range w.public {
			if id.Kind().String() == def.Name {
				of = append(of, id)
			}
		}
		selection = fmt.Sprintf("nodes(ids: [%s]) { ... on %s { %s } }", quotedList(of[:min(len(of), 5)]), def.Name, selection)
	}
	return "query($known: Int) @asOf(knownAt: $known) { " + selection + " }"
}

// compareEvents compares feeds of all transactions with several filters.
func (w *twins) compareEvents() {
	for _, touching := range []string{"", "types: [PERSON]", "types: [SOURCE]", "types: [EVENT, STATE]"} {
		if touching != "" {
			touching = ", touching: {" + touching + "}"
		}
		text := "subscription { transactions(after: 0" + touching + ") { number time author message reverts { number } unsourced changes { nodes { action kind recordId differences { field before after } } } } }"
		want, got := w.events(w.without, text), w.events(w.with, text)
		if !strings.Contains(want, fmt.Sprintf(`"number":%d`, w.last)) {
			w.t.Fatalf("no event of the last transaction: %.1000s", want)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			w.t.Errorf("events %s (-without secrets +with):\n%.3000s", touching, diff)
		}
	}
}

// events returns the events of a subscription until that of the last transaction.
func (w *twins) events(g *graphWithSecrets, text string) string {
	w.t.Helper()
	server := graphtest.ServeStore(w.t, g.store, graph.Options{Now: graphtest.Clock, Limits: graphtest.Unlimited, ReportCost: true, Logger: graphtest.Warnings}, graphtest.As(graphtest.Reader))
	stream := server.Events(http.MethodPost, text)
	defer stream.Body.Close()
	var all []byte
	end := fmt.Appendf(nil, `"transactions":{"number":%d,`, w.last)
	for buffer := make([]byte, 4096); ; {
		n, err := stream.Body.Read(buffer)
		all = append(all, buffer[:n]...)
		if i := bytes.Index(all, end); err != nil || i >= 0 && bytes.Contains(all[i:], []byte("\n\n")) {
			return string(all)
		}
	}
}
