package exchange_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/exchange"
	"chancery/store"
	"chancery/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into testdata")

var by = store.Commit{Author: "test", Time: time.Date(2020, 4, 27, 12, 0, 0, 0, time.UTC)}

// TestImport imports the files of each archive, after those under before/, and
// compares the report and the export, or the faults, with the file want.
func TestImport(t *testing.T) {
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
	var before, now []exchange.File
	var want *txtar.File
	for i, f := range archive.Files {
		file := exchange.File{Name: f.Name, Reader: bytes.NewReader(f.Data)}
		switch {
		case f.Name == "want":
			want = &archive.Files[i]
		case strings.HasPrefix(f.Name, "before/"):
			before = append(before, file)
		default:
			now = append(now, file)
		}
	}
	got := outcome(t, before, now)
	if *update {
		want.Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(want.Data), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func outcome(t *testing.T, before, now []exchange.File) string {
	s := storetest.NewModel(time.Now)
	if _, err := exchange.Import(t.Context(), s, by, before, exchange.Options{}); err != nil {
		t.Fatalf("before: %v", err)
	}
	was := exported(t, s)
	report, err := exchange.Import(t.Context(), s, by, now, exchange.Options{})
	if err == nil {
		return summary(report) + exported(t, s)
	}
	if _, ok := errors.AsType[*exchange.Refused](err); !ok {
		t.Errorf("%T is not a *Refused", err)
	}
	if is := exported(t, s); is != was {
		t.Errorf("refused, and yet (-was +is)\n%s", cmp.Diff(was, is))
	}
	return err.Error() + "\n"
}

func summary(r exchange.Report) string {
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(r.Kinds)) {
		tally := r.Kinds[kind]
		fmt.Fprintf(&b, "%s: %d created, %d changed, %d unchanged\n", kind, tally.Created, tally.Changed, tally.Unchanged)
	}
	return b.String()
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
