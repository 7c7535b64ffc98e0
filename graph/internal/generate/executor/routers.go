package executor

import (
	"fmt"
	"go/ast"
	"strings"
)

// answerRouters points the two fields of Query that a router asks for to this
// project's functions. gqlgen leaves them to its federation plugin, which looks
// up entities one by one or type by type; here all are looked up in one batch,
// and their selections fetched ahead as in any list.
func answerRouters(sources []*source) error {
	found := map[string]int{}
	for i, s := range sources {
		if !s.executes() {
			continue
		}
		var failed error
		inspect(s.tree, func(n ast.Node, parents []ast.Node) {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return
			}
			_, name := s.called(call)
			if !strings.HasPrefix(name, "__resolve") {
				return
			}
			found[name]++
			if !answerRouter(s, name, call, parents) && failed == nil {
				failed = s.errorf(call, "unexpected call of %s", name)
			}
		})
		if failed != nil {
			return failed
		}
		var err error
		if sources[i], err = fixImports(s, "chancery/graph/fetch"); err != nil {
			return err
		}
	}
	for _, name := range []string{"__resolve_entities", "__resolve__service"} {
		if found[name] != 1 {
			return fmt.Errorf("%d calls of %s, want 1", found[name], name)
		}
	}
	return nil
}

// answerRouter replaces the results of the return statement that makes a call.
func answerRouter(s *source, name string, call *ast.CallExpr, parents []ast.Node) bool {
	answer, ok := parents[len(parents)-1].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	results := answer.Results
	switch name {
	case "__resolve_entities":
		if len(results) != 2 || s.of(results[1]) != "nil" || len(call.Args) != 2 {
			return false
		}
		s.replace(call.Pos(), results[1].End(), "fetch.Represented(ctx)")
		return s.removeFieldContext(parents)
	case "__resolve__service":
		s.replace(call.Pos(), call.End(), "subgraph(), nil")
		return len(results) == 1
	}
	return false
}
