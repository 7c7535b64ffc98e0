package schema

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// assembly collects the parts of the schema.
type assembly struct {
	templates  templates
	directives ast.DirectiveDefinitionList
	types      map[string]*parts
	order      []string            // the types defined by hand
	companions map[string][]string // generated types, by the type that they follow
}

// parts are the definition of a type and its extensions, in order.
type parts struct {
	head       *ast.Definition
	extensions []*ast.Definition
	expanded   ast.FieldList // an input's fields, once they are known
}

func newAssembly(t templates) *assembly {
	return &assembly{templates: t, types: map[string]*parts{}, companions: map[string][]string{}}
}

// define adds the definitions of a document; generated ones follow another type.
func (a *assembly) define(document *ast.SchemaDocument, after string) {
	for _, d := range document.Directives {
		if !isMeta(d.Name) {
			a.directives = append(a.directives, d)
		}
	}
	for _, d := range document.Definitions {
		a.types[d.Name] = &parts{head: d}
		switch {
		case after == "":
			a.order = append(a.order, d.Name)
		case d.Kind == ast.InputObject && d.Name != after+"By":
			a.companions["ChangeInput"] = append(a.companions["ChangeInput"], d.Name)
		default:
			a.companions[after] = append(a.companions[after], d.Name)
		}
	}
}

// extend adds the extensions of a document.
func (a *assembly) extend(document *ast.SchemaDocument) error {
	for _, e := range document.Extensions {
		extended := a.types[e.Name]
		if extended == nil {
			return fmt.Errorf("%s:%d: extends %s, which is not defined", e.Position.Src.Name, e.Position.Line, e.Name)
		}
		extended.extensions = append(extended.extensions, e)
	}
	return nil
}

// assembled returns all types in the order of the schema.
func (a *assembly) assembled() (ast.DefinitionList, error) {
	var all ast.DefinitionList
	var add func(names []string) error
	add = func(names []string) error {
		for _, name := range names {
			definition, err := a.whole(name)
			if err != nil {
				return err
			}
			if definition != nil {
				all = append(all, definition)
			}
			if err := add(a.companions[name]); err != nil {
				return err
			}
		}
		return nil
	}
	return all, add(a.order)
}

// whole returns a type with the fields of all its parts; nil if it is partial.
func (a *assembly) whole(name string) (*ast.Definition, error) {
	p := a.types[name]
	if p.head.Directives.ForName("partial") != nil {
		return nil, nil
	}
	d := *p.head
	var err error
	switch d.Kind {
	case ast.InputObject:
		d.Fields, err = a.inputFields(name)
	case ast.Object, ast.Interface:
		d.Fields = a.typeFields(p)
		d.Interfaces = a.closure(p.head.Interfaces)
		slices.Reverse(d.Interfaces)
	}
	if err != nil {
		return nil, err
	}
	for _, e := range p.extensions {
		d.EnumValues = append(d.EnumValues, e.EnumValues...)
	}
	d.Directives = withoutMeta(d.Directives)
	for i, field := range d.Fields {
		if d.Fields[i], err = a.page(field); err != nil {
			return nil, fmt.Errorf("%s.%s: %w", name, field.Name, err)
		}
	}
	return &d, nil
}

func withoutMeta(all ast.DirectiveList) ast.DirectiveList {
	return slices.DeleteFunc(slices.Clone(all), func(d *ast.Directive) bool { return isMeta(d.Name) })
}

// page adds the paging arguments and the list size to a field with @page.
func (a *assembly) page(field *ast.FieldDefinition) (*ast.FieldDefinition, error) {
	if field.Directives.ForName("page") == nil {
		return field, nil
	}
	template, err := a.arguments("page")
	if err != nil {
		return nil, err
	}
	paged := *field
	paged.Arguments = slices.Concat(field.Arguments, template.Arguments)
	paged.Directives = slices.Concat(template.Directives, withoutMeta(field.Directives))
	return &paged, nil
}

// arguments returns a field of the partial type Arguments.
func (a *assembly) arguments(name string) (*ast.FieldDefinition, error) {
	if p := a.types["Arguments"]; p != nil {
		if field := p.head.Fields.ForName(name); field != nil {
			return field, nil
		}
	}
	return nil, fmt.Errorf("the partial type Arguments has no field %s", name)
}
