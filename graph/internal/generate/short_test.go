package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shorten copies the executors of stock gqlgen and shortens the copy.
func shorten(t *testing.T, from, to string) (text string, err error) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"prelude.generated.go", "stock.generated.go"} {
		stock, err := os.ReadFile(filepath.Join("../stock", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(string(stock), from, to)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err = shortenFields(dir)
	edited, readErr := os.ReadFile(filepath.Join(dir, "stock.generated.go"))
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(edited), err
}

func TestFieldsOfStructsGoTheShortWay(t *testing.T) {
	text, err := shorten(t, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", text, 0); err != nil {
		t.Error(err)
	}
	for field, short := range map[string]bool{"Event_slug": true, "Event_id": true, "Event_name": false, "Event_date": false, "Event_participants": false} {
		_, function, _ := strings.Cut(text, "func (ec *executionContext) _"+field+"(")
		_, body, _ := strings.Cut(function, "{\n")
		if got := strings.HasPrefix(body, "\tif ret = graphql.Marshal"); got != short {
			t.Errorf("%s goes the short way: %t, want %t", field, got, short)
		}
	}
}

func TestShorteningTellsWhenGqlgenChanges(t *testing.T) {
	if _, err := shorten(t, "return obj.", "return *obj."); err == nil {
		t.Error("nothing was shortened, and nothing was said")
	}
}
