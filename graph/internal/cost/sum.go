package cost

import "github.com/vektah/gqlparser/v2/ast"

// Estimate returns the maximum cost of the operation with coerced variables.
func (p *Plan) Estimate(variables map[string]any) int64 {
	return summation{variables: variables, maxPage: p.maxPage}.selection(p.root, 1)
}

// OversizedArgument returns the first argument that requests a page longer than allowed,
// with its value as the client wrote it, or nil.
func (p *Plan) OversizedArgument(variables map[string]any) (argument *ast.Argument, length any) {
	for _, given := range p.slicing {
		switch {
		case number(given.Value, variables) <= p.maxPage:
		case given.Value.Kind == ast.Variable:
			return given, variables[given.Value.Raw]
		default:
			return given, given.Value.Raw
		}
	}
	return nil, nil
}

// Representations returns how many entity representations a federation router sends, in
// all fields of the operation together.
func (p *Plan) Representations(variables map[string]any) (total int64) {
	for _, one := range p.representations {
		total += one.length(variables)
	}
	return total
}

// summation adds up the costs of nodes; lists have their maximum size.
type summation struct {
	variables map[string]any
	maxPage   int64
}

func (t summation) selection(s selection, instances int64) int64 {
	sum := t.nodes(s.always, instances)
	if len(s.conditional) == 0 {
		return sum
	}
	groups := make([]int64, len(s.conditional))
	for i, group := range s.conditional {
		groups[i] = t.nodes(group, instances)
	}
	highest := int64(0)
	for _, apply := range s.types {
		sum := int64(0)
		for _, i := range apply {
			sum = plus(sum, groups[i])
		}
		highest = max(highest, sum)
	}
	return plus(sum, highest)
}

func (t summation) nodes(nodes []*node, instances int64) (sum int64) {
	for _, n := range nodes {
		sum = plus(sum, t.node(n, instances))
	}
	return sum
}

// node returns the cost of a field of a number of parents. Its arguments count for each
// parent, the field itself for each element.
func (t summation) node(n *node, parents int64) (sum int64) {
	for _, a := range n.arguments {
		sum = plus(sum, times(parents, a.cost(t.variables)))
	}
	instances := parents
	if n.isList {
		instances = t.elements(n, parents)
	}
	sum = plus(sum, times(instances, n.weight))
	return plus(sum, t.selection(n.below, instances))
}

func (t summation) elements(n *node, parents int64) int64 {
	length := n.size.length(t.variables)
	if n.size.given == nil { // lists given as arguments are not paged
		length = min(length, t.maxPage)
	}
	return times(parents, length)
}
