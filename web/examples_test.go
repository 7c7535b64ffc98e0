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

var update = flag.Bool("update", false, "write the answers to the examples into testdata/answers.txtar")

const golden = "testdata/answers.txtar"

// noon is when the tests take place: dates in answers, and ids, stay as they are.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

var editor = access.Principal{Name: "a.curator", Role: access.Editor}

// example is one of the menu.
type example struct {
	name, query string
	variables   json.RawMessage
}

func (e example) mutates() bool  { return strings.Contains("\n"+e.query, "\nmutation ") }
func (e example) isStream() bool { return strings.Contains("\n"+e.query, "\nsubscription ") }

func readExamples(t *testing.T) (all []example) {
	t.Helper()
	files, err := filepath.Glob("examples/*.graphql")
	if err != nil || len(files) < 12 {
		t.Fatalf("the menu has %d examples: %v", len(files), err)
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
		all = append(all, example{name, string(query), variables})
	}
	return all
}

// serveSample serves the sample to whoever the principal is.
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
		h.ServeHTTP(w, r.WithContext(access.With(r.Context(), p)))
	}))
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// answerTo asks an example as the playground does. Of a stream it gives the first
// answer, and ends it.
func answerTo(t *testing.T, server *httptest.Server, e example) []byte {
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
	if e.isStream() {
		request.Header.Set("Accept", "text/event-stream")
	}
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewReader(answer.Body)
	for {
		line, err := lines.ReadBytes('\n')
		if data, is := bytes.CutPrefix(line, []byte("data: ")); is || !e.isStream() {
			return indented(t, bare(bytes.TrimSpace(data)))
		}
		if err != nil {
			t.Fatalf("%s: the stream ended: %v", e.name, err)
		}
	}
}

// bare is an answer without what it says about itself.
func bare(answer []byte) []byte {
	if i := bytes.LastIndex(answer, []byte(`,"extensions":{`)); i >= 0 {
		if cut := append(slices.Clone(answer[:i]), '}'); json.Valid(cut) {
			return cut
		}
	}
	return answer
}

func indented(t *testing.T, answer []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(answer), "", "  "); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// TestExamples asks all that the menu offers; `go test ./web -update` writes what
// is answered.
func TestExamples(t *testing.T) {
	server, got := serveSample(t, editor), &txtar.Archive{Comment: []byte("What the sample answers to the examples of the menu.\n")}
	for _, e := range readExamples(t) {
		answer := answerTo(t, server, e)
		wantData(t, e, answer)
		got.Files = append(got.Files, txtar.File{Name: e.name + ".json", Data: answer})
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
		t.Errorf("answers differ (-want +got):\n%s", diff)
	}
}

// wantData wants each field to be answered, with something.
func wantData(t *testing.T, e example, answer []byte) {
	t.Helper()
	var is struct {
		Data   map[string]any
		Errors []any
	}
	if err := json.Unmarshal(answer, &is); err != nil || len(is.Data) == 0 || len(is.Errors) > 0 {
		t.Errorf("%s is answered %s", e.name, answer)
	}
	for field, value := range is.Data {
		if value == nil {
			t.Errorf("%s: %s is null", e.name, field)
		}
	}
}

// TestOnlyMutationsTakeAToken asks as somebody without one: what the menu says
// takes a token is refused, and nothing else.
func TestOnlyMutationsTakeAToken(t *testing.T) {
	server := serveSample(t, access.Anonymous)
	for _, e := range readExamples(t) {
		if refused := bytes.Contains(answerTo(t, server, e), []byte("FORBIDDEN")); refused != e.mutates() {
			t.Errorf("%s: refused is %v", e.name, refused)
		}
	}
}

// TestFirstQueryIsAnExample holds the greeting to the menu. It has no comment,
// since the greeting has it in one line.
func TestFirstQueryIsAnExample(t *testing.T) {
	if first := readExamples(t)[0]; first.query != web.FirstQuery || strings.Contains(first.query, "#") {
		t.Errorf("the first query is %s; the first example %s", web.FirstQuery, first.query)
	}
}
