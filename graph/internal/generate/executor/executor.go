// Package executor edits the Go code that gqlgen generates: it makes execution
// serial, counts responses, shortens the way of plain fields, answers a router's two
// fields and drops resolvers that nothing calls and arguments that no resolver reads.
//
// Edits find their places on the syntax tree, by the names of the functions that
// are called there, and fail when one of them is missing or has another shape, so
// that an upgrade of gqlgen never changes the executor unnoticed.
package executor

import "fmt"

// Edit applies all edits to the generated files in a folder. It reports of each
// field of an object, as "Type.field", whether it takes the short way. After an
// error the folder is in an undefined state.
//
// decoded tells of fields, as "Type.field" with the names of their arguments, whether
// package fetch decodes the arguments instead of the resolver.
func Edit(folder string, decoded func(field string, arguments []string) bool) (short map[string]bool, err error) {
	for _, edit := range []func([]*source) error{dropInputResolvers, dropArguments(decoded), answerRouters, makeSerial, countResponses} {
		if err := apply(folder, edit); err != nil {
			return nil, err
		}
	}
	err = apply(folder, func(sources []*source) error {
		short, err = shortenFields(sources)
		return err
	})
	return short, err
}

// apply loads the generated files of a folder, edits them and saves what changed.
func apply(folder string, edit func([]*source) error) error {
	sources, err := load(folder)
	if err != nil {
		return err
	}
	if err := edit(sources); err != nil {
		return fmt.Errorf("%w; gqlgen's output has changed: adapt package executor of graph/internal/generate", err)
	}
	for _, s := range sources {
		if err := s.save(); err != nil {
			return err
		}
	}
	return nil
}
