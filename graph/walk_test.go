package graph_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// errand is a question of the walk: a field of a type, in all ways that its
// arguments allow, of all records; or a field of Query.
type errand struct{ name, query string }

// anybody and an editor are who asks.
var (
	anybody = access.Anonymous
	editor  = access.Principal{Name: "editor", Role: access.Editor}
)

// TestNothingRestrictedShows walks every field of the schema over a graph with
// restricted records, as anybody: no word and no id of them shows, at any time.
// As an editor the same walk shows them all.
func TestNothingRestrictedShows(t *testing.T) {
	e := openEmbargo(t, true)
	e.stray(t)
	secrets := e.marks()
	seen, types := map[string]bool{}, map[string]bool{}
	for _, errand := range walkOf(t, e, "") {
		for _, known := range []any{nil, hiddenRecords, publicLinks, strayed} {
			answer := e.ask(t, anybody, errand.query, known)
			for name, mark := range secrets {
				if mark(answer) {
					t.Errorf("%s, known at %v: %s shows in\n%.3000s\nof\n%s", errand.name, known, name, answer, errand.query)
				}
			}
		}
		shown := e.ask(t, editor, errand.query, nil)
		if bytes.Contains(shown, []byte(`"errors"`)) {
			t.Fatalf("%s: %.1000s\nof\n%s", errand.name, shown, errand.query)
		}
		for name, mark := range secrets {
			seen[name] = seen[name] || mark(shown)
		}
		for _, found := range typeNamePattern.FindAllSubmatch(shown, -1) {
			types[string(found[1])] = true
		}
	}
	for name := range secrets {
		if !seen[name] {
			t.Errorf("no editor was shown %s: the walk would not tell", name)
		}
	}
	for name := range reachable(loadSchema(t)) {
		if !types[name] {
			t.Errorf("nothing of type %s was met", name)
		}
	}
}

// TestAsIfNothingWereRestricted takes the same walk without what tells of
// transactions, and holds every list, count, flag and cursor against those of a
// graph in which nothing was ever restricted.
func TestAsIfNothingWereRestricted(t *testing.T) {
	with, without := openEmbargo(t, true), openEmbargo(t, false)
	different := 0
	for _, errand := range walkOf(t, with, "Transaction") {
		want := string(without.ask(t, anybody, errand.query, nil))
		for _, known := range []any{nil, publicLinks, restrictions} {
			if diff := cmp.Diff(want, string(with.ask(t, anybody, errand.query, known))); diff != "" {
				t.Errorf("%s, known at %v (-without +with):\n%.3000s\nof\n%s", errand.name, known, diff, errand.query)
			}
		}
		if want != string(with.ask(t, editor, errand.query, nil)) {
			different++
		}
	}
	if different < 100 {
		t.Errorf("an editor is answered otherwise %d times only", different)
	}
}

var typeNamePattern = regexp.MustCompile(`"__typename":"(\w+)"`)

// marks are what tells of something restricted: its words; its ids, spelled or
// within a cursor.
func (e *embargo) marks() map[string]func([]byte) bool {
	marks := map[string]func([]byte) bool{"a word": func(answer []byte) bool { return bytes.Contains(answer, []byte(canary)) }}
	for name, id := range e.hidden {
		text := []byte(id.String())
		marks[name] = func(answer []byte) bool { return bytes.Contains(answer, text) }
	}
	marks["a cursor"] = func(answer []byte) bool {
		for _, found := range cursorPattern.FindAllSubmatch(answer, -1) {
			cursor, _ := base64.RawURLEncoding.DecodeString(string(found[1]))
			for _, id := range e.hidden {
				if bytes.Contains(cursor, binary.BigEndian.AppendUint64(nil, uint64(id))) || bytes.Contains(cursor, binary.BigEndian.AppendUint64(nil, id.Stamp())[1:]) {
					return true
				}
			}
		}
		return false
	}
	return marks
}

var cursorPattern = regexp.MustCompile(`ursor":"([^"]+)"`)

// ask asks as a principal, of a state.
func (e *embargo) ask(t *testing.T, as access.Principal, query string, known any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"known": known}})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	e.handler.ServeHTTP(answer, request.WithContext(access.With(request.Context(), as)))
	return bare(answer.Body.Bytes())
}

// walkOf makes the errands of a walk from the schema, without the fields of types
// that begin so, if not empty.
func walkOf(t *testing.T, e *embargo, without string) (errands []errand) {
	t.Helper()
	schema := loadSchema(t)
	w := walkmaker{schema, e}
	if without != "" {
		for _, def := range schema.Types {
			def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Type.Name(), without) })
		}
	}
	var ids []string
	for _, group := range []map[string]diplomacy.ID{e.public, e.hidden} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			ids = append(ids, group[name].String())
		}
	}
	for _, def := range schema.GetPossibleTypes(schema.Types["Node"]) {
		of := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return parsed(t, id).Kind().String() != def.Name })
		for _, field := range def.Fields {
			selection := fmt.Sprintf("__typename ... on %s { %s }", def.Name, w.ways(field, 2))
			errands = append(errands, errand{def.Name + "." + field.Name, fmt.Sprintf(`query($known: Int) @asOf(knownAt: $known) { nodes(ids: [%s]) { %s } }`, quotedList(of), selection)})
		}
	}
	for _, field := range schema.Query.Fields {
		for i, way := range w.queryWays(field) {
			errands = append(errands, errand{fmt.Sprintf("Query.%s %d", field.Name, i), "query($known: Int) @asOf(knownAt: $known) { " + way + " }"})
		}
	}
	return errands
}

