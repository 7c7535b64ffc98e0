package e2e

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	linkPattern    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	codeBlocks     = regexp.MustCompile("(?ms)^```.*?^```$") // whose comments look like headings
	headingPattern = regexp.MustCompile(`(?m)^#+ (.+)$`)
	codePattern    = regexp.MustCompile("(?ms)^```.*?^```$|`[^`\n]*`")
	notInAnchor    = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// TestLinksAreNotBroken checks the links between the pages of the repository: the file and
// the heading must exist.
func TestLinksAreNotBroken(t *testing.T) {
	t.Chdir("..")
	pages := pages(t)
	if !slices.Contains(pages, "README.md") || !slices.Contains(pages, "docs/clients/go.md") {
		t.Fatalf("pages are missing from %v", pages)
	}
	for _, page := range pages {
		text := codePattern.ReplaceAllString(string(read(t, page)), "")
		for _, link := range linkPattern.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(link[1], "://") && !exists(t, page, link[1]) {
				t.Errorf("%s links to %s, which does not exist", page, link[1])
			}
		}
	}
}

func TestIndexOfDocsNamesEveryGuide(t *testing.T) {
	t.Chdir("..")
	index := string(read(t, "docs/README.md"))
	for _, page := range pages(t) {
		name, below := strings.CutPrefix(page, "docs/")
		if below && name != "README.md" && !strings.Contains(index, "("+name+")") {
			t.Errorf("docs/README.md does not name %s", name)
		}
	}
}

// pages returns the Markdown files that are committed or not ignored.
func pages(t *testing.T) []string {
	t.Helper()
	listed, err := exec.CommandContext(t.Context(), "git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md").Output()
	if err != nil {
		t.Skip("not in a git checkout:", err)
	}
	return strings.Fields(string(listed))
}

// exists reports whether the file of a link exists, and the heading if the link has one.
func exists(t *testing.T, page, link string) bool {
	t.Helper()
	file, anchor, named := strings.Cut(link, "#")
	target := page
	if file != "" {
		target = path.Join(path.Dir(page), file)
	}
	if _, err := os.Stat(target); err != nil {
		return false
	}
	if !named {
		return true
	}
	text := codeBlocks.ReplaceAllString(string(read(t, target)), "")
	for _, heading := range headingPattern.FindAllStringSubmatch(text, -1) {
		if strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-") == anchor {
			return true
		}
	}
	return false
}
