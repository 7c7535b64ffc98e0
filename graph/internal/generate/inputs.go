package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// The executor's stock resolvers of the fields of inputs. Our inputs read
// themselves (model.Input), so nothing would ever call them.
var inputResolvers = []*regexp.Regexp{
	regexp.MustCompile(`(?m)^\t\w+Input\(\) \w+InputResolver\n`),
	regexp.MustCompile(`(?m)^type \w+InputResolver interface \{\n(?:\t.*\n)*\}\n`),
}

// dropInputResolvers takes them out.
func dropInputResolvers(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.generated.go"))
	if err != nil {
		return err
	}
	found := make([]int, len(inputResolvers))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for i, pattern := range inputResolvers {
			found[i] += len(pattern.FindAllIndex(text, -1))
			text = pattern.ReplaceAll(text, nil)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	if found[0] == 0 || found[0] != found[1] {
		return fmt.Errorf("%s has %d resolvers of inputs and %d interfaces for them", folder, found[0], found[1])
	}
	return nil
}
