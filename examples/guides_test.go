package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const guides = "../docs/clients"

// TestGuideCodeIsInTheExamples checks that each code block of a guide, except shell
// commands, occurs in a file of the client.
func TestGuideCodeIsInTheExamples(t *testing.T) {
	for client := range commands {
		t.Run(client, func(t *testing.T) {
			files := sourceFiles(t, client)
			blocks := codeBlocks(t, filepath.Join(guides, client+".md"))
			if len(blocks) < 6 {
				t.Errorf("the guide has only %d code blocks; want at least 6", len(blocks))
			}
			for _, block := range blocks {
				if !slices.ContainsFunc(files, func(file string) bool { return strings.Contains(file, block) }) {
					t.Errorf("no file of examples/%s contains this block of the guide:\n%s", client, block)
				}
			}
		})
	}
}

// TestGuideOutputIsInTheExpectedOutput checks what the guides say that the clients print.
func TestGuideOutputIsInTheExpectedOutput(t *testing.T) {
	output := read(t, expectedOutput)
	for client := range commands {
		for _, printed := range printedPattern.FindAllStringSubmatch(read(t, filepath.Join(guides, client+".md")), -1) {
			if !strings.Contains(output, printed[1]+"\n") {
				t.Errorf("the guide for %s quotes a line that is not in %s: %s", client, expectedOutput, printed[1])
			}
		}
	}
}

var (
	fencePattern   = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	printedPattern = regexp.MustCompile("It prints ``(.*?)``")
)

// codeBlocks returns the code blocks of a page, except shell commands.
func codeBlocks(t *testing.T, page string) (blocks []string) {
	t.Helper()
	for _, found := range fencePattern.FindAllStringSubmatch(read(t, page), -1) {
		if found[1] != "sh" {
			blocks = append(blocks, found[2])
		}
	}
	return blocks
}

// sourceFiles returns the contents of a client's files, without dependencies and build
// output.
func sourceFiles(t *testing.T, client string) (texts []string) {
	t.Helper()
	err := filepath.WalkDir(client, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (slices.Contains([]string{"node_modules", "dist", "gql"}, entry.Name()) || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.Type().IsRegular():
			texts = append(texts, read(t, path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
