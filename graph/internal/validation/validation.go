// Package validation has the rules by which documents are validated: those of the parser's
// library, and those of the GraphQL specification that it lacks.
package validation

import (
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Rules returns all rules.
func Rules() *rules.Rules {
	all := rules.NewDefaultRules()
	for _, rule := range []core.Rule{intRange, oneSubscription} {
		all.AddRule(rule.Name, rule.RuleFunc)
	}
	return all
}

// RulesWithoutSuggestions returns all rules; their errors do not suggest names of the
// schema for misspelt ones. The executor replaces the rules for fields itself.
func RulesWithoutSuggestions() *rules.Rules {
	all := Rules()
	for _, swap := range [][2]core.Rule{
		{rules.KnownArgumentNamesRule, rules.KnownArgumentNamesRuleWithoutSuggestions},
		{rules.KnownTypeNamesRule, rules.KnownTypeNamesRuleWithoutSuggestions},
		{rules.ValuesOfCorrectTypeRule, rules.ValuesOfCorrectTypeRuleWithoutSuggestions},
	} {
		all.RemoveRule(swap[0].Name)
		all.AddRule(swap[1].Name, swap[1].RuleFunc)
	}
	return all
}
