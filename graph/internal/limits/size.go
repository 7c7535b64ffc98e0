package limits

import "github.com/vektah/gqlparser/v2/ast"

// size counts the parts of a selection, including those of its fragments.
type size struct {
	depth, fields, aliases, directives int
	rootFields                         int // fields at the top level of the selection
}

// measurer computes the sizes of selections. Each fragment is measured once, however
// often it is spread, so the time is linear in the length of the document.
type measurer struct {
	fragments ast.FragmentDefinitionList
	sizes     map[string]size // by fragment name
}

func (m measurer) selections(selections ast.SelectionSet) (s size) {
	for _, selection := range selections {
		switch selection := selection.(type) {
		case *ast.Field:
			s = s.plus(m.field(selection))
		case *ast.InlineFragment:
			s = s.plus(m.selections(selection.SelectionSet).withDirectives(selection.Directives))
		case *ast.FragmentSpread:
			s = s.plus(m.fragment(selection.Name).withDirectives(selection.Directives))
		}
	}
	return s
}

func (m measurer) field(f *ast.Field) size {
	s := m.selections(f.SelectionSet)
	s.depth, s.fields, s.rootFields = s.depth+1, add(s.fields, 1), 1
	if f.Alias != f.Name {
		s.aliases = add(s.aliases, 1)
	}
	return s.withDirectives(f.Directives)
}

// fragment returns zero for a fragment that is undefined or spreads itself, since
// validation rejects both.
func (m measurer) fragment(name string) size {
	s, measured := m.sizes[name]
	if measured {
		return s
	}
	m.sizes[name] = size{}
	if f := m.fragments.ForName(name); f != nil {
		s = m.selections(f.SelectionSet).withDirectives(f.Directives)
	}
	m.sizes[name] = s
	return s
}

func (s size) plus(other size) size {
	return size{
		depth:  max(s.depth, other.depth),
		fields: add(s.fields, other.fields), aliases: add(s.aliases, other.aliases),
		directives: add(s.directives, other.directives), rootFields: add(s.rootFields, other.rootFields),
	}
}

func (s size) withDirectives(directives ast.DirectiveList) size {
	s.directives = add(s.directives, len(directives))
	return s
}

// add saturates at a value above every limit: nested fragments multiply.
func add(a, b int) int { return min(a+b, 1<<30) }
