package architecture

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// phrases is the file of phrases that no text of the project may use: a regular
// expression a line and, behind a tab, what to write instead.
const phrases = "architecture/testdata/phrases.tsv"

// written are the endings of the files that people read.
var written = []string{".go", ".graphqls", ".graphql", ".md", ".txtar", ".yml", ".yaml", ".ts", ".tsx", ".mjs", ".js", ".py", ".sh", ".html", ".css", ".service", ".mod"}

func TestWordingIsPlain(t *testing.T) {
	forbidden := forbiddenPhrases(t)
	for _, name := range files(t) {
		if name == phrases || generated.Match(read(t, name)) || !slices.Contains(written, path.Ext(name)) && path.Ext(name) != "" || strings.HasPrefix(name, "LICENSE") {
			continue
		}
		number := 0
		for line := range strings.Lines(string(read(t, name))) {
			number++
			for pattern, instead := range forbidden {
				if found := pattern.FindString(line); found != "" {
					t.Errorf("%s:%d: %q; write: %s", name, number, found, instead)
				}
			}
		}
	}
}

func TestEveryForbiddenPhraseIsFound(t *testing.T) {
	for pattern := range forbiddenPhrases(t) {
		if pattern.MatchString("") || !strings.HasPrefix(pattern.String(), `(?i)`) {
			t.Errorf("%s matches everything, or only one spelling", pattern)
		}
	}
}

func forbiddenPhrases(t *testing.T) map[*regexp.Regexp]string {
	t.Helper()
	patterns := map[*regexp.Regexp]string{}
	for line := range strings.Lines(string(read(t, phrases))) {
		pattern, instead, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			t.Fatalf("%s: %q has no tab", phrases, line)
		}
		patterns[regexp.MustCompile(`(?i)`+pattern)] = instead
	}
	return patterns
}
