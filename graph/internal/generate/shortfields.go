package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// recordShortFields writes the list of the fields that take the short way. It
// fails when a field of the list as it was still exists but has lost its short
// way: then an edit has missed some of its places. To accept the loss, delete the
// field's line from the list first.
func recordShortFields(list string, short map[string]bool) error {
	recorded, err := os.ReadFile(list)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	var lost []string
	for field := range strings.Lines(string(recorded)) {
		field = strings.TrimSpace(field)
		if isShort, exists := short[field]; exists && !isShort {
			lost = append(lost, field)
		}
	}
	if len(lost) > 0 {
		return fmt.Errorf("%d fields no longer take the short way: %s; adapt package executor, or delete them from %s if that is meant", len(lost), strings.Join(lost, ", "), list)
	}
	var lines strings.Builder
	for _, field := range slices.Sorted(maps.Keys(short)) {
		if short[field] {
			lines.WriteString(field + "\n")
		}
	}
	return os.WriteFile(list, []byte(lines.String()), 0o644)
}
