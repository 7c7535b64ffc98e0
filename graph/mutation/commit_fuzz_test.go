package mutation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"
)

// commitMutation selects all that a commit can answer.
const commitMutation = `mutation Any($input: CommitInput!) { commit(input: $input) {
	transaction { number } replayed userErrors { path code message }
	outcomes { path ref recordId action revision differences { field before after }
		node { id ... on Thing { slug name evidence { doubts } } ... on Statement { subject { name } object { name } evidence { stale } } ... on Evidence { about { id } doubts } } } } }`

// commitTester is a graph that is written at random, with counters.
type commitTester struct {
	store    store.Store
	handler  http.Handler
	refused  int // commits with user errors
	complete int // committed
}

func newCommitTester(t testing.TB) *commitTester {
	s := graphtest.OpenSample(t)
	return &commitTester{store: s, handler: graphtest.As(graphtest.Curator)(graphtest.NewHandler(s))}
}

// send posts a commit with any input. The response must have no internal error, and must
// report a transaction exactly if one was committed.
func (c *commitTester) send(t fataler, input []byte) {
	body := fmt.Sprintf(`{"query": %s, "variables": {"input": %s}}`, quote(commitMutation), input)
	request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	before, _ := c.store.Committed()
	recorder := httptest.NewRecorder()
	c.handler.ServeHTTP(recorder, request)
	after, _ := c.store.Committed()
	text := recorder.Body.Bytes()
	if recorder.Code >= http.StatusInternalServerError || bytes.Contains(text, []byte("internal error")) {
		t.Fatalf("%s\nstatus %d: %s", input, recorder.Code, text)
	}
	if bytes.Contains(text, []byte(`"userErrors":[{`)) {
		c.refused++
	}
	if after != before {
		c.complete++
	}
	written := transactionIn(t, text)
	if after != before && after != written || after == before && written > before {
		t.Fatalf("%s\nadvanced from transaction %d to %d, but reports %d: %s", input, before, after, written, text)
	}
}

type fataler interface {
	Fatalf(format string, args ...any)
}

// transactionIn returns the transaction in a response, or zero.
func transactionIn(t fataler, answer []byte) diplomacy.TxNumber {
	var response struct {
		Data struct {
			Commit struct {
				Transaction struct{ Number diplomacy.TxNumber }
			}
		}
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
	return response.Data.Commit.Transaction.Number
}

func quote(text string) []byte {
	quoted, _ := json.Marshal(text)
	return quoted
}

// FuzzCommitRequest sends any JSON as the input of a commit.
func FuzzCommitRequest(f *testing.F) {
	for _, seed := range []string{
		`{"changes": [{"putTopic": {"ref": "_:a", "name": "Water"}}, {"putTopic": {"name": "_:a"}}]}`,
		`{"changes": {"recordEvent": {"kind": "MEETING", "name": "x", "topics": {"to": "Topic/bilateral-relations"}}}, "unsourced": true}`,
		`{"changes": [{"patchPerson": {"id": "Person/elmar-mammadyarov", "born": {"a": [1, null]}, "names": [null]}}]}`,
		`{"changes": [{"putObservation": {"name": "n", "indicator": "IMPORTS", "period": "2018", "amount": 1e400, "unit": "USD"}}], "dryRun": true}`,
		`{"changes": [{"close": {"id": "Topic/bilateral-relations", "expectedRevision": -1}}, {}], "idempotencyKey": "\u0000"}`,
		`{"changes": [{"addEvidence": {"about": "_:a", "source": "x:y", "locator": {"from": 9, "to": 1}, "quote": {"exact": ""}}}]}`,
		`null`, `[]`, `{"changes": [[[{"close": null}]]]}`,
	} {
		f.Add([]byte(seed))
	}
	c := newCommitTester(f)
	f.Fuzz(func(t *testing.T, input []byte) {
		if !json.Valid(input) {
			t.Skip()
		}
		c.send(t, input)
	})
}

// TestGeneratedCommitsKeepTheGraphConsistent sends inputs that the schema allows, with
// valid and invalid values, and checks the store.
func TestGeneratedCommitsKeepTheGraphConsistent(t *testing.T) {
	schema := graphtest.LoadSchema(t)
	c := newCommitTester(t)
	for range 3 { // enough for some to be valid
		rapid.Check(t, c.commitAny(schema))
	}
	t.Logf("%d committed, %d rejected", c.complete, c.refused)
	if c.complete == 0 || c.refused == 0 {
		t.Error("too few commits were written or rejected")
	}
	for fault, err := range c.store.Check(t.Context()) {
		t.Error(fault, err)
	}
}

// commitAny sends one commit.
func (c *commitTester) commitAny(schema *ast.Schema) func(t *rapid.T) {
	return func(t *rapid.T) {
		text, err := json.Marshal(object(t, schema, schema.Types["CommitInput"], 0))
		if err != nil {
			t.Fatal(err)
		}
		c.send(t, text)
	}
}

// object draws the fields of an input object; of a @oneOf input usually one.
func object(t *rapid.T, schema *ast.Schema, def *ast.Definition, depth int) map[string]any {
	drawn := map[string]any{}
	if def.Directives.ForName("oneOf") != nil {
		for range rapid.SampledFrom([]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 0}).Draw(t, "how many") {
			field := rapid.SampledFrom(def.Fields).Draw(t, "which")
			drawn[field.Name] = value(t, schema, field.Name, field.Type, depth+1)
		}
		return drawn
	}
	for _, field := range def.Fields {
		if field.Type.NonNull || rapid.IntRange(0, 2+depth).Draw(t, "given "+field.Name) == 0 {
			drawn[field.Name] = value(t, schema, field.Name, field.Type, depth+1)
		}
	}
	if def.Fields.ForName("names") != nil && rapid.IntRange(0, 9).Draw(t, "nameless") > 0 {
		delete(drawn, "names")
		drawn["name"] = "Water"
	}
	return drawn
}

