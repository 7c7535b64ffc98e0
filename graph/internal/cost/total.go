package cost

import "github.com/vektah/gqlparser/v2/ast"

// Asked is the greatest cost that the operation may have, with the variables'
// values, which were coerced.
func (p *Plan) Asked(variables map[string]any) int64 {
	return total{variables: variables, longest: p.longest}.selection(p.root, 1)
}

// TooLong is the first argument that asks for a longer list than any may be, and how
// long that is, as it was written; nil where there is none.
func (p *Plan) TooLong(variables map[string]any) (argument *ast.Argument, asked any) {
	for _, given := range p.slices {
		switch {
		case number(given.Value, variables) <= p.longest:
		case given.Value.Kind == ast.Variable:
			return given, variables[given.Value.Raw]
		default:
			return given, given.Value.Raw
		}
	}
	return nil, nil
}

// Named is how many entities a router names in all fields of the operation together.
func (p *Plan) Named(variables map[string]any) (all int64) {
	for _, one := range p.named {
		all += one.with(variables)
	}
	return all
}

// Spent is what the operation has cost: lists count with as many elements as they
// had, which lengths tells of each field of the document, in all its places
// together, and which is used up. Objects that turned out to be null are counted all
// the same.
func (p *Plan) Spent(variables map[string]any, lengths map[*ast.Field]int) int64 {
	if lengths == nil {
		lengths = map[*ast.Field]int{}
	}
	return total{variables, p.longest, lengths}.selection(p.root, 1)
}

// total adds up. Without lengths lists are as long as they can be.
type total struct {
	variables map[string]any
	longest   int64
	lengths   map[*ast.Field]int // each counts once, for the first place that asks
}

func (t total) selection(s selection, instances int64) int64 {
	sum := t.nodes(s.always, instances)
	if len(s.groups) == 0 {
		return sum
	}
	groups := make([]int64, len(s.groups))
	for i, group := range s.groups {
		groups[i] = t.nodes(group, instances)
	}
	dearest := int64(0)
	for _, apply := range s.types {
		sum := int64(0)
		for _, i := range apply {
			sum = plus(sum, groups[i])
		}
		dearest = max(dearest, sum)
	}
	return plus(sum, dearest)
}

func (t total) nodes(nodes []*node, instances int64) (sum int64) {
	for _, n := range nodes {
		sum = plus(sum, t.node(n, instances))
	}
	return sum
}

// node adds a field up, of so many parents. Its arguments count for each parent,
// itself for each element.
func (t total) node(n *node, parents int64) (sum int64) {
	for _, a := range n.arguments {
		sum = plus(sum, times(parents, a.with(t.variables)))
	}
	instances := parents
	if n.isList {
		instances = t.elements(n, parents)
	}
	sum = plus(sum, times(instances, n.weight))
	return plus(sum, t.selection(n.below, instances))
}

func (t total) elements(n *node, parents int64) (elements int64) {
	if t.lengths == nil {
		length := n.size.with(t.variables)
		if n.size.given == nil { // what is asked for one by one is answered so
			length = min(length, t.longest)
		}
		return times(parents, length)
	}
	for _, field := range n.fields {
		elements += int64(t.lengths[field])
		delete(t.lengths, field)
	}
	return elements
}
