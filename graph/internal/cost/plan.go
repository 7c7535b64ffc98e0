package cost

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Plan is what an operation costs, but for the variables.
type Plan struct {
	root    selection
	longest int64 // of pages
	slices  []*ast.Argument
	named   []size // of what routers name
}

// node is a field in one place of the operation, merged from all that ask for it
// there.
type node struct {
	fields    []*ast.Field
	weight    int64 // of one instance
	isList    bool
	size      size // of a list
	arguments []argument
	below     selection
}

// selection is what is selected of an object: always, and of some of its types only.
type selection struct {
	always []*node
	groups [][]*node
	types  [][]int // of each possible type, the groups that apply
}

// planner makes the nodes of one operation.
type planner struct {
	schema    *ast.Schema
	told      map[string]int64 // how long the lists of introspection are
	fragments ast.FragmentDefinitionList
	variables map[string]any
	depends   bool // on variables that skip or include
	slices    []*ast.Argument
	named     []size
}

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

// selection plans what is selected of a type.
func (p *planner) selection(of *ast.Definition, sets ...ast.SelectionSet) selection {
	groups := []*group{newGroup(of)}
	for _, set := range sets {
		groups = p.collect(groups, groups[0], set)
	}
	return p.plan(groups, nil)
}

// collect puts fields under their type conditions; those that hold for all of the
// type at hand go with it.
func (p *planner) collect(groups []*group, into *group, set ast.SelectionSet) []*group {
	for _, one := range set {
		switch one := one.(type) {
		case *ast.Field:
			if p.included(one.Directives) {
				if into.fields[one.Alias] == nil {
					into.names = append(into.names, one.Alias)
				}
				into.fields[one.Alias] = append(into.fields[one.Alias], one)
			}
		case *ast.InlineFragment:
			if p.included(one.Directives) {
				groups = p.enter(groups, into, one.TypeCondition, one.SelectionSet)
			}
		case *ast.FragmentSpread:
			fragment := p.fragments.ForName(one.Name)
			if p.included(one.Directives) && fragment != nil && !into.spread[one.Name] {
				into.spread[one.Name] = true
				groups = p.enter(groups, into, fragment.TypeCondition, fragment.SelectionSet)
			}
		}
	}
	return groups
}

// enter collects a fragment.
func (p *planner) enter(groups []*group, at *group, condition string, set ast.SelectionSet) []*group {
	into := at
	if on := p.schema.Types[condition]; on != nil && !p.covers(on, at.on) {
		i := slices.IndexFunc(groups, func(g *group) bool { return g.on == on })
		if i < 0 {
			i, groups = len(groups), append(groups, newGroup(on))
		}
		into = groups[i]
	}
	return p.collect(groups, into, set)
}

// covers reports whether whatever is of one type is of the other.
func (p *planner) covers(all, of *ast.Definition) bool {
	if all == of {
		return true
	}
	wide := p.schema.GetPossibleTypes(all)
	return !slices.ContainsFunc(p.schema.GetPossibleTypes(of), func(d *ast.Definition) bool { return !slices.Contains(wide, d) })
}

// included reports whether @skip and @include leave something in.
func (p *planner) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		condition := d.Arguments.ForName("if").Value
		holds := condition.Raw == "true"
		if condition.Kind == ast.Variable {
			p.depends = true
			holds, _ = p.variables[condition.Raw].(bool)
		}
		if holds == (d.Name == "skip") {
			return false
		}
	}
	return true
}

// plan makes nodes of the fields. Lists among them that are sized by the field above
// are in sizes.
func (p *planner) plan(groups []*group, sizes map[string]size) (s selection) {
	s.always = p.nodes(groups[0], sizes)
	for _, g := range groups[1:] {
		s.groups = append(s.groups, p.nodes(g, sizes))
	}
	if len(s.groups) == 0 {
		return s
	}
	for _, possible := range p.schema.GetPossibleTypes(groups[0].on) {
		var apply []int
		for i, g := range groups[1:] {
			if p.covers(g.on, possible) {
				apply = append(apply, i)
			}
		}
		if !slices.ContainsFunc(s.types, func(other []int) bool { return slices.Equal(other, apply) }) {
			s.types = append(s.types, apply)
		}
	}
	return s
}

// nodes leaves out what costs nothing.
func (p *planner) nodes(g *group, sizes map[string]size) (all []*node) {
	for _, name := range g.names {
		if n := p.node(g.on, g.fields[name], sizes); n.weight > 0 || len(n.arguments) > 0 || !n.below.empty() {
			all = append(all, n)
		}
	}
	return all
}

func (s selection) empty() bool { return len(s.always) == 0 && len(s.groups) == 0 }

// node plans a field that is asked for once or more in one place; all of them have
// the same arguments, as validation has it.
func (p *planner) node(parent *ast.Definition, fields []*ast.Field, sizes map[string]size) *node {
	first := fields[0]
	n := &node{fields: fields, weight: weightOf(p.schema, parent, first.Definition), isList: first.Definition.Type.Elem != nil}
	n.arguments = p.arguments(first)
	length, sizedFields := sized(first)
	length = length.settled()
	p.slices = append(p.slices, slicesOf(first)...)
	if first.Name == "_entities" {
		p.named = append(p.named, length)
	}
	n.size = length
	if isIntrospection(parent) {
		n.introspected(p.told[parent.Name+"."+first.Name])
	} else if above, ok := sizes[first.Name]; ok {
		n.size = above
	}
	groups := []*group{newGroup(p.schema.Types[first.Definition.Type.Name()])}
	for _, field := range fields {
		groups = p.collect(groups, groups[0], field.SelectionSet)
	}
	below := map[string]size{}
	for _, name := range sizedFields {
		below[name] = length
	}
	n.below = p.plan(groups, below)
	if least, ok := introspection[first.Name]; ok {
		return n.introspects(least)
	}
	return n
}