func parsed(t *testing.T, text string) diplomacy.ID {
	t.Helper()
	id, err := diplomacy.ParseID(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func quotedList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = fmt.Sprintf("%q", text)
	}
	return strings.Join(quoted, ", ")
}

// walkmaker writes selections.
type walkmaker struct {
	schema *ast.Schema
	*embargo
}

// ways selects a field under an alias for each set of arguments.
func (w walkmaker) ways(field *ast.FieldDefinition, depth int) string {
	below := w.below(field.Type.Name(), depth)
	sets := []string{""}
	if pages(field) {
		sets = []string{"(first: 100)", "(last: 2)"}
		if where := field.Arguments.ForName("where"); where != nil && w.schema.Types[where.Type.Name()].Fields.ForName("node") != nil {
			sets = append(sets, fmt.Sprintf("(where: {node: [%q, %q, %q]})", w.hidden["source1"], w.hidden["source2"], w.public["Person1"]))
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

// below selects everything of a type, so deep.
func (w walkmaker) below(typeName string, depth int) string {
	def := w.schema.Types[typeName]
	if def.IsLeafType() {
		return ""
	}
	if def.Kind == ast.Union {
		return "{ __typename ... on Thing " + w.below("Thing", depth) + " }"
	}
	parts := []string{"__typename"}
	for _, field := range def.Fields {
		leaf := w.schema.Types[field.Type.Name()].IsLeafType()
		switch {
		case leaf && len(field.Arguments) == 0, leaf && field.Name == "name", leaf && field.Name == "holds":
			parts = append(parts, field.Name)
		case leaf:
		case field.Name == "judgements": // whose ways are walked from each thing, as any field's
			parts = append(parts, "judgements { __typename id reasons a { id slug } b { id slug } }")
		case field.Name == "pageInfo", field.Name == "edges", field.Name == "nodes", field.Name == "node":
			parts = append(parts, field.Name+" "+w.below(field.Type.Name(), depth))
		case depth > 0 && !pages(field):
			parts = append(parts, field.Name+" "+w.below(field.Type.Name(), depth-1))
		}
	}
	if def.Kind == ast.Interface && depth > 0 {
		parts = append(parts, "... on Source { url snapshot } ... on Evidence { asserted quote { exact } source { id slug } } ... on Judgement { reasons a { id } b { id } }")
		parts = slices.DeleteFunc(parts, func(part string) bool {
			return strings.HasPrefix(part, "...") && typeName != "Node" && typeName != "Thing"
		})
		if typeName == "Thing" {
			parts[len(parts)-1] = "... on Source { url snapshot }"
		}
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// queryWays asks a field of Query by all its keys, public and hidden, or for all
// its pages.
func (w walkmaker) queryWays(field *ast.FieldDefinition) (ways []string) {
	below := w.below(field.Type.Name(), 2)
	add := func(pattern string, arguments ...any) {
		ways = append(ways, "answer: "+field.Name+fmt.Sprintf(pattern, arguments...)+" "+below)
	}
	switch {
	case field.Name == "node":
		for _, group := range []map[string]diplomacy.ID{w.public, w.hidden} {
			for _, name := range slices.Sorted(maps.Keys(group)) {
				add("(id: %q)", group[name])
			}
		}
	case field.Name == "_entities":
		add("(representations: [%s])", w.representations())
	case len(field.Arguments) == 0:
		add("")
	case field.Name == "nodes", strings.HasPrefix(field.Name, "__"): // every other errand; the schema
	case field.Name == "transaction":
		for n := range returned + 1 {
			add("(number: %d)", n)
			ways = append(ways, fmt.Sprintf("answer: transaction(number: %d) { changes(first: 500) %s }", n, w.below("ChangeConnection", 2)))
			ways = append(ways, fmt.Sprintf("answer: transaction(number: %d) { changes(last: 3) %s }", n, w.below("ChangeConnection", 2)))
		}
	case field.Arguments.ForName("by") != nil:
		kind := field.Type.Name()
		for i := range 4 {
			slug := fmt.Sprint(canary, "-", i)
			for _, key := range []string{"slug: " + fmt.Sprintf("%q", slug), "identifier: " + fmt.Sprintf("%q", "test:"+kind+slug), "id: " + fmt.Sprintf("%q", w.hidden[fmt.Sprint("source", i)])} {
				add("(by: {%s})", key)
			}
			if kind == "Source" {
				add("(by: {url: %q})", "https://example.org/Source/"+slug)
			}
		}
		for _, slug := range []string{"public-1", "public-2", "twin"} {
			add("(by: {slug: %q})", slug)
			add("(by: {identifier: %q})", "test:"+kind+slug)
		}
	case field.Arguments.ForName("of") != nil:
		add(`(of: {slug: "public-1"})`)
		add(`(of: {slug: "public-2"}, validAt: "2021")`)
	case field.Arguments.ForName("orderBy") != nil:
		for _, order := range []string{"NAME", "NEWEST", "RECORDED_DESC"} {
			add("(first: 1, orderBy: %s)", order)
			add("(last: 500, orderBy: %s)", order)
		}
		add(`(where: {name: {contains: "canary"}})`)
	default:
		add("(first: 500)")
	}
	return ways
}

// reachable are the object types that a query can meet.
func reachable(schema *ast.Schema) map[string]bool {
	found := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		for _, def := range schema.GetPossibleTypes(schema.Types[name]) {
			if found[def.Name] || def.BuiltIn || def.Kind != ast.Object {
				continue
			}
			found[def.Name] = true
			for _, field := range def.Fields {
				if !strings.HasPrefix(field.Name, "__") {
					visit(field.Type.Name())
				}
			}
		}
	}
	visit("Query")
	delete(found, "Query")
	return found
}
