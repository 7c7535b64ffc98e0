package file

import (
	"path/filepath"
	"testing"
	"time"
)

func TestFileOpensWithoutEnoughAddressSpaceToMapAhead(t *testing.T) {
	file, err := openMapped(filepath.Join(t.TempDir(), "graph.db"), Options{Timeout: time.Second}, 1<<47)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
}
