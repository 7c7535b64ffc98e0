package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What gqlgen writes for the two fields.
const (
	asksEntities = "\t\t\treturn ec.__resolve_entities(ctx, fc.Args[\"representations\"].([]any)), nil\n"
	asksService  = "\t\t\treturn ec.__resolve__service(ctx)\n"
)

func answered(t *testing.T, text string) (string, error) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "schema.generated.go")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	err := answerRouters(folder)
	edited, readErr := os.ReadFile(file)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(edited), err
}

func TestRoutersAreAnswered(t *testing.T) {
	got, err := answered(t, asksEntities+asksService)
	want := "\t\t\treturn model.Represented(ctx, fc.Args[\"representations\"].([]any))\n\t\t\treturn subgraph(), nil\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestAnsweringTellsWhenGqlgenChanges(t *testing.T) {
	for text, told := range map[string]string{
		asksService:                 "0 matches for",
		asksEntities:                "0 matches for",
		asksEntities + asksEntities: "2 matches for",
		asksEntities + asksService + "ec.__resolve_more()": "still asks a plugin",
	} {
		if _, err := answered(t, text); err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("of %q: %v, want an error that says %q", text, err, told)
		}
	}
}
