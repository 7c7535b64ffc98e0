package executor

import (
	"go/ast"
	"path"
	"strconv"
)

// fixImports adds an import to the edited text of a file and drops those of the
// packages that the edits may have left without a use.
func fixImports(s *source, added string, dropped ...string) (*source, error) {
	edited, err := parse(s.path, s.edited())
	if err != nil {
		return nil, err
	}
	edited.rewritten = true
	used, known := usedPackages(edited.tree), false
	for _, spec := range edited.tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		known = known || imported == added
		for _, d := range dropped {
			if imported == d && !used[path.Base(d)] {
				edited.remove(spec)
			}
		}
	}
	if used[path.Base(added)] && !known {
		last := edited.tree.Imports[0]
		edited.replace(last.Pos(), last.Pos(), strconv.Quote(added)+"\n\t")
	}
	return edited, nil
}

// usedPackages returns the names before the dot of all selectors.
func usedPackages(tree *ast.File) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if name, ok := selector.X.(*ast.Ident); ok {
				used[name.Name] = true
			}
		}
		return true
	})
	return used
}
