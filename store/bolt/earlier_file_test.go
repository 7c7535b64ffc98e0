package bolt_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// TestFileOfEarlierProgramReadsAsBefore opens a file that the program wrote when its
// format became 2, with merged, restricted, changed, withdrawn and restored records,
// evidence and receipts. testdata/format2.txt.gz is what contentsOf found in it then.
func TestFileOfEarlierProgramReadsAsBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	writeFile(t, path, unzip(t, "format2.db.gz"))
	ok(t, openAt(t, path, bolt.Options{}).Close())
	if found := findings(t, path); len(found) > 0 {
		t.Fatalf("check finds %q", found)
	}
	db := openAt(t, path, bolt.Options{ReadOnly: true})
	sameLines(t, contentsOf(t, db), unzip(t, "format2.txt.gz"))
}

func TestFileOfEarlierProgramCanBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	writeFile(t, path, unzip(t, "format2.db.gz"))
	db := openAt(t, path, bolt.Options{})
	before, _ := db.Committed()
	write(t, db, func(w store.Writer) error {
		ids, err := w.Find(background, []store.Key{{Kind: diplomacy.KindEvent, Scheme: store.SchemeSlug, Value: "meeting"}})
		if err != nil {
			return err
		}
		return errors.Join(w.Restore(background, 4, ids...), w.Put(background, &diplomacy.Person{Thing: named("new")}))
	})
	if after, _ := db.Committed(); after != before+1 {
		t.Errorf("transaction %d follows %d", after, before)
	}
	ok(t, db.Close())
	if found := findings(t, path); len(found) > 0 {
		t.Errorf("after a write, check finds %q", found)
	}
}

// unzip returns the text of a compressed file in testdata.
func unzip(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	ok(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	ok(t, err)
	text, err := io.ReadAll(z)
	ok(t, errors.Join(err, z.Close()))
	return string(text)
}

// sameLines reports the first line in which two texts differ.
func sameLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("line %d is\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		t.Errorf("%d lines, want %d", len(g), len(w))
	}
}
