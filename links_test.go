package main

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
	codeBlocks     = regexp.MustCompile("(?ms)^```.*?^```$") // their comments look like headings
	headingPattern = regexp.MustCompile(`(?m)^#+ (.+)$`)
	codePattern    = regexp.MustCompile("(?ms)^```.*?^```$|`[^`\n]*`")
	notInAnchor    = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// TestLinksLeadSomewhere follows what the pages link to within the repository: the file
// must be there, and the heading in it.
func TestLinksLeadSomewhere(t *testing.T) {
	pages := pages(t)
	if !slices.Contains(pages, "README.md") || !slices.Contains(pages, "docs/clients/go.md") {
		t.Fatalf("these are not all pages: %v", pages)
	}
	for _, page := range pages {
		text := codePattern.ReplaceAllString(string(read(t, page)), "")
		for _, link := range linkPattern.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(link[1], "://") && !leads(t, page, link[1]) {
				t.Errorf("%s links to %s, which is not there", page, link[1])
			}
		}
	}
}

// TestTheIndexHasEveryGuide holds docs/README.md to the folder.
func TestTheIndexHasEveryGuide(t *testing.T) {
	index := string(read(t, "docs/README.md"))
	for _, page := range pages(t) {
		name, below := strings.CutPrefix(page, "docs/")
		if below && name != "README.md" && !strings.Contains(index, "("+name+")") {
			t.Errorf("docs/README.md does not name %s", name)
		}
	}
}

// pages are the Markdown files that git knows, or will.
func pages(t *testing.T) []string {
	t.Helper()
	listed, err := exec.CommandContext(t.Context(), "git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md").Output()
	if err != nil {
		t.Skip("this is no clone:", err)
	}
	return strings.Fields(string(listed))
}

// leads reports whether a link on a page leads to a file, and to a heading if it names one.
func leads(t *testing.T, page, link string) bool {
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
