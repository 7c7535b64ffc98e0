package fetch

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/sample"
	"chancery/store"
	"chancery/store/storetest"

	"github.com/99designs/gqlgen/graphql"
	diff "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/vektah/gqlparser/v2"
	gql "github.com/vektah/gqlparser/v2/ast"
)

var update = flag.Bool("update", false, "write the calls and answers that there are into testdata")

// TestQueriesMakeTheseCalls runs the steps of queries on the reference model and
// compares the calls of the store, and the answers that resolvers will find. Each file
// of testdata has a query of the sample, and perhaps entities to judge the same.
func TestQueriesMakeTheseCalls(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	schema := loadSchema(t).Schema
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sections := map[string]string{}
			for _, f := range archive.Files {
				sections[f.Name] = string(f.Data)
			}
			calls, answers := run(t, schema, sections["query.graphql"], sections["same"])
			if *update {
				rewrite(t, file, archive, calls, answers)
				return
			}
			if d := diff.Diff(sections["calls"], calls); d != "" {
				t.Errorf("the calls of the store differ (-want +got):\n%s", d)
			}
			if d := diff.Diff(sections["answers"], answers); d != "" {
				t.Errorf("the answers differ (-want +got):\n%s", d)
			}
		})
	}
}

func rewrite(t *testing.T, file string, archive *txtar.Archive, calls, answers string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "calls" || f.Name == "answers" })
	archive.Files = append(archive.Files, txtar.File{Name: "calls", Data: []byte(calls)}, txtar.File{Name: "answers", Data: []byte(answers)})
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run fetches a query of the sample and returns the calls and the answers.
func run(t *testing.T, schema *gql.Schema, query, same string) (calls, answers string) {
	t.Helper()
	s := openSample(t, same)
	recorded := &recorder{Store: s, names: namesOf(t, s)}
	document, err := gqlparser.LoadQueryWithRules(schema, query, nil)
	if err != nil {
		t.Fatal(err)
	}
	request := &graphql.OperationContext{Doc: document, Operation: document.Operations[0], Variables: map[string]any{}}
	ctx := graphql.WithResponseContext(graphql.WithOperationContext(t.Context(), request), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
	ctx, o := New(ctx, recorded, noon)
	defer o.Release()
	for _, field := range graphql.CollectFields(request, request.Operation.SelectionSet, []string{"Query"}) {
		ctx := graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query", Field: field})
		if err := o.step(ctx, field, subjects{ids: []diplomacy.ID{0}}); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(recorded.calls, "\n") + "\n", answersOf(o, recorded.names)
}

// answersOf lists the answers of an operation in the order of the document.
func answersOf(o *Operation, names names) string {
	type line struct {
		at   int
		text string
	}
	var lines []line
	for here, value := range o.answers {
		parent := "Query"
		if here.parent != 0 {
			parent = names[here.parent]
		}
		lines = append(lines, line{here.field.Position.Start, fmt.Sprintf("%s.%s: %s\n", parent, here.field.Alias, names.answer(value))})
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Or(a.at-b.at, strings.Compare(a.text, b.text)) })
	var text strings.Builder
	for _, l := range lines {
		text.WriteString(l.text)
	}
	return text.String()
}

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// openSample returns the reference model with the sample, in which the entities that each
// line names are judged the same.
func openSample(t *testing.T, same string) store.Store {
	t.Helper()
	s := storetest.NewModel(func() time.Time { return noon })
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(same) {
		judgeSame(t, s, strings.Fields(line))
	}
	return s
}

// judgeSame judges two entities the same: the kind, and their slugs.
func judgeSame(t *testing.T, s store.Store, named []string) {
	t.Helper()
	kind, ok := diplomacy.ParseKind(named[0])
	if !ok || len(named) != 3 {
		t.Fatalf("%v: want a kind and two slugs", named)
	}
	snapshot, err := s.Read(t.Context(), store.View{})
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	key := func(slug string) store.Key { return store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: slug} }
	ids, err := snapshot.Find(t.Context(), []store.Key{key(named[1]), key(named[2])})
	if err != nil || slices.Contains(ids, 0) {
		t.Fatalf("%v: found %v: %v", named, ids, err)
	}
	judgement := &diplomacy.Judgement{A: min(ids[0], ids[1]), B: max(ids[0], ids[1]), Verdict: "SAME", Reasons: []string{"a test"}}
	_, err = s.Write(t.Context(), store.Commit{Author: "test"}, func(w store.Writer) error {
		return w.Put(t.Context(), judgement)
	})
	if err != nil {
		t.Fatal(err)
	}
}
