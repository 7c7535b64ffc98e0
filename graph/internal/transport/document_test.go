package transport_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/graph/graphtest"
)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// automatic returns the persistedQuery extension of Apollo's clients.
func automatic(hash string) string {
	return `{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}`
}

// asked returns a POST body that identifies a document by its hash, with its text or
// without.
func asked(text string, sent bool) string {
	body := map[string]any{"extensions": json.RawMessage(automatic(hash(text)))}
	if sent {
		body["query"] = text
	}
	encoded, _ := json.Marshal(body)
	return string(encoded)
}

const notFound = `{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}`

// TestPersistedQueriesAreStoredByHash stores documents in every way a request can send
// them, and requests them in every other.
func TestPersistedQueriesAreStoredByHash(t *testing.T) {
	text := func(n int) string { return fmt.Sprintf("{ a%d: __typename }", n) }
	get := func(parameters ...string) graphtest.Exchange {
		values := url.Values{}
		for i := 0; i < len(parameters); i += 2 {
			values.Set(parameters[i], parameters[i+1])
		}
		return graphtest.Exchange{Method: http.MethodGet, Query: values.Encode()}
	}
	ways := map[string]func(text string, sent bool) graphtest.Exchange{
		"POST": func(text string, sent bool) graphtest.Exchange { return graphtest.Exchange{Body: asked(text, sent)} },
		"GET": func(text string, sent bool) graphtest.Exchange {
			if sent {
				return get("extensions", automatic(hash(text)), "query", text)
			}
			return get("extensions", automatic(hash(text)))
		},
		"documentId": func(text string, sent bool) graphtest.Exchange {
			if sent {
				return get("documentId", "sha256:"+hash(text), "query", text)
			}
			return get("documentId", "sha256:"+hash(text))
		},
		"documentId by POST": func(text string, sent bool) graphtest.Exchange {
			if sent {
				return graphtest.Exchange{Body: `{"documentId": "sha256:` + hash(text) + `", "query": "` + text + `", "extensions": null}`}
			}
			return graphtest.Exchange{Body: `{"documentId": "sha256:` + hash(text) + `", "query": null}`}
		},
	}
	b := graphtest.Serve(t, graph.Options{})
	n := 0
	for first, send := range ways {
		for second, ask := range ways {
			n++
			e := ask(text(n), false)
			e.Status, e.Response = 200, notFound
			b.Expect(t, e)
			e = send(text(n), true)
			e.Status, e.Response = 200, fmt.Sprintf(`{"data":{"a%d":"Query"}}`, n)
			b.Expect(t, e)
			want := e.Response
			e = ask(text(n), false)
			e.Status, e.Response = 200, want
			if t.Run(first+", then "+second, func(t *testing.T) { b.Expect(t, e) }); t.Failed() {
				return
			}
		}
	}
	b.Expect(t, graphtest.Exchange{Body: "[" + asked(text(1), false) + "," + asked(text(n+1), false) + "," + asked(text(2), false) + "]", Status: 200,
		Response: `[{"data":{"a1":"Query"}},` + notFound + `,{"data":{"a2":"Query"}}]`})
}

// TestInvalidPersistedQueriesAreNotStored; of valid ones the least recently used are
// evicted.
func TestInvalidPersistedQueriesAreNotStored(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{PersistedQueries: 2, Limits: graph.Limits{Tokens: 50}})
	for name, text := range map[string]string{
		"no document":    "{",
		"no such field":  "{ nothing }",
		"beyond a limit": "{ " + strings.Repeat("__typename ", 51) + "}",
		"a wrong value":  "query($id: ID!) { node(id: $id) { id } }",
	} {
		t.Run(name, func(t *testing.T) {
			b.Expect(t, graphtest.Exchange{Body: asked(text, true), Status: 200, Response: `{"errors":…`})
			b.Expect(t, graphtest.Exchange{Body: asked(text, false), Status: 200, Response: notFound})
		})
	}
	for _, name := range []string{"a", "b", "c"} {
		b.Expect(t, graphtest.Exchange{Body: asked("{ "+name+": __typename }", true), Status: 200, Response: `"data"…`})
		b.Expect(t, graphtest.Exchange{Body: asked("{ a: __typename }", false), Status: 200, Response: `"data"…`})
	}
	b.Expect(t, graphtest.Exchange{Body: asked("{ c: __typename }", false), Status: 200, Response: `"data"…`})
	b.Expect(t, graphtest.Exchange{Body: asked("{ b: __typename }", false), Status: 200, Response: notFound})
}

