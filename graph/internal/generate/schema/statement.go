package schema

import (
	"slices"
	"strings"

	"chancery/diplomacy"

	"github.com/vektah/gqlparser/v2/ast"
)

// statementRow is what the template of statements needs of a row.
type statementRow struct {
	diplomacy.Rule
	Subject, Object end
	NewFields       []field
	ChangedFields   []field
}

// end is the subject or object of the statements of a predicate.
type end struct {
	Name        string // of the field; not "subject" or "object" if another is declared
	Type        string
	Description string
	Kinds       string // the admitted kinds, in words
}

func (a *assembly) generateStatement(rule diplomacy.Rule, byHand *ast.SchemaDocument) error {
	own := ownFields(rule, byHand)
	row := statementRow{Rule: rule, Subject: endOf(own, "subject", rule, rule.Subjects), Object: endOf(own, "object", rule, rule.Objects)}
	for _, f := range own {
		if !carried(rule, f.Name) {
			continue
		}
		input := field{f.Name, f.Type.Name(), strings.TrimSuffix(f.Description, ".")}
		switch input.Type {
		case "Actor":
			input.Type = "ID"
			input.Description += ": " + kindsInWords(diplomacy.Actors)
		case "Office":
			input.Type = "ID"
		}
		input.Description += "."
		row.ChangedFields = append(row.ChangedFields, input)
		if f.Name == rule.Role {
			input.Description += " Default: " + string(rule.Roles[0]) + "."
		}
		row.NewFields = append(row.NewFields, input)
	}
	return a.execute("statement", row, "Statement")
}

// ownFields returns the fields that are declared by hand for the statements of a
// predicate.
func ownFields(rule diplomacy.Rule, byHand *ast.SchemaDocument) (own ast.FieldList) {
	for _, e := range byHand.Extensions {
		if e.Name == rule.Type {
			own = append(own, e.Fields...)
		}
	}
	return own
}

// endOf returns an end by the name of its own field, if one is declared with the
// end's type that the statements do not carry.
func endOf(own ast.FieldList, name string, rule diplomacy.Rule, kinds []diplomacy.Kind) end {
	e := end{Name: name, Type: typeOf(kinds), Description: "The " + name, Kinds: kindsInWords(kinds)}
	for _, f := range own {
		if f.Type.Name() == e.Type && f.Type.NonNull && !carried(rule, f.Name) {
			e.Name, e.Description = f.Name, strings.TrimSuffix(f.Description, ".")
			break
		}
	}
	return e
}

// carried reports whether the statements of a predicate store a field beside
// their ends.
func carried(rule diplomacy.Rule, name string) bool {
	for field, has := range map[string]diplomacy.Fields{
		"startMode": diplomacy.FieldStartMode, "endCause": diplomacy.FieldEndCause, "onBehalfOf": diplomacy.FieldOnBehalfOf,
		"capacity": diplomacy.FieldInCapacityOf, "delegationHead": diplomacy.FieldDelegationHead,
	} {
		if field == name && rule.Fields&has != 0 {
			return true
		}
	}
	return name == rule.Role
}

// typeOf returns the most specific type that all kinds have.
func typeOf(kinds []diplomacy.Kind) string {
	switch {
	case len(kinds) == 1:
		return kinds[0].String()
	case !slices.ContainsFunc(kinds, func(k diplomacy.Kind) bool { return !slices.Contains(diplomacy.Actors, k) }):
		return "Actor"
	}
	return "Thing"
}

// kindsInWords returns an enumeration, such as "a state or an organization".
func kindsInWords(kinds []diplomacy.Kind) string {
	if len(kinds) == len(diplomacy.EntityKinds) {
		return "an entity of any type"
	}
	var words []string
	for _, k := range kinds {
		words = append(words, withArticle(strings.ToLower(k.String())))
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
