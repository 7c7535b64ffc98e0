package server

import (
	"bytes"
	"path/filepath"
	"sync"
	"testing"

	"chancery/store/bolt"
)

// openGraph opens an empty graph until the test ends. Cleanups run in reverse: the
// server, created later, stops before.
func openGraph(t *testing.T) *bolt.DB {
	t.Helper()
	kept, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	return kept
}

// logBuffer collects what several goroutines log.
type logBuffer struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.String()
}