func TestInvalidDocumentIDsAreRejected(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	proper := []string{"Accept", "application/graphql-response+json"}
	for name, e := range map[string]graphtest.Exchange{
		"not there":          {Body: asked("{ x }", false), Header: proper, Status: 400, Response: notFound},
		"another text":       {Body: `{"query": "{ spill }", "extensions": ` + automatic(hash("{ x }")) + `}`, Header: proper, Status: 400, Response: `the document does not match its id…`},
		"capital letters":    {Body: `{"query": "{ __typename }", "extensions": ` + automatic(strings.ToUpper(hash("{ __typename }"))) + `}`, Header: proper, Status: 400, Response: `lower-case…`},
		"another version":    {Body: `{"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 2, "sha256Hash": "spill"}}}`, Header: proper, Status: 400, Response: `{"errors":[{"message":"PersistedQueryNotSupported","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}`},
		"no hash":            {Body: `{"extensions": {"persistedQuery": {"version": 1}}}`, Header: proper, Status: 400, Response: `"BAD_REQUEST"…`},
		"no object":          {Body: `{"extensions": {"persistedQuery": "spill"}}`, Header: proper, Status: 400, Response: `"BAD_REQUEST"…`},
		"no extension":       {Body: `{"query": "{ __typename }", "extensions": {"persistedQuery": null}}`, Status: 200, Response: graphtest.TypenameResponse},
		"no id":              {Body: `{"documentId": ""}`, Header: proper, Status: 400, Response: `documentId is a string…`},
		"a long id":          {Body: `{"documentId": "` + strings.Repeat("spill", 100) + `"}`, Header: proper, Status: 400, Response: `of up to 256 bytes…`},
		"an id of no text":   {Body: `{"documentId": 1}`, Status: 400, Response: `are strings…`},
		"a null for an id":   {Body: `{"documentId": null}`, Status: 400, Response: `the request has no query…`},
		"two ids":            {Body: `{"documentId": "spill", "extensions": ` + automatic(hash("{ x }")) + `}`, Header: proper, Status: 400, Response: `different documents…`},
		"the same id twice":  {Body: `{"query": "{ __typename }", "documentId": "sha256:` + hash("{ __typename }") + `", "extensions": ` + automatic(hash("{ __typename }")) + `}`, Status: 200, Response: graphtest.TypenameResponse},
		"a mutation by GET":  {Method: http.MethodGet, Query: url.Values{"query": {"mutation { __typename }"}, "documentId": {"sha256:" + hash("mutation { __typename }")}}.Encode(), Status: 405, Allow: "POST", Response: `"METHOD_NOT_ALLOWED"…`},
		"an unknown by GET":  {Method: http.MethodGet, Query: "documentId=nobodys", Header: proper, Status: 400, Response: notFound},
		"and nothing at all": {Method: http.MethodGet, Query: "extensions=%7B%7D", Status: 400, Response: `the request has no query…`},
	} {
		t.Run(name, func(t *testing.T) { b.Expect(t, e) })
	}
}

// trust reads the manifests that generators wrote, and one with a document beyond the
// limits.
func trust(t *testing.T) *graph.TrustedDocuments {
	t.Helper()
	const made = "../../../testdata/persisted/manifests/"
	large := filepath.Join(t.TempDir(), "large.json")
	text, _ := json.Marshal(map[string]string{"large": "{ " + strings.Repeat("__typename ", 100) + "}"})
	if err := os.WriteFile(large, text, 0o600); err != nil {
		t.Fatal(err)
	}
	trusted, err := graph.ReadManifests(made+"codegen.json", made+"relay.json", made+"apollo.json", large)
	if err != nil {
		t.Fatal(err)
	}
	return trusted
}

// TestTrustedDocumentsRunByIDAndText requests documents as the clients of each generator
// do, and by their text, also beyond the limits.
func TestTrustedDocumentsRunByIDAndText(t *testing.T) {
	const (
		codegen = "sha256:7d9988261ed34e5acc21a2f47f0d949b62a9b7b1ca93de54fa908a4f36d6713e"
		relay   = "9069167c8451a20359b4faf73be69985"
		apollo  = "45184c9c12a98490a27d16e342c8fbe78e1f02d00e693c2d5651e55325e2f59a"
	)
	trusted := trust(t)
	for _, only := range []bool{false, true} {
		b := graphtest.Serve(t, graph.Options{TrustedDocuments: trusted, TrustedOnly: only, Limits: graph.Limits{Tokens: 50}})
		for name, body := range map[string]string{
			"GraphQL Code Generator": `{"documentId": "` + codegen + `", "variables": {"slug": "x"}}`,
			"Relay":                  `{"documentId": "` + relay + `", "variables": {"slug": "x"}}`,
			"Relay, by its SHA-256":  `{"documentId": "sha256:` + hash(textOf(t, "relay.json", relay)) + `", "variables": {"slug": "x"}}`,
			"Apollo":                 `{"operationName": "ministerQuery", "variables": {"slug": "x"}, "extensions": ` + automatic(apollo) + `}`,
			"its text":               string(must(json.Marshal(map[string]any{"query": textOf(t, "relay.json", relay), "variables": map[string]string{"slug": "x"}}))),
		} {
			t.Run(fmt.Sprint(name, " ", only), func(t *testing.T) {
				b.Expect(t, graphtest.Exchange{Body: body, Status: 200, Response: `{"data":{"person":null}…`})
			})
		}
		b.Expect(t, graphtest.Exchange{Body: `{"documentId": "large"}`, Status: 200, Response: graphtest.TypenameResponse})
		refused := `"DOCUMENT_NOT_TRUSTED"…`
		for body, otherwise := range map[string]string{
			graphtest.TypenameRequest:                          graphtest.TypenameResponse,
			`{"query": "{ __schema { queryType { name } } }"}`: `"data"…`,
			asked("{ __typename }", true):                      graphtest.TypenameResponse,
			`{"documentId": "unknown"}`:                        notFound,
			`{"query": "{"}`:                                   `GRAPHQL_PARSE_FAILED…`,
		} {
			if only {
				b.Expect(t, graphtest.Exchange{Body: body, Header: []string{"Accept", "application/graphql-response+json"}, Status: 403, Response: refused})
				otherwise = refused
			}
			b.Expect(t, graphtest.Exchange{Body: body, Status: 200, Response: otherwise})
		}
	}
}

func textOf(t *testing.T, manifest, id string) string {
	t.Helper()
	text, err := os.ReadFile("../../../testdata/persisted/manifests/" + manifest)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]string
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all[id]
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
