package schema

import (
	"path/filepath"
	"strings"
	"text/template"

	"github.com/vektah/gqlparser/v2/ast"
)

// templates are the files of graph/schema/templates.
type templates struct{ set *template.Template }

func parseTemplates(folder string) (templates, error) {
	set, err := template.New("").Funcs(template.FuncMap{"upper": capitalized, "article": article}).ParseGlob(filepath.Join(folder, "*.tmpl"))
	return templates{set}, err
}

// execute fills in a template for one row and parses what results.
func (t templates) execute(name string, row any) (*ast.SchemaDocument, error) {
	var text strings.Builder
	if err := t.set.ExecuteTemplate(&text, name+".graphqls.tmpl", row); err != nil {
		return nil, err
	}
	return parse(name+".graphqls.tmpl", text.String())
}

// capitalized returns a text with its first letter in upper case.
func capitalized(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// article returns the indefinite article that goes with a word.
func article(word string) string {
	if strings.ContainsRune("aeioAEIO", rune(word[0])) {
		return "an"
	}
	return "a"
}

// withArticle returns a word after its indefinite article.
func withArticle(word string) string { return article(word) + " " + word }
