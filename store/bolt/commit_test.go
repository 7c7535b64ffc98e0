package bolt

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// TestCommitWithoutRoomFailsAndCanBeRepeated: a commit for which there is no room says so, leaves nothing
// behind, and succeeds once there is.
func TestCommitWithoutRoomFailsAndCanBeRepeated(t *testing.T) {
	ctx := context.Background()
	db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	put := func() error {
		source := &diplomacy.Source{Type: "WEB_PAGE", Snapshot: strings.Repeat("text ", 600_000)}
		source.Slug, source.Names = "long", []diplomacy.Name{{Value: "Long"}}
		_, err := db.Write(ctx, store.Commit{}, func(w store.Writer) error { return w.Put(ctx, source) })
		return err
	}
	db.file.MaxSize = 1 << 20
	if err := put(); !errors.Is(err, store.ErrFull) {
		t.Fatalf("%v, want ErrFull", err)
	}
	if last, err := db.last(); err != nil || last != 0 {
		t.Fatalf("the last transaction is %d, %v", last, err)
	}
	db.file.MaxSize = 0
	if err := put(); err != nil {
		t.Fatal(err)
	}
	for finding, err := range db.Check(ctx) {
		t.Errorf("check finds %q, %v", finding, err)
	}
}
