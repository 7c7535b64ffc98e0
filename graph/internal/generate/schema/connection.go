package schema

import (
	"slices"

	"chancery/diplomacy"
	"chancery/graph/relations"

	"github.com/vektah/gqlparser/v2/ast"
)

// connectionRow is what the template of connections needs.
type connectionRow struct {
	Name, Of, Node string
	Counted        bool
	Statement      string // the type of the statement that makes a link
	Fields         []field
	Dated          bool // edges say how certainly they match a question about a time
	Via            bool // edges list all statements on the way
}

// generateConnections adds the connections of types with @connection, of predicates
// with fields of their own, and of links to nodes of each type.
func (a *assembly) generateConnections(byHand *ast.SchemaDocument) error {
	for _, d := range slices.Concat(byHand.Definitions, byHand.Extensions) {
		marked := d.Directives.ForName("connection")
		if marked == nil {
			continue
		}
		row := connectionRow{Name: d.Name, Node: d.Name, Of: argument(marked, "of"), Counted: argument(marked, "counted") != "false", Dated: isStatement(d.Name)}
		if err := a.execute("connection", row, d.Name); err != nil {
			return err
		}
	}
	for _, c := range relations.Connections {
		if err := a.generateStatementConnection(c, byHand); err != nil {
			return err
		}
	}
	return a.generateLinkConnections()
}

// isStatement reports whether a type has the statements of a predicate.
func isStatement(name string) bool {
	return slices.ContainsFunc(diplomacy.Vocabulary, func(r diplomacy.Rule) bool { return r.Type == name })
}

// generateStatementConnection adds a connection whose edges have the fields that
// the statements of a predicate carry.
func (a *assembly) generateStatementConnection(c relations.Connection, byHand *ast.SchemaDocument) error {
	rule := diplomacy.RuleOf(c.Predicate)
	row := connectionRow{Name: c.Name, Of: c.Of, Node: c.Node, Counted: true, Dated: true, Statement: rule.Type}
	own := ownFields(*rule, byHand)
	ends := []string{endOf(own, "subject", *rule, rule.Subjects).Name, endOf(own, "object", *rule, rule.Objects).Name}
	for _, f := range own {
		if f.Name == c.End || !slices.Contains(ends, f.Name) {
			row.Fields = append(row.Fields, field{f.Name, f.Type.String(), f.Description})
		}
	}
	return a.execute("connection", row, rule.Type)
}

// generateLinkConnections adds a connection of links for each type of nodes to
// which a relation leads.
func (a *assembly) generateLinkConnections() error {
	for _, r := range relations.Rows {
		node, err := nodeType(r)
		if err != nil {
			return err
		}
		name := connectionName(r, node)
		if (name != node+"Link" && !r.Involves()) || r.Single || a.types[name+"Connection"] != nil {
			continue
		}
		row := connectionRow{Name: name, Of: "links to " + plural(node), Node: node, Counted: true, Dated: true, Statement: "Statement", Via: true}
		if r.Involves() {
			row.Fields = []field{{"involvement", "[Involvement!]! @listSize(assumedSize: 3)", "How the element was involved: each way once, at most 6."}}
		}
		if err := a.execute("connection", row, node); err != nil {
			return err
		}
	}
	return nil
}

// plural returns the plural of a type of nodes, for descriptions.
func plural(node string) string {
	for _, entity := range relations.Entities {
		if entity.Kind.String() == node {
			return entity.Plural
		}
	}
	if node == "Actor" {
		return "actors"
	}
	return "entities"
}
