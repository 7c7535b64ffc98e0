package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestLostShortFieldIsRejected(t *testing.T) {
	list := filepath.Join(t.TempDir(), "short_fields.txt")
	for _, step := range []struct {
		short  map[string]bool
		list   string
		reason string
	}{
		{map[string]bool{"Event.slug": true, "Event.id": true, "Event.name": false}, "Event.id\nEvent.slug\n", ""},
		{map[string]bool{"Event.slug": true, "Event.id": false, "Event.name": false}, "Event.id\nEvent.slug\n", "1 fields no longer take the short way: Event.id"},
		{map[string]bool{"Event.slug": true, "Event.name": true}, "Event.name\nEvent.slug\n", ""}, // the schema has no Event.id any more
	} {
		err := recordShortFields(list, step.short)
		if (err == nil) != (step.reason == "") || err != nil && !strings.Contains(err.Error(), step.reason) {
			t.Errorf("of %v: %v, want an error with %q", step.short, err, step.reason)
		}
		if got := read(t, list); got != step.list {
			t.Errorf("the list is %q, want %q", got, step.list)
		}
	}
}
