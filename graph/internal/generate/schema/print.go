package schema

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// header begins the assembled file.
const header = `# Chancery's public API, assembled from graph/schema by "go generate ./graph/...": make changes there.
# Every type, field, argument and value is described; parentheses name the standard from which a term
# is taken (Popolo, W3C ORG, schema.org, PLOVER, SDMX, PROV-O, the Vienna Conventions …).
`

// String returns the schema in SDL.
func (s *Schema) String() string {
	w := &writer{}
	w.WriteString(header)
	for _, definition := range s.Definitions {
		w.definition(definition)
	}
	for _, directive := range s.Directives {
		w.directiveDefinition(directive)
	}
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) line(indent, pattern string, args ...any) {
	fmt.Fprintf(w, indent+pattern+"\n", args...)
}

// description writes a description on one line, or as a block if it has several.
func (w *writer) description(indent, text string) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "\n") {
		w.line(indent, `"""%s"""`, text)
		return
	}
	w.line(indent, `"""`)
	for line := range strings.SplitSeq(text, "\n") {
		w.line(strings.TrimRight(indent+line, " "), "")
	}
	w.line(indent, `"""`)
}

// keywords of the kinds of types.
var keywords = map[ast.DefinitionKind]string{
	ast.Scalar: "scalar", ast.Object: "type", ast.Interface: "interface", ast.Enum: "enum", ast.InputObject: "input",
}

func (w *writer) definition(d *ast.Definition) {
	w.line("", "")
	w.description("", d.Description)
	w.WriteString(keywords[d.Kind] + " " + d.Name)
	if len(d.Interfaces) > 0 {
		w.WriteString(" implements " + strings.Join(d.Interfaces, " & "))
	}
	w.WriteString(directives(d.Directives))
	if d.Kind == ast.Scalar {
		w.line("", "")
		return
	}
	w.line("", " {")
	for _, field := range d.Fields {
		w.field(d, field)
	}
	for _, value := range d.EnumValues {
		w.description("  ", value.Description)
		w.line("  ", "%s", value.Name)
	}
	w.line("", "}")
}

func (w *writer) field(of *ast.Definition, f *ast.FieldDefinition) {
	w.description("  ", f.Description)
	if of.Kind == ast.Object && strings.HasPrefix(f.Name, strings.ToLower(of.Name)) {
		w.line("  ", "# eslint-disable-next-line @graphql-eslint/no-typename-prefix")
	}
	w.WriteString("  " + f.Name)
	w.arguments("  ", f.Arguments)
	w.WriteString(": " + f.Type.String())
	if f.DefaultValue != nil {
		w.WriteString(" = " + f.DefaultValue.String())
	}
	w.line("", "%s", directives(f.Directives))
}

func (w *writer) arguments(indent string, arguments ast.ArgumentDefinitionList) {
	if len(arguments) == 0 {
		return
	}
	w.line("", "(")
	for _, a := range arguments {
		w.argumentDescription(indent+"  ", a.Description)
		w.WriteString(a.Name + ": " + a.Type.String())
		if a.DefaultValue != nil {
			w.WriteString(" = " + a.DefaultValue.String())
		}
		w.line("", "%s", directives(a.Directives))
	}
	w.WriteString(indent + ")")
}

// argumentDescription writes a description of one line before the argument itself.
func (w *writer) argumentDescription(indent, text string) {
	if !strings.Contains(strings.TrimSpace(text), "\n") {
		w.WriteString(indent + `"""` + text + `""" `)
		return
	}
	w.description(indent, text)
	w.WriteString(indent)
}

// directives returns applied directives, each after a space.
func directives(all ast.DirectiveList) string {
	var text strings.Builder
	for _, d := range all {
		text.WriteString(" @" + d.Name)
		var arguments []string
		for _, a := range d.Arguments {
			arguments = append(arguments, a.Name+": "+strings.ReplaceAll(a.Value.String(), `","`, `", "`))
		}
		if arguments != nil {
			text.WriteString("(" + strings.Join(arguments, ", ") + ")")
		}
	}
	return text.String()
}

func (w *writer) directiveDefinition(d *ast.DirectiveDefinition) {
	w.line("", "")
	w.description("", d.Description)
	w.WriteString("directive @" + d.Name)
	w.arguments("", d.Arguments)
	var locations []string
	for _, l := range d.Locations {
		locations = append(locations, string(l))
	}
	w.line("", " on %s", strings.Join(locations, " | "))
}
