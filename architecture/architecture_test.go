package architecture

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// arrows lists for each package which other packages of the project it may import,
// tests excepted. A key that ends in a slash stands for all packages below it that
// have no line of their own. A new package gets its line here and in ARCHITECTURE.md.
var arrows = map[string][]string{
	"":                            {"command"},
	"command":                     {"server", "graph", "curation/findings", "exchange", "sample", "web", "access", "telemetry", "store/bolt", "store", "diplomacy"},
	"server":                      {"graph", "web", "access", "telemetry"},
	"e2e":                         {}, // tests, which start the program
	"e2e/internal/powerfailure":   {}, // support of tests
	"access":                      {"store", "diplomacy"},
	"architecture":                {},
	"graph":                       {"curation/duplicates", "graph/internal/", "graph/arguments", "graph/fetch", "graph/model", "graph/mutation", "feed", "access", "telemetry", "store", "diplomacy"},
	"graph/relations":             {"store", "diplomacy"},
	"graph/model":                 {"curation/duplicates", "curation/findings", "store", "diplomacy"},
	"graph/arguments":             {"graph/model", "graph/relations", "curation/findings", "curation/reference", "feed", "store", "diplomacy"},
	"graph/transactions":          {"graph/arguments", "graph/model", "graph/paging", "feed", "store", "diplomacy"},
	"graph/fetch":                 {"graph/transactions", "graph/arguments", "graph/paging", "graph/model", "graph/relations", "curation/reference", "curation/duplicates", "curation/findings", "feed", "store", "diplomacy"},
	"graph/paging":                {"graph/arguments", "graph/model", "graph/relations", "store", "diplomacy"},
	"graph/mutation":              {"graph/fetch", "graph/model", "curation", "store", "diplomacy"},
	"graph/graphtest":             {"graph", "access", "sample", "store/bolt", "store", "diplomacy"}, // support of tests
	"graph/graphtest/":            {},                                                                // tests only
	"graph/internal/":             {"graph/internal/", "graph/fetch", "graph/model", "graph/mutation", "graph/relations", "curation", "curation/duplicates", "curation/findings", "access", "telemetry", "store", "diplomacy"},
	"telemetry":                   {"access", "store", "diplomacy"},
	"feed":                        {"store", "diplomacy"},
	"exchange":                    {"store", "diplomacy"},
	"curation":                    {"curation/slug", "curation/fields", "curation/findings", "curation/reference", "store", "diplomacy"},
	"curation/fields":             {"curation/reference", "diplomacy"},
	"curation/slug":               {"diplomacy"},
	"curation/reference":          {"store", "diplomacy"},
	"curation/duplicates":         {"store", "diplomacy"},
	"curation/findings":           {"store", "diplomacy"},
	"sample":                      {"exchange", "store", "diplomacy"},
	"web":                         {},
	"examples":                    {}, // clients, which use the API only
	"store":                       {"diplomacy"},
	"store/bolt":                  {"store/bolt/internal/check", "store/bolt/internal/corrupt", "store/bolt/internal/file", "store/bolt/internal/mvcc", "store/bolt/internal/overlay", "store/bolt/internal/query", "store/bolt/internal/write", "store", "diplomacy"},
	"store/bolt/internal/corrupt": {"store"},
	"store/bolt/internal/layout":  {"store/bolt/internal/corrupt", "store", "diplomacy"},
	"store/bolt/internal/mvcc":    {"store/bolt/internal/corrupt", "store/bolt/internal/layout", "store", "diplomacy"},
	"store/bolt/internal/overlay": {"store/bolt/internal/corrupt", "store/bolt/internal/layout", "store/bolt/internal/mvcc", "store", "diplomacy"},
	"store/bolt/internal/check":   {"store/bolt/internal/corrupt", "store/bolt/internal/layout", "store/bolt/internal/mvcc", "store/bolt/internal/overlay", "store", "diplomacy"},
	"store/bolt/internal/file":    {"store/bolt/internal/corrupt", "store/bolt/internal/layout", "store/bolt/internal/mvcc", "store", "diplomacy"},
	"store/bolt/internal/query":   {"store/bolt/internal/corrupt", "store/bolt/internal/layout", "store/bolt/internal/mvcc", "store/bolt/internal/overlay", "store", "diplomacy"},
	"store/bolt/internal/write":   {"store/bolt/internal/corrupt", "store/bolt/internal/layout", "store/bolt/internal/mvcc", "store/bolt/internal/overlay", "store/bolt/internal/query", "store", "diplomacy"},
	"store/storetest":             {"store/storetest/internal/", "store", "diplomacy"}, // itself imported by tests only
	"store/storetest/internal/":   {"store/storetest/internal/", "store", "diplomacy"},
	"diplomacy":                   {},
}

func TestPackagesImportOnlyWhatArrowsAllow(t *testing.T) {
	for _, u := range units(t) {
		allowed, known := arrows[room(u.folder())]
		if !known {
			t.Errorf("%s has no line in arrows; add one here and in ARCHITECTURE.md", u.ImportPath)
		}
		for _, other := range u.Imports {
			if folder, ours := within(other); ours && !slices.Contains(allowed, room(folder)) {
				t.Errorf("%s must not import %s", u.ImportPath, other)
			}
		}
	}
}

func TestEveryArrowIsOfAPackage(t *testing.T) {
	rooms := map[string]bool{}
	for _, u := range units(t) {
		rooms[room(u.folder())] = true
	}
	for folder := range arrows {
		if !rooms[folder] {
			t.Errorf("arrows has a line for %q, where no package is", folder)
		}
	}
}

// room returns the line of arrows that holds for a package: its own, or the longest
// that stands for all packages below a folder.
func room(folder string) string {
	longest := folder
	for _, key := range slices.Sorted(maps.Keys(arrows)) {
		switch {
		case key == folder:
			return key
		case strings.HasSuffix(key, "/") && strings.HasPrefix(folder, key):
			longest = key // later keys with the same beginning are longer
		}
	}
	return longest
}

func TestRootHoldsTheStartOnly(t *testing.T) {
	const most = 3
	var atRoot []string
	for _, name := range files(t, "*.go") {
		if path.Dir(name) == "." && len(read(t, name)) > 0 {
			atRoot = append(atRoot, name)
		}
	}
	if len(atRoot) > most || !slices.Contains(atRoot, "server.go") {
		t.Errorf("the root holds %d Go files, want server.go and at most %d: %s", len(atRoot), most, strings.Join(atRoot, ", "))
	}
}

func TestEveryPackageHasAComment(t *testing.T) {
	for _, u := range units(t) {
		if u.Doc == "" {
			t.Errorf("%s has no package comment", u.ImportPath)
		}
	}
}

func TestEveryDependencyHasAReason(t *testing.T) {
	for line := range strings.Lines(string(read(t, "go.mod"))) {
		requirement, reason, _ := strings.Cut(line, " // ")
		if strings.HasPrefix(line, "\t") && strings.TrimSpace(reason) == "" {
			t.Errorf("go.mod does not say why %s is needed; write it behind //", strings.TrimSpace(requirement))
		}
	}
}

func TestNoFileNamesAMachine(t *testing.T) {
	machine := regexp.MustCompile(`/(?:home|root|Users|work)/[\w.-]+`)
	for _, name := range files(t) {
		if found := machine.Find(read(t, name)); found != nil {
			t.Errorf("%s mentions %s, a path that exists on one machine only", name, found)
		}
	}
}
