package schema

import (
	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/graph/relations"

	"github.com/vektah/gqlparser/v2/ast"
)

// generate adds what the rows of all tables imply.
func (a *assembly) generate(documents []*ast.SchemaDocument) error {
	byHand := &ast.SchemaDocument{}
	for _, d := range documents {
		byHand.Merge(d)
	}
	for _, entity := range relations.Entities {
		if err := a.generateEntity(entity); err != nil {
			return err
		}
	}
	for _, rule := range diplomacy.Vocabulary {
		if err := a.generateStatement(rule, byHand); err != nil {
			return err
		}
	}
	for _, rule := range findings.Rules {
		if err := a.execute("finding", rule, ""); err != nil {
			return err
		}
	}
	for _, relation := range relations.Rows {
		if err := a.generateRelation(relation); err != nil {
			return err
		}
	}
	return a.generateConnections(byHand)
}

// execute adds the definitions and extensions of a template to the schema.
func (a *assembly) execute(template string, row any, after string) error {
	document, err := a.templates.execute(template, row)
	if err != nil {
		return err
	}
	a.define(document, after)
	return a.extend(document)
}
