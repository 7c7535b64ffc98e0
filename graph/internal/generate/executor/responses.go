package executor

import (
	"fmt"
	"go/ast"
)

// countResponses makes the executor count the bytes of the responses that it writes, for
// queries, mutations and subscriptions. Subscriptions get a new buffer for each event: the
// last would be held until the next.
func countResponses(sources []*source) error {
	found := 0
	for i, s := range sources {
		if s.executes() {
			continue
		}
		inspect(s.tree, func(n ast.Node, parents []ast.Node) {
			call, ok := n.(*ast.CallExpr)
			switch {
			case !ok:
			case s.of(call) == "buf.Reset()":
				s.replace(call.Pos(), call.End(), "var buf bytes.Buffer")
				removeSharedBuffer(s, parents)
			case s.of(call) == "data.MarshalGQL(&buf)":
				s.replace(call.Pos(), call.End(), "serial.Marshal(ctx, data, &buf)")
				found++
			}
		})
		var err error
		if sources[i], err = fixImports(s, "chancery/graph/internal/serial"); err != nil {
			return err
		}
	}
	if found == 0 || found > 3 {
		return fmt.Errorf("%d calls of data.MarshalGQL(&buf), want one for each kind of operation", found)
	}
	return nil
}

// removeSharedBuffer removes the buffer that is declared beside the function that uses it.
func removeSharedBuffer(s *source, parents []ast.Node) {
	for _, parent := range parents {
		clause, ok := parent.(*ast.CaseClause)
		if !ok {
			continue
		}
		for _, statement := range clause.Body {
			if s.of(statement) == "var buf bytes.Buffer" {
				s.remove(statement)
			}
		}
	}
}
