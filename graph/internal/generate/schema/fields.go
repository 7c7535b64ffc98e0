package schema

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// inputFields returns the fields of an input: of each part first those that it
// includes, then its own.
func (a *assembly) inputFields(name string) (ast.FieldList, error) {
	p := a.types[name]
	if p == nil {
		return nil, fmt.Errorf("there is no input %s to include", name)
	}
	if p.expanded != nil {
		return p.expanded, nil
	}
	var fields ast.FieldList
	for _, part := range append([]*ast.Definition{p.head}, p.extensions...) {
		for _, include := range part.Directives.ForNames("include") {
			included, err := a.inputFields(argument(include, "input"))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			for _, field := range included {
				if !slices.Contains(listed(include, "except"), field.Name) {
					fields = add(fields, field)
				}
			}
		}
		for _, field := range part.Fields {
			fields = add(fields, field)
		}
	}
	p.expanded = fields
	return fields, nil
}

// typeFields returns the fields of an object type or interface: those that the
// definitions of its interfaces declare, its own, those of the interfaces'
// extensions.
func (a *assembly) typeFields(p *parts) ast.FieldList {
	var heads, tails, own ast.FieldList
	for _, name := range a.closure(p.head.Interfaces) {
		inherited := a.types[name]
		heads = append(heads, inherited.head.Fields...)
		for _, e := range inherited.extensions {
			tails = append(tails, e.Fields...)
		}
	}
	for _, part := range append([]*ast.Definition{p.head}, p.extensions...) {
		own = append(own, part.Fields...)
	}
	var fields ast.FieldList
	for _, field := range heads {
		fields = add(fields, field)
	}
	for _, field := range own {
		if tails.ForName(field.Name) == nil {
			fields = add(fields, field)
		}
	}
	for _, field := range tails {
		fields = add(fields, field)
	}
	for _, field := range own {
		if tails.ForName(field.Name) != nil {
			fields = add(fields, field)
		}
	}
	return fields
}

// closure returns interfaces with those that they implement, the most general first.
func (a *assembly) closure(interfaces []string) []string {
	var all []string
	for _, name := range interfaces {
		for _, inherited := range append(a.closure(a.types[name].head.Interfaces), name) {
			if !slices.Contains(all, inherited) {
				all = append(all, inherited)
			}
		}
	}
	return all
}

// add appends a field, or merges it into the field of the same name.
func add(fields ast.FieldList, field *ast.FieldDefinition) ast.FieldList {
	for i, earlier := range fields {
		if earlier.Name == field.Name {
			fields[i] = override(earlier, field)
			return fields
		}
	}
	return append(fields, field)
}

// override returns the later declaration of a field, with the description, the
// arguments and the directives of the earlier one where it has none of its own.
func override(earlier, later *ast.FieldDefinition) *ast.FieldDefinition {
	merged := *earlier
	merged.Type = later.Type
	if later.Description != "" {
		merged.Description = later.Description
	}
	if later.Arguments != nil {
		merged.Arguments = later.Arguments
	}
	merged.Directives = slices.Clone(earlier.Directives)
	for _, d := range later.Directives {
		if merged.Directives.ForName(d.Name) == nil {
			merged.Directives = append(merged.Directives, d)
		}
	}
	return &merged
}

// argument returns the text of a directive's argument; empty if it is not given.
func argument(d *ast.Directive, name string) string {
	if a := d.Arguments.ForName(name); a != nil {
		return a.Value.Raw
	}
	return ""
}

// listed returns the texts of an argument that is a list.
func listed(d *ast.Directive, name string) (texts []string) {
	if a := d.Arguments.ForName(name); a != nil {
		for _, child := range a.Value.Children {
			texts = append(texts, child.Value.Raw)
		}
	}
	return texts
}
