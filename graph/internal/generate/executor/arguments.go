package executor

import (
	"fmt"
	"go/ast"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dropArguments returns the edit that removes the arguments of some fields from their
// resolvers' interfaces and calls: package fetch decodes these arguments itself, once
// for each field of a document, since it needs them before the resolvers run. The
// executor still rejects arguments that its scalars do not accept, but only checks
// those of the first object that has the field.
//
// decoded tells for "Type.field", with the names of its arguments, whether that is so.
func dropArguments(decoded func(field string, arguments []string) bool) func([]*source) error {
	return func(sources []*source) error {
		d := dropping{fields: map[string]bool{}}
		for _, s := range sources {
			d.fromInterfaces(s, decoded)
		}
		for i, s := range sources {
			if err := d.fromCalls(s); err != nil {
				return err
			}
			if !s.executes() {
				continue
			}
			var err error
			if sources[i], err = fixImports(s, "chancery/graph/fetch"); err != nil {
				return err
			}
		}
		if n := len(d.fields); n == 0 || d.calls != n || d.checks != n {
			return fmt.Errorf("%d resolvers without arguments, %d calls of them, %d decodings of their arguments", n, d.calls, d.checks)
		}
		return nil
	}
}

// dropping is the progress of dropArguments.
type dropping struct {
	fields        map[string]bool // as Type_field
	calls, checks int
}

// fromInterfaces removes parameters from the resolvers' interfaces in a file.
func (d *dropping) fromInterfaces(s *source, decoded func(string, []string) bool) {
	ast.Inspect(s.tree, func(n ast.Node) bool {
		named, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		typeName, isResolver := strings.CutSuffix(named.Name.Name, "Resolver")
		methods, isInterface := named.Type.(*ast.InterfaceType)
		if !isResolver || !isInterface {
			return false
		}
		for _, method := range methods.Methods.List {
			field := lowerFirst(method.Names[0].Name)
			parameters := method.Type.(*ast.FuncType).Params
			kept, arguments := argumentsOf(parameters)
			if len(arguments) > 0 && decoded(typeName+"."+field, arguments) {
				s.replace(kept.End(), parameters.Closing, "")
				d.fields[typeName+"_"+field] = true
			}
		}
		return false
	})
}

// argumentsOf returns the last parameter of a resolver that is no argument, and the
// names of the arguments.
func argumentsOf(parameters *ast.FieldList) (kept *ast.Field, arguments []string) {
	for _, parameter := range parameters.List {
		switch name := parameter.Names[0].Name; name {
		case "ctx", "obj":
			kept = parameter
		default:
			arguments = append(arguments, name)
		}
	}
	return kept, arguments
}

// fromCalls removes arguments from the calls of resolvers in a file, and lets package
// fetch call the functions that decode them.
func (d *dropping) fromCalls(s *source) error {
	var failed error
	inspect(s.tree, func(n ast.Node, parents []ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || failed != nil {
			return
		}
		receiver, name := s.called(call)
		field, decodes := strings.CutPrefix(strings.TrimSuffix(name, "_args"), "field_")
		typeName, resolves := strings.CutPrefix(strings.TrimSuffix(receiver, "()"), "ec.Resolvers.")
		switch {
		case decodes && d.fields[field]:
			if s.checkArguments(call, parents) {
				d.checks++
			}
		case resolves && d.fields[typeName+"_"+lowerFirst(name)]:
			d.calls++
			if !s.dropFrom(call, parents) {
				failed = s.errorf(call, "unexpected call of %s", s.of(call.Fun))
			}
		}
	})
	return failed
}

// checkArguments edits the call of `fc.Args, err = ec.field_T_f_args(ctx,
// field.ArgumentMap(ec.Variables))`. Other calls are made to estimate costs.
func (s *source) checkArguments(call *ast.CallExpr, parents []ast.Node) bool {
	assign, ok := parents[len(parents)-1].(*ast.AssignStmt)
	if !ok || s.of(assign.Lhs[0]) != "fc.Args" || len(assign.Rhs) != 1 || len(call.Args) != 2 || s.of(call.Args[1]) != "field.ArgumentMap(ec.Variables)" {
		return false
	}
	s.replace(assign.Pos(), assign.End(), "err = fetch.CheckArguments(ctx, field, ec.Variables, "+s.of(call.Fun)+")")
	return true
}

// dropFrom removes the arguments of a resolver's call, and the variable that they are
// read from.
func (s *source) dropFrom(call *ast.CallExpr, parents []ast.Node) bool {
	kept := call.Args[0]
	if len(call.Args) > 1 && s.of(call.Args[1]) == "obj" {
		kept = call.Args[1]
	}
	s.replace(kept.End(), call.Rparen, "")
	return s.removeFieldContext(parents)
}

// removeFieldContext removes the statement `fc := graphql.GetFieldContext(ctx)` from
// the function around a return statement.
func (s *source) removeFieldContext(parents []ast.Node) bool {
	if len(parents) < 2 {
		return false
	}
	block, ok := parents[len(parents)-2].(*ast.BlockStmt)
	if !ok || len(block.List) != 2 || s.of(block.List[0]) != "fc := graphql.GetFieldContext(ctx)" {
		return false
	}
	s.remove(block.List[0])
	return true
}

func lowerFirst(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}
