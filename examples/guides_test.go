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

// TestGuidesShowTheCode holds what the guides show to the code that runs: a block that is
// no command stands, line for line, in a file of the client.
func TestGuidesShowTheCode(t *testing.T) {
	for client := range commands {
		t.Run(client, func(t *testing.T) {
			code := sources(t, client)
			blocks := blocksOf(t, filepath.Join(guides, client+".md"))
			if len(blocks) < 6 {
				t.Errorf("the guide shows only %d blocks of code", len(blocks))
			}
			for _, block := range blocks {
				if !slices.ContainsFunc(code, func(file string) bool { return strings.Contains(file, block) }) {
					t.Errorf("no file of examples/%s has this:\n%s", client, block)
				}
			}
		})
	}
}

// TestGuidesTellWhatIsPrinted holds what they say is printed to the story.
func TestGuidesTellWhatIsPrinted(t *testing.T) {
	told := read(t, story)
	for client := range commands {
		for _, printed := range prints.FindAllStringSubmatch(read(t, filepath.Join(guides, client+".md")), -1) {
			if !strings.Contains(told, printed[1]+"\n") {
				t.Errorf("%s says that this is printed, and the story does not: %s", client, printed[1])
			}
		}
	}
}

var (
	fence  = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	prints = regexp.MustCompile("It prints ``(.*?)``")
)

// blocksOf are the blocks of a page, but for those of commands.
func blocksOf(t *testing.T, page string) (blocks []string) {
	t.Helper()
	for _, found := range fence.FindAllStringSubmatch(read(t, page), -1) {
		if found[1] != "sh" {
			blocks = append(blocks, found[2])
		}
	}
	return blocks
}

// sources are the texts of a client's own files.
func sources(t *testing.T, client string) (texts []string) {
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
