package telemetry

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unsafe"
)

// text is a label for tests.
type text string

func (t text) clone() text { return text(strings.Clone(string(t))) }
func (text) other() text   { return others }

// TestLabelsAreLimited uses more labels than the limit, concurrently.
func TestLabelsAreLimited(t *testing.T) {
	k := newLimited(10, func(t text) string { return "made for " + string(t) })
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 100 {
				name := text(fmt.Sprint(i))
				if got := k.get(name); got != "made for "+string(name) && got != "made for (other)" {
					t.Errorf("%s: %s", name, got)
				}
			}
		})
	}
	all.Wait()
	if len(k.all) != 10 {
		t.Errorf("%d values are stored; want 10", len(k.all))
	}
	for name := range k.all {
		if got := k.get(name); got != "made for "+string(name) {
			t.Errorf("the stored label %s has the value %s", name, got)
		}
	}
}

// TestLabelsShareNoMemoryWithDocuments: an operation's name is a part of its document.
func TestLabelsShareNoMemoryWithDocuments(t *testing.T) {
	document := strings.Repeat("x", 1000)
	for label, kept := range map[string]string{
		"name": named{operation: document[:3]}.clone().operation,
		"use":  use{document[:3], document[:3], document[:3]}.clone().operation,
	} {
		if unsafe.StringData(kept) == unsafe.StringData(document) {
			t.Errorf("%s is a part of the document", label)
		}
	}
}
