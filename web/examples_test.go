package web_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/sample"
	"chancery/store/bolt"
	"chancery/web"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the responses to the examples into testdata/responses.txtar")

const golden = "testdata/responses.txtar"

// noon is the time of all tests, so that dates and ids in responses are stable.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

var editor = access.Principal{Name: "a.curator", Role: access.Editor}

// example is a file of the menu.
type example struct {
	name, query string
	variables   json.RawMessage
}

func (e example) isMutation() bool     { return strings.Contains("\n"+e.query, "\nmutation ") }
func (e example) isSubscription() bool { return strings.Contains("\n"+e.query, "\nsubscription ") }

func readExamples(t *testing.T) (examples []example) {
	t.Helper()
	files, err := filepath.Glob("examples/*.graphql")
	if err != nil || len(files) < 12 {
		t.Fatalf("the menu has %d examples, want at least 12: %v", len(files), err)
	}
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".graphql")
		variables, err := os.ReadFile("examples/" + name + ".json")
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		examples = append(examples, example{name, string(query), variables})
	}
	return examples
}

// serveSample starts a server with the sample, whose requests are all made by the principal.
func serveSample(t *testing.T, p access.Principal) *httptest.Server {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	h := graph.NewHandler(s, graph.Options{Now: clock, Logger: slog.New(slog.DiscardHandler)})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(access.WithPrincipal(r.Context(), p)))
	}))
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// responseTo sends an example as the playground does. For a subscription it returns the
// first response and closes the stream.
func responseTo(t *testing.T, server *httptest.Server, e example) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": e.query, "variables": e.variables})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if e.isSubscription() {
		request.Header.Set("Accept", "text/event-stream")
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewReader(response.Body)
	for {
		line, err := lines.ReadBytes('\n')
		if data, ok := bytes.CutPrefix(line, []byte("data: ")); ok || !e.isSubscription() {
			return indent(t, withoutExtensions(bytes.TrimSpace(data)))
		}
		if err != nil {
			t.Fatalf("%s: the stream ended: %v", e.name, err)
		}
	}
}

// withoutExtensions removes the extensions of a response, which vary.
func withoutExtensions(response []byte) []byte {
	if i := bytes.LastIndex(response, []byte(`,"extensions":{`)); i >= 0 {
		if cut := append(slices.Clone(response[:i]), '}'); json.Valid(cut) {
			return cut
		}
	}
	return response
}

func indent(t *testing.T, response []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(response), "", "  "); err != nil {
		t.Fatalf("%v in %s", err, response)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// TestExamplesReturnExpectedResponses compares with testdata/responses.txtar, which
// `go test ./web -update` rewrites.
func TestExamplesReturnExpectedResponses(t *testing.T) {
	server, got := serveSample(t, editor), &txtar.Archive{Comment: []byte("Responses to the examples of the menu, from the sample.\n")}
	for _, e := range readExamples(t) {
		response := responseTo(t, server, e)
		requireData(t, e, response)
		got.Files = append(got.Files, txtar.File{Name: e.name + ".json", Data: response})
	}
	if *update {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("responses differ (-want +got):\n%s", diff)
	}
}

// requireData fails the test if a response has errors or a root field is null.
func requireData(t *testing.T, e example, response []byte) {
	t.Helper()
	var result struct {
		Data   map[string]any
		Errors []any
	}
	if err := json.Unmarshal(response, &result); err != nil || len(result.Data) == 0 || len(result.Errors) > 0 {
		t.Errorf("%s: want data and no errors, got %s", e.name, response)
	}
	for field, value := range result.Data {
		if value == nil {
			t.Errorf("%s: %s is null", e.name, field)
		}
	}
}

// TestOnlyMutationsNeedAToken sends all examples without a token: exactly those that the
// menu lists as needing one are rejected.
func TestOnlyMutationsNeedAToken(t *testing.T) {
	server := serveSample(t, access.Anonymous)
	for _, e := range readExamples(t) {
		if rejected := bytes.Contains(responseTo(t, server, e), []byte("FORBIDDEN")); rejected != e.isMutation() {
			t.Errorf("%s: rejected without a token: %t, want %t", e.name, rejected, e.isMutation())
		}
	}
}

// TestFirstQueryIsAnExample also checks that the query has no comment, because the start-up
// banner prints it in one line.
func TestFirstQueryIsAnExample(t *testing.T) {
	if first := readExamples(t)[0]; first.query != web.FirstQuery || strings.Contains(first.query, "#") {
		t.Errorf("the first query is %s; the first example %s", web.FirstQuery, first.query)
	}
}
