package restriction_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestRestrictedRecordsAreHiddenInEveryField reads every field of the schema on a graph
// with restricted records: no text and no id of them is in a response to an anonymous
// client, at any revision. The same queries show all of them to an editor.
func TestRestrictedRecordsAreHiddenInEveryField(t *testing.T) {
	g := openGraph(t, true)
	g.moveEvidence(t)
	marks := g.marks()
	shownToEditor, types := map[string]bool{}, map[string]bool{}
	for _, q := range queriesOf(t, g, "") {
		for _, known := range []any{nil, hiddenRecords, publicLinks, evidenceMovedToSecret} {
			response := g.post(t, access.Anonymous, q.text, known)
			for name, isShown := range marks {
				if isShown(response) {
					t.Errorf("%s, known at %v, shows %s in\n%.3000s\nof\n%s", q.name, known, name, response, q.text)
				}
			}
		}
		response := g.post(t, graphtest.Editor, q.text, nil)
		if bytes.Contains(response, []byte(`"errors"`)) {
			t.Fatalf("%s: %.1000s\nof\n%s", q.name, response, q.text)
		}
		for name, isShown := range marks {
			shownToEditor[name] = shownToEditor[name] || isShown(response)
		}
		for _, found := range typeNamePattern.FindAllSubmatch(response, -1) {
			types[string(found[1])] = true
		}
	}
	for name := range marks {
		if !shownToEditor[name] {
			t.Errorf("editors are not shown %s, so this test proves nothing about it", name)
		}
	}
	for name := range reachableTypes(graphtest.LoadSchema(t)) {
		if !types[name] {
			t.Errorf("no response contains an object of type %s", name)
		}
	}
}

// TestResponsesAreThoseOfAGraphWithoutSecrets compares all responses, including counts,
// flags and cursors but without transactions, with those of a graph that never had a
// restricted record.
func TestResponsesAreThoseOfAGraphWithoutSecrets(t *testing.T) {
	with, without := openGraph(t, true), openGraph(t, false)
	different := 0
	for _, q := range queriesOf(t, with, "Transaction") {
		if strings.Contains(q.text, "since:") {
			continue // transactions have other numbers without secrets; the differential test aligns them
		}
		want := string(without.post(t, access.Anonymous, q.text, nil))
		for _, known := range []any{nil, publicLinks, restrictions} {
			if diff := cmp.Diff(want, string(with.post(t, access.Anonymous, q.text, known))); diff != "" {
				t.Errorf("%s, known at %v (-without +with):\n%.3000s\nof\n%s", q.name, known, diff, q.text)
			}
		}
		if want != string(with.post(t, graphtest.Editor, q.text, nil)) {
			different++
		}
	}
	if different < 100 {
		t.Errorf("responses to editors differ in %d queries only", different)
	}
}

var (
	typeNamePattern = regexp.MustCompile(`"__typename":"(\w+)"`)
	cursorPattern   = regexp.MustCompile(`ursor":"([^"]+)"`)
)

// marks returns functions that report whether a response shows something restricted: a
// text, an id, or an id within a cursor.
func (g *graphWithSecrets) marks() map[string]func(response []byte) bool {
	marks := map[string]func([]byte) bool{"a text": func(response []byte) bool { return bytes.Contains(response, []byte(canary)) }}
	for name, id := range g.hidden {
		text := []byte(id.String())
		marks[name] = func(response []byte) bool { return bytes.Contains(response, text) }
	}
	marks["a cursor"] = func(response []byte) bool {
		for _, found := range cursorPattern.FindAllSubmatch(response, -1) {
			cursor, _ := base64.RawURLEncoding.DecodeString(string(found[1]))
			for _, id := range g.hidden {
				if bytes.Contains(cursor, binary.BigEndian.AppendUint64(nil, uint64(id))) || bytes.Contains(cursor, binary.BigEndian.AppendUint64(nil, id.Stamp())[1:]) {
					return true
				}
			}
		}
		return false
	}
	return marks
}

// post posts a query as a principal, for a revision.
func (g *graphWithSecrets) post(t *testing.T, as access.Principal, query string, known any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"known": known}})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	g.handler.ServeHTTP(recorder, request.WithContext(access.WithPrincipal(request.Context(), as)))
	return graphtest.WithoutExtensions(recorder.Body.Bytes())
}

// reachableTypes returns the object types that a query can reach.
func reachableTypes(schema *ast.Schema) map[string]bool {
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
