package graph

import "github.com/vektah/gqlparser/v2/ast"

// weight is how much a selection asks for, with its fragments.
type weight struct {
	depth, fields, aliases, directives int
	top                                int // fields of the selection itself
}

// scale weighs selections. Each fragment is weighed once, however often it is
// spread, so weighing takes time as long as the document.
type scale struct {
	fragments ast.FragmentDefinitionList
	weights   map[string]weight
}

func (s scale) weigh(selections ast.SelectionSet) (w weight) {
	for _, selection := range selections {
		switch selection := selection.(type) {
		case *ast.Field:
			w = w.and(s.field(selection))
		case *ast.InlineFragment:
			w = w.and(s.weigh(selection.SelectionSet).with(selection.Directives))
		case *ast.FragmentSpread:
			w = w.and(s.fragment(selection.Name).with(selection.Directives))
		}
	}
	return w
}

func (s scale) field(f *ast.Field) weight {
	w := s.weigh(f.SelectionSet)
	w.depth, w.fields, w.top = w.depth+1, plus(w.fields, 1), 1
	if f.Alias != f.Name {
		w.aliases = plus(w.aliases, 1)
	}
	return w.with(f.Directives)
}

// fragment weighs a fragment. One within itself weighs nothing there, and one that
// is not there weighs nothing: validation refuses both.
func (s scale) fragment(name string) weight {
	w, weighed := s.weights[name]
	if weighed {
		return w
	}
	s.weights[name] = weight{}
	if f := s.fragments.ForName(name); f != nil {
		w = s.weigh(f.SelectionSet).with(f.Directives)
	}
	s.weights[name] = w
	return w
}

func (w weight) and(other weight) weight {
	return weight{
		depth:  max(w.depth, other.depth),
		fields: plus(w.fields, other.fields), aliases: plus(w.aliases, other.aliases),
		directives: plus(w.directives, other.directives), top: plus(w.top, other.top),
	}
}

func (w weight) with(directives ast.DirectiveList) weight {
	w.directives = plus(w.directives, len(directives))
	return w
}

// plus adds, up to a bound that no limit reaches: fragments within fragments
// multiply.
func plus(a, b int) int { return min(a+b, 1<<30) }
