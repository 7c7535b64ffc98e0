package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
	"chancery/store/storetest"
)

const ann = `{"type":"Person","slug":"ann","names":[{"value":"Ann"}]}` + "\n"

func file(text string) []exchange.File {
	return []exchange.File{{Name: "f", Reader: strings.NewReader(text)}}
}

// TestImportRejectsInvalidBytes has what cannot stand in an archive.
func TestImportRejectsInvalidBytes(t *testing.T) {
	named := func(name string) string {
		return `{"type":"Person","slug":"bob","names":[{"value":"` + name + `"}]}`
	}
	snapshot := func(text string) string {
		return `{"type":"Source","slug":"s","kind":"BOOK","names":[{"value":"S"}],"snapshot":"` + text + `"}`
	}
	for _, test := range []struct{ name, text, want string }{
		{"invalid UTF-8", ann + named("B\xff"), "f:2: names[0].value: invalid UTF-8, at byte 51"},
		{"overlong UTF-8", named("B\xc0\x80"), "f:1: names[0].value: invalid UTF-8, at byte 51"},
		{"UTF-16", "{\x00\"\x00", "f:1: invalid character '\\x00' at start of value, at byte 2"},
		{"byte order mark", "\ufeff" + ann, "f:1: begins with a byte order mark; save the file as UTF-8 without one"},
		{"byte order mark in the middle", ann + "\ufeff" + ann, "f:2: begins with a byte order mark; save the file as UTF-8 without one"},
		{"control character", named(`B\u0007`), `f:1: names[0].value: "B\a" contains a control character`},
		{"long name", ann + named(strings.Repeat("b", 1<<20)), "f:2: names[0].value: has 1048576 bytes; at most 1000 are allowed"},
		{"long snapshot", snapshot(strings.Repeat("s", diplomacy.MaxSnapshot+1)), "f:1: snapshot: has 4194305 bytes; at most 4194304 are allowed"},
		{"long line", ann + snapshot(strings.Repeat("s", exchange.MaxLine)) + "\n" + ann, "f:2: is longer than 8388608 bytes; the rest of the file was not read"},
		{"long key", `{"type":"Person","` + strings.Repeat("k", 1<<20) + `":1}`, `f:1: "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"…: is not a key of this type`},
		{"long type", `{"type":"` + strings.Repeat("T", 1<<20) + `"}`, `f:1: type: "TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT"… is not an entity type, a predicate or Judgement`},
		{"long number", `{"type":"Observation","amount":` + strings.Repeat("7", 1<<20) + `}`, "f:1: amount: has 1048576 characters; at most 100 are read"},
		{"deep", strings.Repeat("[", 1<<20), "f:1: [0][0][0][0][0]…: exceeded max depth, at byte 10001"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := storetest.NewModel(time.Now)
			_, err := exchange.Import(t.Context(), s, by, file(test.text), exchange.Options{})
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if revision(t, s) != 0 {
				t.Error("refused, and yet written")
			}
		})
	}
}

