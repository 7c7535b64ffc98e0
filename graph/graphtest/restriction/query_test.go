package restriction_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/graph/relations"

	"github.com/vektah/gqlparser/v2/ast"
)

// query reads one field: of all records of a type, or of Query.
type query struct{ name, text string }

// queriesOf returns queries for every field of the schema with all its arguments, except
// for fields whose type begins with a prefix, if that is not empty.
func queriesOf(t *testing.T, g *graphWithSecrets, without string) (queries []query) {
	t.Helper()
	schema := graphtest.LoadSchema(t)
	w := walk{schema, g}
	if without != "" {
		for _, def := range schema.Types {
			def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Type.Name(), without) })
		}
	}
	ids := g.allIDs()
	for _, def := range schema.GetPossibleTypes(schema.Types["Node"]) {
		of := slices.DeleteFunc(slices.Clone(ids), func(id diplomacy.ID) bool { return id.Kind().String() != def.Name })
		for _, field := range def.Fields {
			selection := fmt.Sprintf("__typename ... on %s { %s }", def.Name, w.field(def.Name, field, 2))
			queries = append(queries, query{def.Name + "." + field.Name, fmt.Sprintf(`query($known: Int) @asOf(knownAt: $known) { nodes(ids: [%s]) { %s } }`, quotedList(of), selection)})
		}
	}
	for _, field := range schema.Query.Fields {
		for i, selection := range w.queryField(field) {
			queries = append(queries, query{fmt.Sprintf("Query.%s %d", field.Name, i), "query($known: Int) @asOf(knownAt: $known) { " + selection + " }"})
		}
	}
	return queries
}

// allIDs returns the ids of all records, sorted by name.
func (g *graphWithSecrets) allIDs() (ids []diplomacy.ID) {
	for _, group := range []map[string]diplomacy.ID{g.public, g.hidden} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			ids = append(ids, group[name])
		}
	}
	return ids
}

func quotedList(ids []diplomacy.ID) string {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = fmt.Sprintf("%q", id)
	}
	return strings.Join(quoted, ", ")
}

// walk writes the selections of queries.
type walk struct {
	schema *ast.Schema
	*graphWithSecrets
}

// field selects a field under an alias for each set of arguments.
func (w walk) field(typeName string, field *ast.FieldDefinition, depth int) string {
	below := w.selection(field.Type.Name(), depth)
	sets := []string{""}
	if graphtest.IsPaged(field) {
		sets = []string{"(first: 100)", "(last: 2)"}
		if where := field.Arguments.ForName("where"); where != nil && w.schema.Types[where.Type.Name()].Fields.ForName("node") != nil {
			sets = append(sets, fmt.Sprintf("(where: {node: [%q]})", w.public[w.nodeType(typeName, field).String()+"1"]))
		}
		if field.Arguments.ForName("validAt") != nil {
			sets = append(sets, `(validAt: "2021", orderBy: OLDEST)`)
		}
	}
	var b strings.Builder
	for i, arguments := range sets {
		fmt.Fprintf(&b, "%s%d: %s%s %s\n", field.Name, i, field.Name, arguments, below)
	}
	return b.String()
}

// nodeType returns a type of entity to which a field leads.
func (w walk) nodeType(typeName string, field *ast.FieldDefinition) diplomacy.Kind {
	relation := relations.Table[typeName+"."+field.Name]
	if relation == nil {
		relation = relations.Table["Person."+field.Name] // of Thing
	}
	return relation.NodeKinds()[0]
}

