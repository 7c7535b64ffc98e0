package executor

import (
	"errors"
	"fmt"
	"go/ast"
	"strings"
)

// shortenFields gives a short way to fields that are read from a struct, and to
// names in no particular language: most selections are one of these, and the
// executor's own way makes a context for each. A null still goes the long way,
// which reports it at its path. Field interceptors would not see fields on the
// short way; the server has none.
func shortenFields(sources []*source) (map[string]bool, error) {
	leaves := map[string]string{}
	for _, s := range sources {
		s.leafMarshalers(leaves)
	}
	short, n := map[string]bool{}, 0
	for _, s := range sources {
		for _, decl := range s.tree.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok || !s.resolvesField(function) {
				continue
			}
			code := s.shortWay(function, leaves)
			short[fieldName(function)] = code != ""
			if code != "" {
				s.replace(function.Body.Lbrace+1, function.Body.Lbrace+1, "\n"+code)
				n++
			}
		}
	}
	if n == 0 {
		return nil, errors.New("no field could be shortened")
	}
	return short, nil
}

// resolvesField reports whether a function is what gqlgen generates for a field:
// func (ec *executionContext) _Type_field(ctx, field, obj) (ret graphql.Marshaler).
func (s *source) resolvesField(f *ast.FuncDecl) bool {
	return f.Recv != nil && strings.HasPrefix(f.Name.Name, "_") && f.Type.Params.NumFields() == 3 && parameter(f, 1) == "field"
}

func parameter(f *ast.FuncDecl, i int) string {
	parameter := f.Type.Params.List[i]
	return parameter.Names[0].Name
}

// fieldName returns "Type.field" for the function _Type_field.
func fieldName(f *ast.FuncDecl) string {
	name := strings.TrimPrefix(f.Name.Name, "_")
	at := strings.LastIndexByte(name, '_')
	return name[:at] + "." + name[at+1:]
}

// leafMarshalers collects the functions that marshal a value without anything
// below it: generated method to the function that it calls for the value v.
func (s *source) leafMarshalers(leaves map[string]string) {
	for _, decl := range s.tree.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv == nil || !strings.HasPrefix(f.Name.Name, "marshal") || f.Type.Params.NumFields() != 3 {
			continue
		}
		switch f.Type.Params.List[2].Type.(type) {
		case *ast.StarExpr, *ast.ArrayType:
			continue
		}
		if marshal := s.marshals(f.Body); marshal != "" {
			leaves[f.Name.Name] = marshal
		}
	}
}

// marshals returns F of the statement `res := F(v)`, if nothing before it branches.
func (s *source) marshals(body *ast.BlockStmt) string {
	for _, statement := range body.List {
		assign, ok := statement.(*ast.AssignStmt)
		if !ok {
			return ""
		}
		call, ok := assign.Rhs[0].(*ast.CallExpr)
		if ok && s.of(assign.Lhs[0]) == "res" && len(call.Args) == 1 && s.of(call.Args[0]) == "v" {
			return s.of(call.Fun)
		}
	}
	return ""
}

// shortWay returns the code that a field's function tries first; empty for a
// field that must go the long way.
func (s *source) shortWay(f *ast.FuncDecl, leaves map[string]string) string {
	var read, marshal, name string
	ast.Inspect(f.Body, func(n ast.Node) bool {
		answer, ok := n.(*ast.ReturnStmt)
		if !ok {
			return true
		}
		if len(answer.Results) == 2 && s.isObjectField(answer.Results[0]) && s.of(answer.Results[1]) == "nil" {
			read = s.of(answer.Results[0])
		}
		if call, ok := answer.Results[0].(*ast.CallExpr); ok {
			receiver, called := s.called(call)
			switch {
			case receiver == "ec" && leaves[called] != "":
				marshal = leaves[called]
			case called == "Name" && s.resolvesName(call):
				name = s.of(call.Fun)
			}
		}
		return true
	})
	switch {
	case name != "":
		return fmt.Sprintf("if len(field.Arguments) == 0 {\nif name, err := %s(ctx, obj, nil); err == nil && name != \"\" {\nreturn graphql.MarshalString(name)\n}\n}", name)
	case read != "" && marshal != "":
		return fmt.Sprintf("if ret = %s(%s); ret != graphql.Null {\nreturn ret\n}", marshal, read)
	}
	return ""
}

// isObjectField reports whether an expression is obj.X, or obj.X.Y and so on.
func (s *source) isObjectField(e ast.Expr) bool {
	selector, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if name, ok := selector.X.(*ast.Ident); ok {
		return name.Name == "obj"
	}
	return s.isObjectField(selector.X)
}

// resolvesName reports whether a call calls the resolver of a name in a
// language: ec.Resolvers.T().Name(ctx, obj, fc.Args["language"].(*string)).
func (s *source) resolvesName(call *ast.CallExpr) bool {
	receiver, _ := s.called(call)
	return strings.HasPrefix(receiver, "ec.Resolvers.") && len(call.Args) == 3 && s.of(call.Args[2]) == `fc.Args["language"].(*string)`
}
