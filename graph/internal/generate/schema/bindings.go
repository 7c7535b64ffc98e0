package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/graph/relations"

	"github.com/vektah/gqlparser/v2/ast"
)

// Bindings returns the rows of gqlgen's configuration that bind types of the schema
// to Go, for all types whose row the configuration does not have yet.
func (s *Schema) Bindings(configuration string) string {
	rows := map[string]string{}
	for _, d := range s.Definitions {
		switch {
		case d.Kind == ast.Enum:
			rows[d.Name] = "model: chancery/graph/model.Term"
		case d.Kind == ast.InputObject && strings.HasSuffix(d.Name, "Input"):
			rows[d.Name] = "model: chancery/graph/model.Input"
		case d.Kind == ast.InputObject:
			rows[d.Name] = `model: "map[string]any"`
		}
	}
	for _, entity := range relations.Entities {
		fields := []string{"label: {resolver: true}"}
		if s.Definition(entity.Kind.String()).Fields.ForName("kind") != nil {
			fields = append(fields, "kind: {fieldName: Type}")
		}
		rows[entity.Kind.String()] = "fields: {" + strings.Join(fields, ", ") + "}"
	}
	for _, rule := range diplomacy.Vocabulary {
		s.bindStatement(rule, rows)
	}
	var text strings.Builder
	for _, d := range s.Definitions {
		bound := regexp.MustCompile(`(?m)^  ` + d.Name + `: `).MatchString(configuration)
		if row := rows[d.Name]; row != "" && !bound {
			fmt.Fprintf(&text, "  %s: {%s}\n", d.Name, row)
		}
	}
	return text.String()
}

// bindStatement binds the fields of a predicate's statements, and of the edges that
// have them, to the Go fields that serve all predicates.
func (s *Schema) bindStatement(rule diplomacy.Rule, rows map[string]string) {
	own := s.own(rule)
	names := map[string]string{}
	if rule.Fields&diplomacy.FieldInCapacityOf != 0 {
		names["capacity"] = "InCapacityOf"
	}
	names[rule.Role] = "Role"
	edge := bindings(own, names)
	names[endOf(own, "subject", rule, rule.Subjects).Name] = "Subject"
	names[endOf(own, "object", rule, rule.Objects).Name] = "Object"
	rows[rule.Type] = bindings(own, names)
	for _, c := range relations.Connections {
		if c.Predicate == rule.Predicate {
			rows[c.Name+"Edge"] = edge
		}
	}
}

// own returns the fields of a predicate's statements that others do not have.
func (s *Schema) own(rule diplomacy.Rule) ast.FieldList {
	common := s.Definition("Statement").Fields
	return slices.DeleteFunc(slices.Clone(s.Definition(rule.Type).Fields), func(f *ast.FieldDefinition) bool { return common.ForName(f.Name) != nil })
}

// bindings returns the configuration of fields whose Go names differ.
func bindings(fields ast.FieldList, names map[string]string) string {
	var bound []string
	for _, f := range fields {
		if name := names[f.Name]; name != "" && !strings.EqualFold(name, f.Name) {
			bound = append(bound, fmt.Sprintf("%s: {fieldName: %s}", f.Name, name))
		}
	}
	if bound == nil {
		return ""
	}
	return "fields: {" + strings.Join(bound, ", ") + "}"
}
