package executor

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

const inputResolver = "InputResolver"

// dropInputResolvers removes the resolver interfaces of input types. Inputs
// decode themselves (model.Input), so nothing would call these resolvers.
func dropInputResolvers(sources []*source) error {
	methods, interfaces := 0, 0
	for _, s := range sources {
		for _, decl := range s.tree.Decls {
			types, ok := decl.(*ast.GenDecl)
			if !ok || types.Tok != token.TYPE {
				continue
			}
			for _, spec := range types.Specs {
				named := spec.(*ast.TypeSpec)
				switch {
				case named.Name.Name == "ResolverRoot":
					methods += dropMethods(s, named)
				case strings.HasSuffix(named.Name.Name, inputResolver):
					s.remove(types)
					interfaces++
				}
			}
		}
	}
	if interfaces == 0 || methods != interfaces {
		return fmt.Errorf("%d methods of ResolverRoot for inputs but %d interfaces", methods, interfaces)
	}
	return nil
}

// dropMethods removes the methods that return a resolver of an input.
func dropMethods(s *source, root *ast.TypeSpec) int {
	dropped := 0
	for _, method := range root.Type.(*ast.InterfaceType).Methods.List {
		signature, ok := method.Type.(*ast.FuncType)
		if ok && strings.HasSuffix(s.of(signature.Results.List[0].Type), inputResolver) {
			s.remove(method)
			dropped++
		}
	}
	return dropped
}