// selection selects everything of a type, to a depth.
func (w walk) selection(typeName string, depth int) string {
	def := w.schema.Types[typeName]
	switch {
	case def.IsLeafType():
		return ""
	case def.Kind == ast.Union:
		return "{ __typename ... on Thing " + w.selection("Thing", depth) + " }"
	}
	parts := []string{"__typename"}
	for _, field := range def.Fields {
		if part := w.subfield(field, depth); part != "" {
			parts = append(parts, part)
		}
	}
	switch {
	case depth > 0 && typeName == "Thing":
		parts = append(parts, "... on Source { url snapshot }")
	case depth > 0 && typeName == "Node":
		parts = append(parts, "... on Source { url snapshot } ... on Evidence { asserted quote { exact } source { id slug } } ... on Judgement { reasons a { id } b { id } }")
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// subfield selects a field of a selection, or returns "" if it needs arguments or is too
// deep; paged fields are read by queries of their own.
func (w walk) subfield(field *ast.FieldDefinition, depth int) string {
	if w.schema.Types[field.Type.Name()].IsLeafType() {
		if len(field.Arguments) == 0 || field.Name == "name" || field.Name == "holds" {
			return field.Name
		}
		return ""
	}
	switch field.Name {
	case "judgements":
		return "judgements { __typename id reasons a { id slug } b { id slug } }"
	case "pageInfo", "edges", "nodes", "node":
		return field.Name + " " + w.selection(field.Type.Name(), depth)
	}
	if depth > 0 && !graphtest.IsPaged(field) {
		return field.Name + " " + w.selection(field.Type.Name(), depth-1)
	}
	return ""
}

// queryField selects a field of Query by all keys, public and hidden, or with all pages.
func (w walk) queryField(field *ast.FieldDefinition) []string {
	switch {
	case field.Name == "nodes", strings.HasPrefix(field.Name, "__"): // read by the other queries; the schema
		return nil
	case field.Name == "transaction":
		return w.transactions(w.selection(field.Type.Name(), 2))
	}
	var selections []string
	for _, arguments := range w.arguments(field) {
		selections = append(selections, "answer: "+field.Name+arguments+" "+w.selection(field.Type.Name(), 2))
	}
	return selections
}

func (w walk) transactions(selection string) (selections []string) {
	changes := w.selection("ChangeConnection", 2)
	for n := range max(w.last, evidenceMovedBack) + 1 {
		selections = append(selections,
			fmt.Sprintf("answer: transaction(number: %d) %s", n, selection),
			fmt.Sprintf("answer: transaction(number: %d) { changes(first: 500) %s }", n, changes),
			fmt.Sprintf("answer: transaction(number: %d) { changes(last: 3) %s }", n, changes))
	}
	return selections
}

// arguments returns the argument lists with which a field of Query is read.
func (w walk) arguments(field *ast.FieldDefinition) (all []string) {
	switch {
	case field.Name == "node":
		for _, id := range w.allIDs() {
			all = append(all, fmt.Sprintf("(id: %q)", id))
		}
		return all
	case field.Name == "_entities":
		return []string{"(representations: [" + w.representations() + "])"}
	case field.Name == "impactOf":
		for _, id := range w.idsOf(isSource) {
			all = append(all, fmt.Sprintf("(source: %q, first: 500)", id), fmt.Sprintf("(source: %q, first: 1)", id))
		}
		return all
	case field.Name == "findings":
		return w.searches()
	case len(field.Arguments) == 0:
		return []string{""}
	case field.Arguments.ForName("by") != nil:
		return w.keys(field.Type.Name())
	case field.Arguments.ForName("of") != nil:
		return []string{`(of: {slug: "public-1"})`, `(of: {slug: "public-2"}, validAt: "2021")`}
	case field.Arguments.ForName("orderBy") != nil:
		for _, order := range []string{"NAME", "NEWEST", "RECORDED_DESC"} {
			all = append(all, fmt.Sprintf("(first: 1, orderBy: %s)", order), fmt.Sprintf("(last: 500, orderBy: %s)", order))
		}
		return append(all, `(where: {name: {contains: "canary"}})`)
	}
	return []string{"(first: 500)"}
}

// searches returns the argument lists with which findings are read: all, of each entity, by
// each source and since each transaction.
func (w walk) searches() []string {
	all := []string{"(first: 500)", "(first: 2)", "(severity: [ERROR, WARNING], first: 500)", "(rule: [UNSOURCED, SOURCES_CONTRADICT, TWO_HOLDERS], first: 500)"}
	for _, id := range w.idsOf(isEntity) {
		all = append(all, fmt.Sprintf("(entity: %q, first: 500)", id))
	}
	for _, id := range w.idsOf(isSource) {
		all = append(all, fmt.Sprintf("(source: %q, first: 500)", id))
	}
	for n := range max(w.last, evidenceMovedBack) {
		all = append(all, fmt.Sprintf("(since: %d, first: 500)", n+1))
	}
	return all
}

// idsOf returns the ids of some records: of random graphs also hidden ones, which errors
// repeat.
func (w walk) idsOf(is func(diplomacy.ID) bool) []diplomacy.ID {
	return slices.DeleteFunc(w.allIDs(), func(id diplomacy.ID) bool { return !is(id) || w.last == 0 && w.hides(id) })
}

func (g *graphWithSecrets) hides(id diplomacy.ID) bool {
	return slices.Contains(slices.Collect(maps.Values(g.hidden)), id)
}

// keys returns the argument by with all keys of a type.
func (w walk) keys(typeName string) (all []string) {
	for i := range 4 {
		slug := fmt.Sprint(canary, "-", i)
		all = append(all, fmt.Sprintf("(by: {slug: %q})", slug), fmt.Sprintf("(by: {identifier: %q})", "test:"+typeName+slug), fmt.Sprintf("(by: {id: %q})", w.hidden[fmt.Sprint("source", i)]))
		if typeName == "Source" {
			all = append(all, fmt.Sprintf("(by: {url: %q})", "https://example.org/Source/"+slug))
		}
	}
	for _, slug := range []string{"public-1", "public-2", "twin"} {
		all = append(all, fmt.Sprintf("(by: {slug: %q})", slug), fmt.Sprintf("(by: {identifier: %q})", "test:"+typeName+slug))
	}
	return all
}

// TestReferencesDoNotTellRestrictedRecordsFromMissingOnes names restricted records in
// arguments: each response equals the response of a graph without them.
func TestReferencesDoNotTellRestrictedRecordsFromMissingOnes(t *testing.T) {
	with, without := openGraph(t, true), openGraph(t, false)
	for _, reference := range []string{with.hidden["source1"].String(), with.hidden["source3"].String(), "Source/" + canary + "-1", "test:Source" + canary + "-1"} {
		for _, query := range []string{`{ node(id: %q) { id } }`, `{ nodes(ids: [%q]) { id } }`, `{ source(by: {id: %q}) { id } }`, `{ sources { nodes { predecessors(where: {node: [%q]}) { totalCount } } } }`} {
			text := fmt.Sprintf(query, reference)
			got, want := string(with.post(t, access.Anonymous, text, nil)), string(without.post(t, access.Anonymous, text, nil))
			if got != want {
				t.Errorf("%s: response\n%s\nwithout restricted records\n%s", text, got, want)
			}
			if shown := string(with.post(t, graphtest.Editor, text, nil)); shown == got && reference != with.hidden["source3"].String() {
				t.Errorf("%s: editors get the same response, so this proves nothing: %s", text, shown)
			}
		}
	}
}
