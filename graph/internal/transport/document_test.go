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
)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// automatic is the extension of Apollo's clients.
func automatic(hash string) string {
	return `{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}`
}

// asked is a POST of a document by its hash, with its text or without.
func asked(text string, sent bool) string {
	body := map[string]any{"extensions": json.RawMessage(automatic(hash(text)))}
	if sent {
		body["query"] = text
	}
	encoded, _ := json.Marshal(body)
	return string(encoded)
}

const notFound = `{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}`

// TestDocumentsAreKeptByTheirHash: sent once, by any transport and in either way,
// then asked for by any.
func TestDocumentsAreKeptByTheirHash(t *testing.T) {
	text := func(n int) string { return fmt.Sprintf("{ a%d: __typename }", n) }
	get := func(parameters ...string) exchanged {
		values := url.Values{}
		for i := 0; i < len(parameters); i += 2 {
			values.Set(parameters[i], parameters[i+1])
		}
		return exchanged{method: http.MethodGet, query: values.Encode()}
	}
	ways := map[string]func(text string, sent bool) exchanged{
		"POST": func(text string, sent bool) exchanged { return exchanged{body: asked(text, sent)} },
		"GET": func(text string, sent bool) exchanged {
			if sent {
				return get("extensions", automatic(hash(text)), "query", text)
			}
			return get("extensions", automatic(hash(text)))
		},
		"documentId": func(text string, sent bool) exchanged {
			if sent {
				return get("documentId", "sha256:"+hash(text), "query", text)
			}
			return get("documentId", "sha256:"+hash(text))
		},
		"documentId by POST": func(text string, sent bool) exchanged {
			if sent {
				return exchanged{body: `{"documentId": "sha256:` + hash(text) + `", "query": "` + text + `", "extensions": null}`}
			}
			return exchanged{body: `{"documentId": "sha256:` + hash(text) + `", "query": null}`}
		},
	}
	b := serve(t, graph.Options{})
	n := 0
	for first, send := range ways {
		for second, ask := range ways {
			n++
			e := ask(text(n), false)
			e.status, e.answer = 200, notFound
			b.exchange(t, e)
			e = send(text(n), true)
			e.status, e.answer = 200, fmt.Sprintf(`{"data":{"a%d":"Query"}}`, n)
			b.exchange(t, e)
			want := e.answer
			e = ask(text(n), false)
			e.status, e.answer = 200, want
			if t.Run(first+", then "+second, func(t *testing.T) { b.exchange(t, e) }); t.Failed() {
				return
			}
		}
	}
	b.exchange(t, exchanged{body: "[" + asked(text(1), false) + "," + asked(text(n+1), false) + "," + asked(text(2), false) + "]", status: 200,
		answer: `[{"data":{"a1":"Query"}},` + notFound + `,{"data":{"a2":"Query"}}]`})

	c := b.dial(protocol)
	c.send(`{"type": "connection_init"}`)
	c.expect(`{"type": "connection_ack"}`)
	c.send(`{"type": "subscribe", "id": "a", "payload": ` + asked(text(1), false) + `}`)
	c.expect(`{"type": "next", "id": "a", "payload": {"data": {"a1": "Query"}}}`)
	c.expect(`{"type": "complete", "id": "a"}`)
	c.send(`{"type": "subscribe", "id": "b", "payload": {"documentId": "sha256:` + hash(text(2)) + `"}}`)
	c.expect(`{"type": "next", "id": "b", "payload": {"data": {"a2": "Query"}}}`)
	c.expect(`{"type": "complete", "id": "b"}`)
	e := get("documentId", "sha256:"+hash(text(1)))
	e.header, e.status, e.answer = []string{"Accept", "text/event-stream"}, 200, `event: next`+"\n"+`data: {"data":{"a1":"Query"}}…`
	b.exchange(t, e)
}

// TestDocumentsThatWillNotDoAreNotKept, nor those that nobody asks for any more.
func TestDocumentsThatWillNotDoAreNotKept(t *testing.T) {
	b := serve(t, graph.Options{Automatic: 2, Limits: graph.Limits{Tokens: 50}})
	for name, text := range map[string]string{
		"no document":    "{",
		"no such field":  "{ nothing }",
		"beyond a limit": "{ " + strings.Repeat("__typename ", 51) + "}",
		"a wrong value":  "query($id: ID!) { node(id: $id) { id } }",
	} {
		t.Run(name, func(t *testing.T) {
			b.exchange(t, exchanged{body: asked(text, true), status: 200, answer: `{"errors":…`})
			b.exchange(t, exchanged{body: asked(text, false), status: 200, answer: notFound})
		})
	}
	for _, name := range []string{"a", "b", "c"} {
		b.exchange(t, exchanged{body: asked("{ "+name+": __typename }", true), status: 200, answer: `"data"…`})
		b.exchange(t, exchanged{body: asked("{ a: __typename }", false), status: 200, answer: `"data"…`})
	}
	b.exchange(t, exchanged{body: asked("{ c: __typename }", false), status: 200, answer: `"data"…`})
	b.exchange(t, exchanged{body: asked("{ b: __typename }", false), status: 200, answer: notFound})
}

