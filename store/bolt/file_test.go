package bolt

import (
	"path/filepath"
	"testing"
	"time"
)

// TestLimitedAddressSpace asks for more address space than there is.
func TestLimitedAddressSpace(t *testing.T) {
	file, err := mapFile(filepath.Join(t.TempDir(), "graph.db"), Options{Timeout: time.Second}, 1<<47)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
}
