package graph_test

import (
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// pages reports whether a field answers page by page.
func pages(f *ast.FieldDefinition) bool { return strings.HasSuffix(f.Type.Name(), "Connection") }

// TestEveryRelationFieldHasARow requires a row of the table for each field that
// returns links, and a field for each row.
func TestEveryRelationFieldHasARow(t *testing.T) {
	schema := loadSchema(t)
	for _, kind := range diplomacy.EntityKinds {
		for _, field := range schema.Types[kind.String()].Fields {
			path := kind.String() + "." + field.Name
			if _, ok := relations.Table[path]; pages(field) && !ok && field.Name != "history" {
				t.Errorf("%s has no row in relations.Table", path)
			}
		}
	}
	for path := range relations.Table {
		if fieldOf(schema, path) == nil {
			t.Errorf("relations.Table has %s, the schema has not", path)
		}
	}
}

func TestEveryListHasARow(t *testing.T) {
	byHand := []string{"ministers", "transactions", "findings", "impactOf", "duplicates"}
	schema := loadSchema(t)
	for _, field := range schema.Query.Fields {
		if _, ok := relations.Lists[field.Name]; pages(field) && !ok && !slices.Contains(byHand, field.Name) {
			t.Errorf("Query.%s has no row in relations.Lists", field.Name)
		}
	}
	for name, kind := range relations.Lists {
		field := schema.Query.Fields.ForName(name)
		if field == nil {
			t.Errorf("relations.Lists has %s, Query has not", name)
		} else if got := nodeType(schema, field); got != kind.String() {
			t.Errorf("Query.%s has nodes of type %s; its row says %s", name, got, kind)
		}
	}
}

// TestRelationsFollowTheVocabulary walks each path of each relation through the
// vocabulary and checks the types at its end.
func TestRelationsFollowTheVocabulary(t *testing.T) {
	schema := loadSchema(t)
	for name, rel := range relations.Table {
		field := fieldOf(schema, name)
		if field == nil {
			continue // reported by TestEveryRelationFieldHasARow
		}
		typeName, _, _ := strings.Cut(name, ".")
		start, _ := diplomacy.ParseKind(typeName)
		for _, path := range rel.Paths {
			nodes, statements := walk(t, name, start, path)
			expectAdmits(t, schema, name+" (statement)", statementType(schema, field), statements)
			if statementType(schema, field) != nodeType(schema, field) {
				expectAdmits(t, schema, name, nodeType(schema, field), nodes)
			}
		}
	}
}

// walk returns the kinds where a path may end, and those of its last statements.
func walk(t *testing.T, name string, start diplomacy.Kind, path relations.Path) (at, statements []diplomacy.Kind) {
	t.Helper()
	at = []diplomacy.Kind{start}
	for _, hop := range path {
		var next []diplomacy.Kind
		statements = nil
		for _, arc := range hop.Along {
			far := step(arc, at)
			if len(far) == 0 {
				t.Errorf("%s: the vocabulary has no %s in direction %d from %v", name, arc.Kind, arc.Direction, at)
			}
			next, statements = append(next, far...), append(statements, arc.Kind)
		}
		if hop.Reference != "" {
			next = referred(statements, hop.Reference)
		}
		at = slices.DeleteFunc(next, func(k diplomacy.Kind) bool { return hop.Kinds != nil && !slices.Contains(hop.Kinds, k) })
	}
	if len(at) == 0 {
		t.Errorf("%s leads nowhere", name)
	}
	return at, statements
}

// referred returns the kinds that a field of statements names.
func referred(statements []diplomacy.Kind, name string) []diplomacy.Kind {
	var kinds []diplomacy.Kind
	for _, statement := range statements {
		for _, field := range diplomacy.ReferenceFields(statement) {
			if field.Name == name {
				kinds = append(kinds, field.Kinds...)
			}
		}
	}
	return kinds
}

// step returns the kinds at the other end of an arc; empty if it starts at none
// of the kinds.
func step(arc store.Arc, from []diplomacy.Kind) []diplomacy.Kind {
	near, far, sameKind := ends(arc)
	here := slices.DeleteFunc(slices.Clone(from), func(k diplomacy.Kind) bool { return !slices.Contains(near, k) })
	if sameKind || len(here) == 0 {
		return here
	}
	return slices.Clone(far)
}

// ends returns the kinds at the two ends of an arc as store.Direction says.
func ends(arc store.Arc) (near, far []diplomacy.Kind, sameKind bool) {
	rule := diplomacy.RuleOf(arc.Kind)
	switch {
	case rule == nil:
		return []diplomacy.Kind{diplomacy.KindSource}, []diplomacy.Kind{diplomacy.KindEvidence}, false
	case arc.Direction == store.Out:
		return rule.Subjects, rule.Objects, rule.SameKind
	case arc.Direction == store.In && !rule.Symmetric:
		return rule.Objects, rule.Subjects, rule.SameKind
	case arc.Direction == store.Behalf && rule.Fields&diplomacy.FieldOnBehalfOf != 0:
		return diplomacy.Actors, rule.Objects, false
	case arc.Direction == store.ForWhom && rule.Fields&diplomacy.FieldOnBehalfOf != 0:
		return rule.Objects, diplomacy.Actors, false
	case arc.Direction == store.Capacity && rule.Fields&diplomacy.FieldInCapacityOf != 0:
		return []diplomacy.Kind{diplomacy.KindOffice}, rule.Objects, false
	}
	return nil, nil, false
}

func expectAdmits(t *testing.T, schema *ast.Schema, name, typeName string, kinds []diplomacy.Kind) {
	t.Helper()
	if !admitsAll(schema, typeName, kinds) {
		t.Errorf("%s is of type %s but leads to %v", name, typeName, kinds)
	}
}

// fieldOf finds a field by "Type.field"; nil if it does not exist.
func fieldOf(schema *ast.Schema, path string) *ast.FieldDefinition {
	typeName, name, _ := strings.Cut(path, ".")
	if def := schema.Types[typeName]; def != nil {
		return def.Fields.ForName(name)
	}
	return nil
}

// nodeType returns the type of what a field leads to, through a connection or
// directly.
func nodeType(schema *ast.Schema, field *ast.FieldDefinition) string {
	if !pages(field) {
		return field.Type.Name()
	}
	return schema.Types[field.Type.Name()].Fields.ForName("nodes").Type.Name()
}

// statementType returns the type of the statements that make a field's links; that
// of its nodes where the links themselves are the nodes.
func statementType(schema *ast.Schema, field *ast.FieldDefinition) string {
	if !pages(field) {
		return "Statement"
	}
	edge := schema.Types[schema.Types[field.Type.Name()].Fields.ForName("edges").Type.Name()]
	if statement := edge.Fields.ForName("statement"); statement != nil {
		return statement.Type.Name()
	}
	return nodeType(schema, field)
}
