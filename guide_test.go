package main

import (
	"regexp"
	"slices"
	"testing"

	"github.com/alecthomas/kong"
)

// foreignOptions are those of other programs that docs/operate.md shows.
var foreignOptions = []string{"--build-arg", "--name", "--pipe", "--rm", "--wait"}

// TestTheGuideNamesOptionsThatAreThere holds docs/operate.md to the command line.
func TestTheGuideNamesOptionsThatAreThere(t *testing.T) {
	there := foreignOptions
	_ = kong.Visit(newParser().Model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is {
			there = append(there, "--"+flag.Name)
		}
		return next(nil)
	})
	named := regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(string(read(t, "docs/operate.md")), -1)
	for _, option := range named {
		if !slices.Contains(there, option) {
			t.Errorf("docs/operate.md names %s, which is no option", option)
		}
	}
	for _, option := range []string{"--metrics-listen", "--slow", "--tls-cert", "--tls-key"} {
		if !slices.Contains(named, option) {
			t.Errorf("docs/operate.md does not say what %s is for", option)
		}
	}
}
