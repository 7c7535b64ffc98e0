package executor

import (
	"errors"
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strings"
)

// serialEdits are the edits that make execution serial, by the name of the
// function called: its calls become calls of package serial, and statements that
// serve @defer go. An edit reports whether the code has the shape it expects.
var serialEdits = map[string]func(s *source, call *ast.CallExpr, parents []ast.Node) bool{
	"NewFieldSet":              redirect("serial.NewSet", 1),
	"MarshalSliceConcurrently": redirect("serial.List", 5),
	"ResolveConcurrently":      resolveField,
	"ResolveRootConcurrently":  resolveRoot,
	"NewDeferredGroup":         removeStatement,
	"Dispatch":                 removeStatement,
	"ProcessDeferredGroup":     removeCondition,
	"AddUint32":                countInvalid,
}

// oncePerObject are functions that gqlgen calls exactly once for each object
// type. Their numbers must be equal, or some call has taken another form.
var oncePerObject = []string{"NewFieldSet", "NewDeferredGroup", "Dispatch", "ProcessDeferredGroup"}

// makeSerial makes lists and fields with resolvers run one after another.
func makeSerial(sources []*source) error {
	found, failed := map[string]int{}, map[string]error{}
	for _, s := range sources {
		if s.executes() {
			serialize(s, found, failed)
		}
	}
	if err := errors.Join(append(slices.Collect(maps.Values(failed)), checkCounts(found))...); err != nil {
		return err
	}
	for i, s := range sources {
		if !s.executes() {
			continue
		}
		fixed, err := fixImports(s, "chancery/graph/internal/serial", "sync/atomic", "math")
		if err != nil {
			return err
		}
		if err := checkLeftovers(fixed); err != nil {
			return err
		}
		sources[i] = fixed
	}
	return nil
}

// serialize records the edits of one file. It counts the calls by name, and keeps
// for each name the first call that has another shape than its edit expects.
func serialize(s *source, found map[string]int, failed map[string]error) {
	inspect(s.tree, func(n ast.Node, parents []ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		_, name := s.called(call)
		edit, ok := serialEdits[name]
		if !ok {
			return
		}
		found[name]++
		if !edit(s, call, parents) && failed[name] == nil {
			failed[name] = s.errorf(call, "unexpected call of %s", name)
		}
	})
}

func checkCounts(found map[string]int) error {
	var failed []error
	for _, name := range slices.Sorted(maps.Keys(serialEdits)) {
		if found[name] == 0 {
			failed = append(failed, fmt.Errorf("no call of %s", name))
		}
	}
	for _, name := range oncePerObject[1:] {
		if found[name] != found[oncePerObject[0]] {
			failed = append(failed, fmt.Errorf("%d calls of %s but %d of %s, want one each per object type", found[name], name, found[oncePerObject[0]], oncePerObject[0]))
		}
	}
	return errors.Join(failed...)
}

// checkLeftovers rejects concurrency and @defer that no edit knows.
func checkLeftovers(s *source) error {
	var failed error
	ast.Inspect(s.tree, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok && failed == nil && concurrent(name.Name) {
			failed = s.errorf(n, "still has %s after the edits", name.Name)
		}
		return true
	})
	return failed
}

func concurrent(name string) bool {
	return strings.HasSuffix(name, "Concurrently") || strings.Contains(name, "DeferredGroup") || name == "deferred"
}

// redirect returns the edit that calls another function with the same arguments.
func redirect(to string, arguments int) func(*source, *ast.CallExpr, []ast.Node) bool {
	return func(s *source, call *ast.CallExpr, _ []ast.Node) bool {
		receiver, _ := s.called(call)
		s.replace(call.Fun.Pos(), call.Fun.End(), to)
		return receiver == "graphql" && len(call.Args) == arguments
	}
}

// resolveField edits out.ResolveConcurrently(oc, &deferred, i, true, nonNull, resolve).
func resolveField(s *source, call *ast.CallExpr, _ []ast.Node) bool {
	if len(call.Args) != 6 || s.of(call.Args[1]) != "&deferred" || s.of(call.Args[3]) != "true" {
		return false
	}
	receiver, _ := s.called(call)
	with := fmt.Sprintf("serial.Field(ctx, %s, %s, %s, %s,\n", receiver, s.of(call.Args[0]), s.of(call.Args[2]), s.of(call.Args[4]))
	s.replace(call.Pos(), call.Args[5].Pos(), with)
	return true
}

// resolveRoot edits out.ResolveRootConcurrently(ctx, oc, i, true, nonNull, resolve).
func resolveRoot(s *source, call *ast.CallExpr, _ []ast.Node) bool {
	if len(call.Args) != 6 || s.of(call.Args[0]) != "innerCtx" || s.of(call.Args[3]) != "true" {
		return false
	}
	receiver, _ := s.called(call)
	with := fmt.Sprintf("serial.Root(innerCtx, %s, %s, %s, %s,\n", receiver, s.of(call.Args[1]), s.of(call.Args[2]), s.of(call.Args[4]))
	s.replace(call.Pos(), call.Args[5].Pos(), with)
	return true
}

// removeStatement removes the statement that consists of the call.
func removeStatement(s *source, call *ast.CallExpr, parents []ast.Node) bool {
	switch statement := parents[len(parents)-1].(type) {
	case *ast.AssignStmt, *ast.ExprStmt:
		s.remove(statement)
		return len(call.Args) == 1
	}
	return false
}

// removeCondition removes the if statement around the call, which must test the
// deferred fields.
func removeCondition(s *source, _ *ast.CallExpr, parents []ast.Node) bool {
	at := slices.IndexFunc(parents, func(n ast.Node) bool { _, ok := n.(*ast.IfStmt); return ok })
	if at < 0 {
		return false
	}
	condition := parents[at].(*ast.IfStmt)
	if condition.Init == nil || s.of(condition.Init) != "n := len(deferred.Defers)" {
		return false
	}
	s.remove(condition)
	return true
}

// countInvalid edits atomic.AddUint32(&out.Invalids, 1).
func countInvalid(s *source, call *ast.CallExpr, _ []ast.Node) bool {
	if len(call.Args) != 2 || s.of(call.Args[0]) != "&out.Invalids" || s.of(call.Args[1]) != "1" {
		return false
	}
	s.replace(call.Pos(), call.End(), "out.Invalids++")
	return true
}

// inspect visits all nodes with their parents, the outermost first.
func inspect(tree *ast.File, visit func(n ast.Node, parents []ast.Node)) {
	var parents []ast.Node
	ast.Inspect(tree, func(n ast.Node) bool {
		if n == nil {
			parents = parents[:len(parents)-1]
			return true
		}
		visit(n, parents)
		parents = append(parents, n)
		return true
	})
}
