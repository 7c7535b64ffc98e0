package command

import (
	"os"
	"strings"
	"testing"

	"chancery/web"

	"github.com/alecthomas/kong"
	"github.com/rogpeppe/go-internal/txtar"
)

func TestEveryOptionHasHelp(t *testing.T) {
	seen := 0
	err := kong.Visit(newParser().Model, func(part kong.Visitable, next kong.Next) error {
		seen++
		switch part := part.(type) {
		case *kong.Command:
			wantHelp(t, part.FullPath(), part.Help)
		case *kong.Flag:
			wantHelp(t, part.String(), part.Help)
		case *kong.Positional:
			wantHelp(t, part.Summary(), part.Help)
		}
		return next(nil)
	})
	if err != nil || seen < 20 {
		t.Fatalf("visited %d parts of the command line: %v", seen, err)
	}
}

func wantHelp(t *testing.T, name, help string) {
	t.Helper()
	if !strings.HasSuffix(help, ".") {
		t.Errorf("%s: the help is %q; want a sentence", name, help)
	}
}

func TestReadmeNamesEveryCommand(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	deep, err := txtar.ParseFile("../graph/testdata/first_query.txtar") // asked and answered there
	if err != nil {
		t.Fatal(err)
	}
	promises := []string{graphql(string(deep.Files[0].Data)), graphql(web.FirstQuery), "-d '" + asJSON(web.FirstQuery) + "'"}
	for _, command := range newParser().Model.Children {
		if command.Hidden {
			continue
		}
		promises = append(promises, "`"+command.FullPath())
	}
	for _, promise := range promises {
		if !strings.Contains(string(readme), promise) {
			t.Errorf("README.md lacks %s", promise)
		}
	}
}

func graphql(query string) string { return "```graphql\n" + query + "```" }
