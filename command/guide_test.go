package command

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/alecthomas/kong"
)

// foreignOptions are options of other programs in docs/operate.md.
var foreignOptions = []string{"--build-arg", "--name", "--pipe", "--rm", "--wait"}

// TestGuideNamesExistingOptions compares docs/operate.md with the command line.
func TestGuideNamesExistingOptions(t *testing.T) {
	there := foreignOptions
	_ = kong.Visit(newParser().Model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is {
			there = append(there, "--"+flag.Name)
			if flag.Tag.Negatable != "" {
				there = append(there, "--no-"+flag.Name)
			}
		}
		return next(nil)
	})
	guide, err := os.ReadFile("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(string(guide), -1)
	for _, option := range named {
		if !slices.Contains(there, option) {
			t.Errorf("docs/operate.md names %s, which is not an option", option)
		}
	}
	for _, option := range []string{"--metrics-listen", "--slow", "--tls-cert", "--tls-key"} {
		if !slices.Contains(named, option) {
			t.Errorf("docs/operate.md does not explain %s", option)
		}
	}
}
