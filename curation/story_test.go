package curation_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/curation"
	"chancery/curation/duplicates"
	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
	"chancery/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into testdata")

// start is when the first transaction of a story is made, so that ids are the same
// every time.
func start() time.Time { return time.Date(2020, 4, 27, 12, 0, 0, 0, time.UTC) }

// TestStories plays the archives: the file graph is imported, the others are
// requests that are made in their order; want is what became of each, and the graph
// at the end where the archive asks for it with an empty file export.
func TestStories(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { story(t, name) })
	}
}

func story(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := storetest.NewModel(start)
	var got strings.Builder
	var want *txtar.File
	for i, f := range archive.Files {
		switch f.Name {
		case "graph":
			imported(t, s, f.Data)
		case "want":
			want = &archive.Files[i]
		case "export":
			got.WriteString("-- graph\n" + exported(t, s))
		default:
			fmt.Fprintf(&got, "-- %s\n%s", f.Name, play(t, s, f))
		}
	}
	if *update {
		want.Data = []byte(got.String())
		if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(want.Data), got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func imported(t testing.TB, s store.Store, text []byte) {
	t.Helper()
	files := []exchange.File{{Name: "graph", Reader: bytes.NewReader(text)}}
	if _, err := exchange.Import(t.Context(), s, store.Commit{Author: "import"}, files, exchange.Options{}); err != nil {
		t.Fatal(err)
	}
}

func exported(t testing.TB, s store.Store) string {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	var b bytes.Buffer
	if err := exchange.Export(t.Context(), snapshot, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// asked is a request as a file.
type asked struct {
	curation.Request
	Do     []change
	Judge  *curation.JudgeRequest
	Undo   *curation.UndoRequest
	Revert *curation.RevertRequest
	// Duplicates asks for those, Bare for unsourced statements by pages of so many.
	Duplicates bool
	Bare       int
}

// change is a curation.Change with words for its numbers; a put is the plain one.
type change struct {
	Action, Kind, Label string
	Target              curation.Ref
	Expected            uint32
	WithLinks           bool
	Fields              curation.Fields
}

var actions = map[string]curation.Action{
	"": curation.Put, "patch": curation.Patch, "confirm": curation.Confirm, "close": curation.Close,
}

// change makes the changes of the words for them; false if one is of no type.
func (a *asked) change() bool {
	for i, c := range a.Do {
		kind, ok := diplomacy.ParseKind(c.Kind)
		if !ok && c.Kind != "" {
			return false
		}
		a.Changes = append(a.Changes, curation.Change{
			Path: []string{"changes", strconv.Itoa(i)}, Action: actions[c.Action], Kind: kind,
			Label: c.Label, Target: c.Target, Expected: c.Expected, Fields: c.Fields, WithLinks: c.WithLinks,
		})
	}
	return true
}

// play makes one request and tells what became of it; a refusal must not have
// written anything.
func play(t *testing.T, s store.Store, f txtar.File) string {
	var a asked
	decoder := json.NewDecoder(bytes.NewReader(f.Data))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&a); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	if !a.change() {
		t.Fatalf("%s: a change is of no type", f.Name)
	}
	was := revision(t, s)
	text, err := a.make(t, s)
	refused, is := errors.AsType[*curation.Refused](err)
	switch {
	case is && revision(t, s) != was:
		t.Errorf("%s: refused, and yet there is transaction %d", f.Name, revision(t, s))
	case err != nil && !is:
		t.Errorf("%s: %v", f.Name, err)
	}
	if is {
		for _, p := range problems(refused) {
			text += fmt.Sprintf("%s %s: %s\n", p.Code, strings.Join(p.Path, "."), p.Message)
		}
	}
	return text
}

func (a asked) make(t *testing.T, s store.Store) (string, error) {
	switch {
	case a.Judge != nil:
		return tellJudged(curation.Judge(t.Context(), s, *a.Judge))
	case a.Undo != nil:
		return tellJudged(curation.Undo(t.Context(), s, *a.Undo))
	case a.Revert != nil:
		return tell(curation.Revert(t.Context(), s, *a.Revert))
	case a.Duplicates:
		return tellDuplicates(t, s), nil
	case a.Bare > 0:
		return tellBare(t, s, a.Bare), nil
	}
	return tell(curation.Commit(t.Context(), s, a.Request))
}

func tellJudged(j curation.Judged, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("transaction %d\n%s: %s and %s are %s %q\n", j.Transaction.Number, j.Judgement.ID, j.Judgement.A, j.Judgement.B, j.Judgement.Verdict, j.Judgement.Reasons), nil
}

func tell(r curation.Result, err error) (string, error) {
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "transaction %d", r.Transaction.Number)
	for _, mark := range []struct {
		is   bool
		text string
	}{{r.Transaction.Unsourced, "unsourced"}, {r.Replayed, "replayed"}, {r.Transaction.Reverts != 0, fmt.Sprint("reverts ", r.Transaction.Reverts)}} {
		if mark.is {
			b.WriteString(", " + mark.text)
		}
	}
	if len(r.Reverted) > 1 {
		fmt.Fprint(&b, ", undid ", r.Reverted)
	}
	b.WriteString("\n")
	for _, o := range r.Outcomes {
		fmt.Fprintf(&b, "%s %s %s %s revision %d", o.Label, o.Kind, o.ID, o.Action, o.Revision)
		if o.Along > 0 {
			fmt.Fprintf(&b, " along with change %d", o.Along-1)
		}
		b.WriteString("\n")
		for _, d := range o.Differences {
			fmt.Fprintf(&b, "  %s: %s -> %s\n", d.Field, d.Before, d.After)
		}
	}
	return b.String(), nil
}

func revision(t testing.TB, s store.Store) diplomacy.TxNumber {
	t.Helper()
	snapshot := read(t, s, store.Everything(0))
	defer snapshot.Release()
	return snapshot.Revision()
}

// tellDuplicates asks with and without the view that joins entities, which must make
// no difference.
func tellDuplicates(t *testing.T, s store.Store) string {
	var told [2]string
	for i, view := range []store.View{{Restricted: true}, store.Everything(0)} {
		snapshot := read(t, s, view)
		duplicates, err := duplicates.Find(t.Context(), snapshot)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range duplicates {
			told[i] += d.A.Base().Slug + " and " + d.B.Base().Slug + "\n"
			for _, r := range d.Reasons {
				told[i] += fmt.Sprintf("  %s: %s\n", r.Kind, r.Text)
			}
		}
	}
	if told[0] != told[1] {
		t.Errorf("apart it is\n%sand together\n%s", told[1], told[0])
	}
	return told[0]
}

func tellBare(t *testing.T, s store.Store, limit int) string {
	var b strings.Builder
	snapshot := read(t, s, store.Everything(0))
	for page := (findings.Page{More: true}); page.More; {
		next, err := findings.Search(t.Context(), snapshot, findings.Query{Rules: []diplomacy.Term{"UNSOURCED"}, After: page.Next, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		page = next
		for _, f := range page.Found {
			fmt.Fprintf(&b, "%s of transaction %d\n", f.Records[0], f.Transaction)
		}
		fmt.Fprintf(&b, "more %t\n", page.More)
	}
	return b.String()
}

func read(t testing.TB, s store.Store, view store.View) store.Snapshot {
	t.Helper()
	snapshot, err := s.Read(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snapshot.Release)
	return snapshot
}
