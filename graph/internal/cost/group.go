package cost

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// group is what is selected under one type condition, in the order of the document.
type group struct {
	on     *ast.Definition
	names  []string
	fields map[string][]*ast.Field
	spread map[string]bool
}

func newGroup(on *ast.Definition) *group {
	return &group{on: on, fields: map[string][]*ast.Field{}, spread: map[string]bool{}}
}

func (g *group) add(field *ast.Field) {
	if g.fields[field.Alias] == nil {
		g.names = append(g.names, field.Alias)
	}
	g.fields[field.Alias] = append(g.fields[field.Alias], field)
}

// collect adds fields to the groups of their type conditions.
func (p *planner) collect(groups []*group, into *group, set ast.SelectionSet) []*group {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			if p.isIncluded(selection.Directives) {
				into.add(selection)
			}
		case *ast.InlineFragment:
			if p.isIncluded(selection.Directives) {
				groups = p.collectFragment(groups, into, selection.TypeCondition, selection.SelectionSet)
			}
		case *ast.FragmentSpread:
			fragment := p.fragments.ForName(selection.Name)
			if p.isIncluded(selection.Directives) && fragment != nil && !into.spread[selection.Name] {
				into.spread[selection.Name] = true
				groups = p.collectFragment(groups, into, fragment.TypeCondition, fragment.SelectionSet)
			}
		}
	}
	return groups
}

// collectFragment adds a fragment to the group of its type condition, or to the enclosing
// group if the condition always holds there.
func (p *planner) collectFragment(groups []*group, enclosing *group, condition string, set ast.SelectionSet) []*group {
	into := enclosing
	if on := p.schema.Types[condition]; on != nil && !p.covers(on, enclosing.on) {
		i := slices.IndexFunc(groups, func(g *group) bool { return g.on == on })
		if i < 0 {
			i, groups = len(groups), append(groups, newGroup(on))
		}
		into = groups[i]
	}
	return p.collect(groups, into, set)
}

// applicable returns, for each possible type of the first group, which of the others
// apply; equal combinations occur once.
func (p *planner) applicable(groups []*group) (types [][]int) {
	for _, possible := range p.schema.GetPossibleTypes(groups[0].on) {
		var apply []int
		for i, g := range groups[1:] {
			if p.covers(g.on, possible) {
				apply = append(apply, i)
			}
		}
		if !slices.ContainsFunc(types, func(other []int) bool { return slices.Equal(other, apply) }) {
			types = append(types, apply)
		}
	}
	return types
}

// covers reports whether every object of type of is also of type all.
func (p *planner) covers(all, of *ast.Definition) bool {
	if all == of {
		return true
	}
	wide := p.schema.GetPossibleTypes(all)
	return !slices.ContainsFunc(p.schema.GetPossibleTypes(of), func(d *ast.Definition) bool { return !slices.Contains(wide, d) })
}

// isIncluded evaluates @skip and @include.
func (p *planner) isIncluded(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		condition := d.Arguments.ForName("if").Value
		holds := condition.Raw == "true"
		if condition.Kind == ast.Variable {
			p.dependsOnVariables = true
			holds, _ = p.variables[condition.Raw].(bool)
		}
		if holds == (d.Name == "skip") {
			return false
		}
	}
	return true
}