func revision(t testing.TB, s store.Store) diplomacy.TxNumber {
	t.Helper()
	snapshot, err := s.Read(context.Background(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	return snapshot.Revision()
}

func TestImportAcceptsUnusualBytes(t *testing.T) {
	longest := `{"type":"Source","slug":"s","kind":"BOOK","names":[{"value":"S"}],"snapshot":"` + strings.Repeat("s", diplomacy.MaxSnapshot) + `"}`
	for name, text := range map[string]string{
		"nothing":         "",
		"empty lines":     "\n \t\n\n" + ann + "\n",
		"CRLF":            strings.ReplaceAll(ann, "\n", "\r\n"),
		"no last newline": strings.TrimSpace(ann),
		"longest line":    longest + strings.Repeat(" ", exchange.MaxLine-len(longest)),
	} {
		if _, err := exchange.Import(t.Context(), storetest.NewModel(time.Now), by, file(text), exchange.Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReportedFaultsAreLimited(t *testing.T) {
	_, err := exchange.Import(t.Context(), storetest.NewModel(time.Now), by, file(strings.Repeat(`{"type":"Dragon"}`+"\n", 103)), exchange.Options{})
	refused, ok := errors.AsType[*exchange.Refused](err)
	if !ok || len(refused.Faults) != 100 || refused.More != 3 {
		t.Fatalf("%#v", refused)
	}
	if last := refused.Faults[99]; last != (exchange.Fault{File: "f", Line: 100, Field: "type", Reason: last.Reason}) {
		t.Errorf("%#v", last)
	}
	if text := err.Error(); !strings.HasSuffix(text, "\nand 3 more") {
		t.Error(text)
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	s := storetest.NewModel(time.Now)
	for _, dry := range []bool{true, true, false} {
		report, err := exchange.Import(t.Context(), s, by, file(ann), exchange.Options{DryRun: dry})
		if err != nil || report.Total(diplomacy.Kind.IsEntity) != (exchange.Tally{Created: 1}) {
			t.Fatal(report, err)
		}
		if (report.Transaction.Number == 0) != dry || (revision(t, s) == 0) != dry {
			t.Error(dry, report.Transaction, revision(t, s))
		}
	}
}

// retrying is a store that has to try every write twice.
type retrying struct{ store.Store }

func (s retrying) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	_, err := s.Store.Write(ctx, by, func(w store.Writer) error { return errors.Join(fn(w), store.ErrRetry) })
	if !errors.Is(err, store.ErrRetry) {
		return diplomacy.Transaction{}, fmt.Errorf("the first try: %w", err)
	}
	return s.Store.Write(ctx, by, fn)
}

func TestImportIsTheSameWhenTheStoreRetries(t *testing.T) {
	once, twice := storetest.NewModel(time.Now), storetest.NewModel(time.Now)
	text := archived(t, "testdata/every_kind.txtar", "graph.ndjson")
	first, err := exchange.Import(t.Context(), once, by, file(text), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := exchange.Import(t.Context(), retrying{twice}, by, file(text), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if summary(first) != summary(second) || exported(t, once) != exported(t, twice) {
		t.Error("the second try differs")
	}
}

func TestReadErrorWritesNothing(t *testing.T) {
	broken := errors.New("broken")
	files := []exchange.File{{Name: "a", Reader: strings.NewReader(ann)}, {Name: "b", Reader: iotest.ErrReader(broken)}}
	s := storetest.NewModel(time.Now)
	if _, err := exchange.Import(t.Context(), s, by, files, exchange.Options{}); !errors.Is(err, broken) || !strings.Contains(err.Error(), "read b") {
		t.Error(err)
	}
	if revision(t, s) != 0 {
		t.Error("written")
	}
}

func TestImportStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := exchange.Import(ctx, storetest.NewModel(time.Now), by, file(ann), exchange.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// put writes records without the help of an import.
func put(t *testing.T, s store.Store, records ...diplomacy.Record) {
	t.Helper()
	if _, err := s.Write(t.Context(), by, func(w store.Writer) error { return w.Put(t.Context(), records...) }); err != nil {
		t.Fatal(err)
	}
}

// TestExportRejectsLinesTooLongToImport has a text that is longer in a file.
func TestExportRejectsLinesTooLongToImport(t *testing.T) {
	s := storetest.NewModel(time.Now)
	source := &diplomacy.Source{Type: "BOOK", Snapshot: strings.Repeat("\n", diplomacy.MaxSnapshot)}
	source.Slug, source.Names = "s", []diplomacy.Name{{Value: "S"}}
	put(t, s, source)
	snapshot, err := s.Read(t.Context(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	if err := exchange.Export(t.Context(), snapshot, io.Discard); err == nil || !strings.Contains(err.Error(), `"type":"Source","slug":"s"`) {
		t.Error(err)
	}
}

// TestExportMergesEqualStatements has a statement that was recorded twice, each time with
// evidence of its own.
func TestExportMergesEqualStatements(t *testing.T) {
	s := storetest.NewModel(time.Now)
	const lines = ann + `{"type":"Office","slug":"envoy","names":[{"value":"Envoy"}],"kind":"OTHER"}
{"type":"Source","slug":"a","names":[{"value":"A"}],"kind":"BOOK"}
{"type":"Source","slug":"b","names":[{"value":"B"}],"kind":"BOOK"}
`
	if _, err := exchange.Import(t.Context(), s, by, file(lines), exchange.Options{}); err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Read(t.Context(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	ids, err := snapshot.Find(t.Context(), []store.Key{
		{Kind: diplomacy.KindPerson, Scheme: store.SchemeSlug, Value: "ann"}, {Kind: diplomacy.KindOffice, Scheme: store.SchemeSlug, Value: "envoy"},
		{Kind: diplomacy.KindSource, Scheme: store.SchemeSlug, Value: "b"}, {Kind: diplomacy.KindSource, Scheme: store.SchemeSlug, Value: "a"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range ids[2:] {
		tenure := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: ids[0], Object: ids[1], Rank: "NORMAL", Role: "ACTING"}
		put(t, s, tenure)
		put(t, s, &diplomacy.Evidence{About: tenure.ID, Source: source, Part: "WHOLE", Stance: "SUPPORTS", Method: "MANUAL"})
	}
	const want = `{"type":"HOLDS_OFFICE","subject":"Person/ann","object":"Office/envoy","rank":"NORMAL","capacity":"ACTING",` +
		`"evidence":[{"source":"Source/a","part":"WHOLE","stance":"SUPPORTS","method":"MANUAL"},{"source":"Source/b","part":"WHOLE","stance":"SUPPORTS","method":"MANUAL"}]}`
	if got := exported(t, s); got != lines+want+"\n" {
		t.Error(got)
	}
}

// TestExportReadsAllPagesInOrder has more entities of a kind, and more links at one time,
// than a page holds.
func TestExportReadsAllPagesInOrder(t *testing.T) {
	const many = store.MaxPage + 100
	var lines strings.Builder
	lines.WriteString(ann)
	for i := range many {
		fmt.Fprintf(&lines, `{"type":"Event","slug":"e%04d","names":[{"value":"E"}],"kind":"OTHER","date":"2020"}`+"\n", i)
		fmt.Fprintf(&lines, `{"type":"PARTICIPATED_IN","subject":"Person/ann","object":"Event/e%04d"}`+"\n", many-1-i)
	}
	s := storetest.NewModel(time.Now)
	if _, err := exchange.Import(t.Context(), s, by, file(lines.String()), exchange.Options{}); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(exported(t, s), "\n")
	if len(got) != 1+2*many+1 || !slices.IsSorted(got[1:1+many]) || !slices.IsSorted(got[1+many:1+2*many]) {
		t.Errorf("%d lines", len(got))
	}
}
