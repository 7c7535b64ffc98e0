package cost

import "github.com/vektah/gqlparser/v2/ast"

// Plan is the cost of an operation, except for the values of variables.
type Plan struct {
	root            selection
	maxPage         int64
	slicing         []*ast.Argument
	representations []size
}

// node is a field in one place of the operation, merged from all selections of it there.
type node struct {
	weight    int64 // of one instance
	isList    bool
	size      size // of a list
	arguments []argument
	below     selection
}

// selection is what is selected of an object: always, and for some of its types only.
type selection struct {
	always      []*node
	conditional [][]*node
	types       [][]int // for each possible type the indexes in conditional that apply
}

func (s selection) empty() bool { return len(s.always) == 0 && len(s.conditional) == 0 }

// planner makes the nodes of one operation.
type planner struct {
	schema             *ast.Schema
	introspection      map[string]int64 // lengths of lists of introspection
	fragments          ast.FragmentDefinitionList
	variables          map[string]any
	dependsOnVariables bool // in @skip and @include
	slicing            []*ast.Argument
	representations    []size
}

// selection returns the plan of selections of a type.
func (p *planner) selection(of *ast.Definition, sets ...ast.SelectionSet) selection {
	groups := []*group{newGroup(of)}
	for _, set := range sets {
		groups = p.collect(groups, groups[0], set)
	}
	return p.plan(groups, nil)
}

// plan makes nodes of the fields; sizes are the lengths of lists that the field above
// sets with sizedFields.
func (p *planner) plan(groups []*group, sizes map[string]size) (s selection) {
	s.always = p.nodes(groups[0], sizes)
	for _, g := range groups[1:] {
		s.conditional = append(s.conditional, p.nodes(g, sizes))
	}
	if len(s.conditional) > 0 {
		s.types = p.applicable(groups)
	}
	return s
}

// nodes omits fields that cost nothing.
func (p *planner) nodes(g *group, sizes map[string]size) (all []*node) {
	for _, name := range g.names {
		if n := p.node(g.on, g.fields[name], sizes); n.weight > 0 || len(n.arguments) > 0 || !n.below.empty() {
			all = append(all, n)
		}
	}
	return all
}

// node plans a field that is selected once or more in one place; validation ensures that
// all selections have the same arguments.
func (p *planner) node(parent *ast.Definition, fields []*ast.Field, sizes map[string]size) *node {
	first := fields[0]
	n := &node{weight: weightOf(p.schema, parent, first.Definition), isList: first.Definition.Type.Elem != nil}
	n.arguments = p.arguments(first)
	length, sizedFields := listSize(first)
	length = length.simplified()
	p.slicing = append(p.slicing, slicingArguments(first)...)
	if first.Name == "_entities" {
		p.representations = append(p.representations, length)
	}
	n.size = length
	if isIntrospection(parent) {
		n.setIntrospection(p.introspection[parent.Name+"."+first.Name])
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
	if minimum, ok := introspectionCosts[first.Name]; ok {
		return n.fixedIntrospection(minimum)
	}
	return n
}
