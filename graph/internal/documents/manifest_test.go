package documents

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// manifests is the folder of manifests that real generators wrote, by generate.sh.
const manifests = "../../../testdata/persisted/manifests"

func TestManifestsOfAllGeneratorsAreRead(t *testing.T) {
	for name, want := range map[string][]Entry{
		"codegen.json": {
			{ID: "sha256:7d9988261ed34e5acc21a2f47f0d949b62a9b7b1ca93de54fa908a4f36d6713e", line: 2},
			{ID: "sha256:7c1f2df280f02256b996aa2811a911723cd912f07953f3d5674454df1685ab55", line: 3},
		},
		"relay.json": {{ID: "9069167c8451a20359b4faf73be69985", line: 2}, {ID: "c7daf76de71dc7d6b0c5e8f2b9b79005", line: 3}},
		"apollo.json": {
			{ID: "45184c9c12a98490a27d16e342c8fbe78e1f02d00e693c2d5651e55325e2f59a", Name: "ministerQuery", line: 6},
			{ID: "a04f7e5f1d0169fbb3ffddac8db5b3b9fb5466842e928bf8bd524cd9cd99874c", Name: "ministerSubscription", line: 12},
		},
	} {
		text, err := os.ReadFile(filepath.Join(manifests, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadManifest(name, text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i].Text, "minister") {
				t.Errorf("%s: document %d is %q", name, i, got[i].Text)
			}
			got[i].Text, got[i].file = "", ""
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Entry{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestInvalidManifestsAreRejectedWithALine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "m:1: invalid JSON: unexpected end of file",
		"\n\n[]":                           "m:3: the manifest is not an object",
		"{}":                               "m:1: the manifest has no document; is this the file that the generator wrote?",
		"{\"a\":\n\"{a}\",\n\"a\": \"\"}":  "m:3: invalid JSON: duplicate object member name",
		"{\"a\":\n3}":                      `m:2: the document "a" is not a string`,
		"{\"a\": \"{a}\"}\n{}":             "m:2: trailing data after the manifest",
		"{\"a\": \"{a}\",\n \"b\"":         "m:2: invalid JSON: unexpected end of file",
		"{\"\": \"{a}\"}":                  `m:1: "" is not an id: ids have 1 to 256 bytes and no space`,
		"{\"a b\": \"{a}\"}":               `m:1: "a b" is not an id: ids have 1 to 256 bytes and no space`,
		"{\"a\": \"\xff\"}":                "m:1: invalid JSON: invalid UTF-8",
		"{\"sha256:00\": \"{a}\"}":         `m:1: "sha256:00" is not the SHA-256 of its document; run the generator again`,
		"{\n\"operations\": []}":           `m:2: the manifest is neither of format "apollo-persisted-query-manifest", version 1, with operations and nothing else, nor an object of strings`,
		"{\"operations\": {}}":             "m:1: operations is not a list",
		"{\"operations\": [\n3]}":          "m:2: an operation is not an object",
		"{\"operations\": [{\n\"x\": 1}]}": `m:2: unknown member "x" of an operation`,
		"{\"operations\": [\n{\"id\": \"a\", \"type\": \"fragment\"}]}": `m:2: the type of an operation is query, mutation or subscription, not "fragment"`,
		apollo("2", `{"id": "a", "type": "query", "body": "{a}"}`):      `m:4: the manifest is neither of format "apollo-persisted-query-manifest", version 1, with operations and nothing else, nor an object of strings`,
		apollo("1", ""):          "m:4: the manifest has no document; is this the file that the generator wrote?",
		apollo("1", `{"id": 1}`): "m:3: id is not a string",
	} {
		_, err := ReadManifest("m", []byte(text))
		if invalid := (*ManifestError)(nil); !errors.As(err, &invalid) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
	}
}

func apollo(version, operations string) string {
	return "{\"format\": \"apollo-persisted-query-manifest\",\n\"version\": " + version + ",\n\"operations\": [" + operations + "]\n}"
}

// FuzzManifest reads any text: it must return either problems with valid lines, or
// documents with ids that read the same when they are written again.
func FuzzManifest(f *testing.F) {
	for _, name := range []string{"codegen.json", "relay.json", "apollo.json"} {
		text, err := os.ReadFile(filepath.Join(manifests, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(apollo("1", `{"id": "a", "name": "", "type": "query", "body": "{a}", "clientName": null}`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		entries, err := ReadManifest("m", text)
		lines := bytes.Count(text, []byte("\n")) + 1
		if invalid := (*ManifestError)(nil); errors.As(err, &invalid) {
			if p := invalid.Problems[0]; p.Line < 1 || p.Line > lines || p.Message == "" {
				t.Errorf("invalid problem %s", p)
			}
			return
		}
		if err != nil || len(entries) == 0 {
			t.Fatalf("%d documents, error %v", len(entries), err)
		}
		checkRoundTrip(t, documentsOf(t, entries, lines))
	})
}

// documentsOf returns the documents by id, without those whose ids have a meaning in
// Apollo's format.
func documentsOf(t *testing.T, entries []Entry, lines int) map[string]string {
	t.Helper()
	documents := map[string]string{}
	for _, e := range entries {
		if e.line < 1 || e.line > lines || e.ID == "" {
			t.Errorf("document %q at line %d of %d", e.ID, e.line, lines)
		}
		if e.ID != "format" && e.ID != "version" && e.ID != "operations" {
			documents[e.ID] = e.Text
		}
	}
	return documents
}

func checkRoundTrip(t *testing.T, documents map[string]string) {
	t.Helper()
	if len(documents) == 0 {
		return
	}
	written, err := json.Marshal(documents)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadManifest("m", written)
	if err != nil || len(again) != len(documents) {
		t.Fatalf("read %d of %d documents again, error %v", len(again), len(documents), err)
	}
	for _, e := range again {
		if documents[e.ID] != e.Text {
			t.Errorf("document %q is %q, was %q", e.ID, e.Text, documents[e.ID])
		}
	}
}