func TestIdsAreRead(t *testing.T) {
	b := serve(t, graph.Options{})
	proper := []string{"Accept", "application/graphql-response+json"}
	for name, e := range map[string]exchanged{
		"not there":          {body: asked("{ x }", false), header: proper, status: 400, answer: notFound},
		"another text":       {body: `{"query": "{ spill }", "extensions": ` + automatic(hash("{ x }")) + `}`, header: proper, status: 400, answer: `not the one of the id…`},
		"capital letters":    {body: `{"query": "{ __typename }", "extensions": ` + automatic(strings.ToUpper(hash("{ __typename }"))) + `}`, header: proper, status: 400, answer: `lower-case…`},
		"another version":    {body: `{"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 2, "sha256Hash": "spill"}}}`, header: proper, status: 400, answer: `{"errors":[{"message":"PersistedQueryNotSupported","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}`},
		"no hash":            {body: `{"extensions": {"persistedQuery": {"version": 1}}}`, header: proper, status: 400, answer: `"BAD_REQUEST"…`},
		"no object":          {body: `{"extensions": {"persistedQuery": "spill"}}`, header: proper, status: 400, answer: `"BAD_REQUEST"…`},
		"no extension":       {body: `{"query": "{ __typename }", "extensions": {"persistedQuery": null}}`, status: 200, answer: typenameOf},
		"no id":              {body: `{"documentId": ""}`, header: proper, status: 400, answer: `documentId is a text…`},
		"a long id":          {body: `{"documentId": "` + strings.Repeat("spill", 100) + `"}`, header: proper, status: 400, answer: `of up to 256 bytes…`},
		"an id of no text":   {body: `{"documentId": 1}`, status: 400, answer: `are strings…`},
		"a null for an id":   {body: `{"documentId": null}`, status: 400, answer: `there is no query…`},
		"two ids":            {body: `{"documentId": "spill", "extensions": ` + automatic(hash("{ x }")) + `}`, header: proper, status: 400, answer: `two documents…`},
		"the same id twice":  {body: `{"query": "{ __typename }", "documentId": "sha256:` + hash("{ __typename }") + `", "extensions": ` + automatic(hash("{ __typename }")) + `}`, status: 200, answer: typenameOf},
		"a mutation by GET":  {method: http.MethodGet, query: url.Values{"query": {"mutation { __typename }"}, "documentId": {"sha256:" + hash("mutation { __typename }")}}.Encode(), status: 405, allow: "POST", answer: `"METHOD_NOT_ALLOWED"…`},
		"an unknown by GET":  {method: http.MethodGet, query: "documentId=nobodys", header: proper, status: 400, answer: notFound},
		"and nothing at all": {method: http.MethodGet, query: "extensions=%7B%7D", status: 400, answer: `there is no query…`},
	} {
		t.Run(name, func(t *testing.T) { b.exchange(t, e) })
	}
}

// trust reads the manifests that real generators wrote, and one with a document
// beyond the limits.
func trust(t *testing.T) *graph.Trusted {
	t.Helper()
	const made = "../../../testdata/persisted/manifests/"
	large := filepath.Join(t.TempDir(), "large.json")
	text, _ := json.Marshal(map[string]string{"large": "{ " + strings.Repeat("__typename ", 100) + "}"})
	if err := os.WriteFile(large, text, 0o600); err != nil {
		t.Fatal(err)
	}
	trusted, err := graph.ReadTrusted(made+"codegen.json", made+"relay.json", made+"apollo.json", large)
	if err != nil {
		t.Fatal(err)
	}
	return trusted
}

// TestTrustedDocumentsRun by the ids that each of the generators' clients sends, and
// by their text; those beyond the limits too.
func TestTrustedDocumentsRun(t *testing.T) {
	const (
		codegen = "sha256:7d9988261ed34e5acc21a2f47f0d949b62a9b7b1ca93de54fa908a4f36d6713e"
		relay   = "9069167c8451a20359b4faf73be69985"
		apollo  = "45184c9c12a98490a27d16e342c8fbe78e1f02d00e693c2d5651e55325e2f59a"
	)
	trusted := trust(t)
	for _, only := range []bool{false, true} {
		b := serve(t, graph.Options{Trusted: trusted, TrustedOnly: only, Limits: graph.Limits{Tokens: 50}})
		for name, body := range map[string]string{
			"GraphQL Code Generator": `{"documentId": "` + codegen + `", "variables": {"slug": "x"}}`,
			"Relay":                  `{"documentId": "` + relay + `", "variables": {"slug": "x"}}`,
			"Relay, by its SHA-256":  `{"documentId": "sha256:` + hash(textOf(t, "relay.json", relay)) + `", "variables": {"slug": "x"}}`,
			"Apollo":                 `{"operationName": "ministerQuery", "variables": {"slug": "x"}, "extensions": ` + automatic(apollo) + `}`,
			"its text":               string(must(json.Marshal(map[string]any{"query": textOf(t, "relay.json", relay), "variables": map[string]string{"slug": "x"}}))),
		} {
			t.Run(fmt.Sprint(name, " ", only), func(t *testing.T) {
				b.exchange(t, exchanged{body: body, status: 200, answer: `{"data":{"person":null}…`})
			})
		}
		b.exchange(t, exchanged{body: `{"documentId": "large"}`, status: 200, answer: typenameOf})
		refused := `"DOCUMENT_NOT_TRUSTED"…`
		for body, otherwise := range map[string]string{
			typename: typenameOf,
			`{"query": "{ __schema { queryType { name } } }"}`: `"data"…`,
			asked("{ __typename }", true):                      typenameOf,
			`{"documentId": "unknown"}`:                        notFound,
			`{"query": "{"}`:                                   `GRAPHQL_PARSE_FAILED…`,
		} {
			if only {
				b.exchange(t, exchanged{body: body, header: []string{"Accept", "application/graphql-response+json"}, status: 403, answer: refused})
				otherwise = refused
			}
			b.exchange(t, exchanged{body: body, status: 200, answer: otherwise})
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
