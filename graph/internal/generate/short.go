package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// What the executor writes for a field, and the parts of it that matter here.
var (
	fieldFunc  = regexp.MustCompile(`(?ms)^func \(ec \*executionContext\) _\w+\(ctx context\.Context, field graphql\.CollectedField, obj [^\n]*\) \(ret graphql\.Marshaler\) \{\n.*?^\}\n`)
	readsField = regexp.MustCompile(`return (obj(?:\.\w+)+), nil\n`)
	readsName  = regexp.MustCompile(`return (ec\.Resolvers\.\w+\(\)\.Name\(ctx, obj, )fc\.Args\["language"\]\.\(\*string\)\)\n`)
	writes     = regexp.MustCompile(`return ec\.(marshal[^(]+)\(ctx, selections, v\)\n`)
	leafFunc   = regexp.MustCompile(`(?m)^func \(ec \*executionContext\) (marshal[^(]+)\(ctx context\.Context, sel ast\.SelectionSet, v [^*\[\n]+\) graphql\.Marshaler \{\n\t_ = sel\n(?:\t_ = ctx\n)?\tres := (\S+)\(v\)\n`)
)

// shortenFields gives a short way to fields that are read from a struct, and to
// names in no particular language: most of what is asked for is one of these,
// and the executor's way makes a context for each. A field that turns out to be
// null still goes the long way, which tells of it at its place. Interceptors of
// fields would not see what goes the short way; there are none.
func shortenFields(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.generated.go"))
	if err != nil {
		return err
	}
	texts, leaves := map[string]string{}, map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		texts[file] = string(text)
		for _, found := range leafFunc.FindAllStringSubmatch(texts[file], -1) {
			leaves[found[1]] = found[2]
		}
	}
	shortened := 0
	for file, text := range texts {
		text = fieldFunc.ReplaceAllStringFunc(text, func(function string) string {
			short := shortWay(function, leaves)
			if short == "" {
				return function
			}
			shortened++
			return strings.Replace(function, "{\n", "{\n"+short, 1)
		})
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	if shortened == 0 {
		return errors.New("no field could be shortened: gqlgen writes otherwise now; see graph/internal/generate")
	}
	return nil
}

// shortWay is what a field's function is to try first; empty if it has to go
// the long way.
func shortWay(function string, leaves map[string]string) string {
	if name := readsName.FindStringSubmatch(function); name != nil {
		return fmt.Sprintf("\tif len(field.Arguments) == 0 {\n\t\tif name, err := %snil); err == nil && name != \"\" {\n\t\t\treturn graphql.MarshalString(name)\n\t\t}\n\t}\n", name[1])
	}
	read, write := readsField.FindStringSubmatch(function), writes.FindStringSubmatch(function)
	if read == nil || write == nil || leaves[write[1]] == "" {
		return ""
	}
	return fmt.Sprintf("\tif ret = %s(%s); ret != graphql.Null {\n\t\treturn ret\n\t}\n", leaves[write[1]], read[1])
}
