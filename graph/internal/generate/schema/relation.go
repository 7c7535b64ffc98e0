package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery/diplomacy"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// generateRelation extends a type by the field of a relation.
func (a *assembly) generateRelation(r *relations.Relation) error {
	typeName, name, _ := strings.Cut(r.Name, ".")
	defined := a.types[typeName]
	if defined == nil {
		return fmt.Errorf("the relation %s is of no type of the schema", r.Name)
	}
	node, err := nodeType(r)
	if err != nil {
		return err
	}
	field := &ast.FieldDefinition{Name: name, Description: r.Description}
	if r.Single {
		template, err := a.arguments("single")
		if err != nil {
			return err
		}
		field.Type, field.Arguments = ast.NamedType(node, nil), template.Arguments
	} else if err := a.connect(field, r, node); err != nil {
		return err
	}
	if r.Cost != 0 {
		field.Directives = append(field.Directives, directive("cost", "weight", &ast.Value{Raw: strconv.Itoa(r.Cost), Kind: ast.IntValue}))
	}
	defined.extensions = append(defined.extensions, &ast.Definition{Kind: ast.Object, Name: typeName, Fields: ast.FieldList{field}})
	return nil
}

// connect sets the type of a relation's field to a connection, and its arguments.
func (a *assembly) connect(field *ast.FieldDefinition, r *relations.Relation, node string) error {
	template, err := a.arguments("links")
	if err != nil {
		return err
	}
	connection := connectionName(r, node)
	field.Type = ast.NonNullNamedType(connection+"Connection", nil)
	for _, argument := range template.Arguments {
		copied := *argument
		switch {
		case copied.Name == "where":
			copied.Type = ast.NamedType(a.filter(r, connection, node), nil)
		case copied.Name == "orderBy" && r.Ascending:
			copied.DefaultValue = &ast.Value{Raw: "OLDEST", Kind: ast.EnumValue}
		}
		field.Arguments = append(field.Arguments, &copied)
	}
	if r.Portfolio != nil {
		offices, err := a.arguments("portfolio")
		if err != nil {
			return err
		}
		field.Arguments = append(field.Arguments, offices.Arguments...)
	}
	field.Directives = ast.DirectiveList{directive("page", "", nil)}
	return nil
}

// connectionName returns the connection for a predicate's links to nodes of a type,
// or the one of all links to such nodes.
func connectionName(r *relations.Relation, node string) string {
	switch {
	case r.Rule() == nil:
		return node // evidence is a node itself
	case r.Statements:
		return r.Rule().Type
	case r.Involves():
		return "Involved" + node
	}
	if c, ok := relations.ConnectionOf(r.Rule().Predicate, node); ok {
		return c.Name
	}
	return node + "Link"
}

// filter returns the most specific filter that is defined: of the connection, the
// statement, or links to nodes of a type.
func (a *assembly) filter(r *relations.Relation, connection, node string) string {
	candidates := []string{connection + "Filter"}
	if r.Involves() {
		candidates = append(candidates, node+"LinkFilter")
	}
	if _, ok := relations.ConnectionOf(r.Paths[0].Last().Along[0].Kind, node); ok {
		candidates = append(candidates, r.Rule().Type+"Filter")
	}
	for _, name := range candidates {
		if a.types[name] != nil {
			return name
		}
	}
	return "LinkFilter"
}

// nodeType returns the most specific type of the nodes to which a relation leads.
func nodeType(r *relations.Relation) (string, error) {
	var kinds []diplomacy.Kind
	for _, path := range r.Paths {
		for _, kind := range ends(path.Last()) {
			if !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	if len(kinds) == 0 {
		return "", fmt.Errorf("the relation %s leads nowhere", r.Name)
	}
	return typeOf(kinds), nil
}

// ends returns the kinds of the nodes to which a hop leads.
func ends(hop relations.Hop) []diplomacy.Kind {
	var kinds []diplomacy.Kind
	for _, arc := range hop.Along {
		kinds = append(kinds, far(arc)...)
	}
	if hop.Kinds != nil {
		kinds = slices.DeleteFunc(kinds, func(k diplomacy.Kind) bool { return !slices.Contains(hop.Kinds, k) })
	}
	return kinds
}

// far returns the kinds at the other end of an arc.
func far(arc store.Arc) []diplomacy.Kind {
	rule := diplomacy.RuleOf(arc.Kind)
	switch {
	case rule == nil:
		return []diplomacy.Kind{arc.Kind}
	case arc.Direction == store.In:
		return slices.Clone(rule.Subjects)
	case arc.Direction == store.ForWhom:
		return slices.Clone(diplomacy.Actors)
	}
	return slices.Clone(rule.Objects) // also on behalf of an actor, and in the capacity of an office
}

func directive(name, argument string, value *ast.Value) *ast.Directive {
	d := &ast.Directive{Name: name}
	if argument != "" {
		d.Arguments = ast.ArgumentList{{Name: argument, Value: value}}
	}
	return d
}