func value(t *rapid.T, schema *ast.Schema, field string, typ *ast.Type, depth int) any {
	if !typ.NonNull && rapid.IntRange(0, 9).Draw(t, "null") == 0 {
		return nil
	}
	if typ.Elem != nil {
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "length"))
		for i := range list {
			list[i] = value(t, schema, field, typ.Elem, depth)
		}
		return list
	}
	def := schema.Types[typ.Name()]
	switch {
	case def.Kind == ast.InputObject:
		return object(t, schema, def, depth)
	case def.Kind == ast.Enum:
		return rapid.SampledFrom(def.EnumValues).Draw(t, def.Name).Name
	}
	values := validValues[def.Name]
	if validValues[field] != nil {
		values = validValues[field]
	}
	if rapid.IntRange(0, 19).Draw(t, "unfit") == 0 {
		values = invalidValues[def.Name]
	}
	return rapid.SampledFrom(values).Draw(t, def.Name)
}

// fit are values of the fields and scalars of inputs that do, as a rule; unfit are
// others.
var (
	validValues = map[string][]any{
		"ID": {
			"Person/elmar-mammadyarov", "Person/chingiz-aydarbekov", "State/kyrgyzstan", "iso3166-1-alpha-2:AZ", "Organization/turkic-council",
			"Office/foreign-minister-of-kyrgyzstan", "Event/call-azerbaijan-kyrgyzstan-2020-04-27", "Topic/bilateral-relations", "Place/baku",
			"Source/trend-2020-04-27-call", "_:a", "_:b",
		},
		"String":      {"Water", "Energy", "water", "_:a", "_:b", "_:c", "x:y", "Ə"},
		"Int":         {1, 2, 3},
		"Boolean":     {true, false},
		"EDTF":        {"2020", "2020-02-06", "2018?", "2018/.."},
		"LanguageTag": {"en", "az"},
		"URL":         {"https://example.org/a"},
		"Decimal":     {"1", "3.7e6", 12, 0.5},

		"ref": {"_:a", "_:b"}, "identifiers": {"x:1", "x:2", "x:3"}, "coordinates": {"40.4,49.9"}, "unit": {"USD", "COUNT"},
		"website": {"https://example.org"}, "script": {"Latn"}, "unsourced": {true}, "expectedRevision": {nil, nil, nil, 1},
		"idempotencyKey": {nil, nil, nil, "a", "b"}, "slug": {"a", "b", "c", nil},
		"source": {"Source/trend-2020-04-27-call"}, "person": {"Person/elmar-mammadyarov"}, "office": {"Office/foreign-minister-of-kyrgyzstan"},
		"capacity": {"Office/foreign-minister-of-kyrgyzstan"}, "onBehalfOf": {"State/kyrgyzstan"}, "attributedTo": {"State/kyrgyzstan"},
		"member": {"State/kyrgyzstan", "_:a"}, "organization": {"Organization/turkic-council"}, "participant": {"State/kyrgyzstan", "_:b"},
		"event": {"Event/call-azerbaijan-kyrgyzstan-2020-04-27"}, "about": {"State/kyrgyzstan", "_:a"}, "language": {"en", "az"},
	}
	invalidValues = map[string][]any{
		"ID":          {"Person/nobody", "wikidata:Q0", "person_000000000000", "evidence_zzzzzzzzzzzz", "", "/", 7},
		"String":      {"", " ", "\u0000", "\u202e", "a\nb", strings.Repeat("x", 2_000)},
		"Int":         {0, -1, 1 << 31},
		"Boolean":     {nil, "true"},
		"EDTF":        {"2018-13", "/", "..", "", "9999", 2020, []any{}},
		"LanguageTag": {"zh-hant", "english", "", true},
		"URL":         {"javascript:alert(1)", "", map[string]any{"a": 1}},
		"Decimal":     {"much", "1e999999999", nil, strings.Repeat("9", 200), map[string]any{}},
	}
)
