package e2e

import (
	"bufio"
	"bytes"
	"debug/elf"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var buildImage = flag.Bool("image", false, "build the image on this machine, without an engine; needs node and npm")

// instruction is a line of the Dockerfile.
type instruction struct {
	name  string
	flags map[string]string
	rest  string
}

// stages returns the stages of the Dockerfile by name; the last one is "".
func stages(t *testing.T) map[string][]instruction {
	t.Helper()
	all, stage := map[string][]instruction{}, ""
	lines := bufio.NewScanner(bytes.NewReader(read(t, "Dockerfile")))
	for lines.Scan() {
		name, rest, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if name == "" || name == "#" {
			continue
		}
		i := instruction{name: name, flags: map[string]string{}}
		words := strings.Fields(rest)
		for len(words) > 0 && strings.HasPrefix(words[0], "--") {
			key, value, _ := strings.Cut(words[0], "=")
			i.flags[key], words = value, words[1:]
		}
		i.rest = strings.Join(words, " ")
		if name == "FROM" {
			_, stage, _ = strings.Cut(i.rest, " AS ")
		}
		all[stage] = append(all[stage], i)
	}
	return all
}

// ignored reports whether .dockerignore excludes a file: the last line that matches it, or
// one of its folders, decides.
func ignored(t *testing.T, name string) (out bool) {
	t.Helper()
	for line := range strings.Lines(string(read(t, ".dockerignore"))) {
		pattern := strings.TrimSpace(line)
		if pattern == "" || pattern[0] == '#' {
			continue
		}
		pattern, back := strings.CutPrefix(pattern, "!")
		expression := regexp.QuoteMeta(strings.TrimPrefix(pattern, "/"))
		expression = strings.NewReplacer(`\*\*/`, `(?:.*/)?`, `\*`, `[^/]*`).Replace(expression)
		if regexp.MustCompile("^" + expression + "(?:/.*)?$").MatchString(name) {
			out = !back
		}
	}
	return out
}

// TestImageContextHasAllSources: each copied file exists, and no source of the build is
// excluded by .dockerignore.
func TestImageContextHasAllSources(t *testing.T) {
	t.Chdir("..")
	for stage, instructions := range stages(t) {
		for _, i := range instructions {
			if i.name != "COPY" || i.flags["--from"] != "" {
				continue
			}
			sources := strings.Fields(i.rest)
			for _, source := range sources[:len(sources)-1] {
				if _, err := os.Stat(source); err != nil || ignored(t, path.Clean(source)) {
					t.Errorf("stage %s copies %s, which does not exist or is ignored: %v", stage, source, err)
				}
			}
		}
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(output(t, "go", "list", "-m", "-json"), &module); err != nil {
		t.Fatal(err)
	}
	list := output(t, "go", "list", "-f", `{{$dir := .Dir}}{{range .GoFiles}}{{$dir}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$dir}}/{{.}}
{{end}}`, "./...")
	for _, file := range append(strings.Fields(string(list)), module.Dir+"/go.mod", module.Dir+"/go.sum", module.Dir+"/web/examples/x.json", module.Dir+"/web/src/main.tsx") {
		name, err := filepath.Rel(module.Dir, file)
		if built := strings.HasPrefix(name, "web/dist/") && !strings.HasSuffix(name, ".gitkeep"); err != nil || ignored(t, name) != built {
			t.Errorf("%s: sent to the build: %v; built there: %v, %v", name, !ignored(t, name), built, err)
		}
	}
}

// TestImageBuildsThePlaygroundLikeGoGenerate compares the Dockerfile with web/doc.go.
func TestImageBuildsThePlaygroundLikeGoGenerate(t *testing.T) {
	t.Chdir("..")
	var there, here []string
	for _, i := range stages(t)["web"] {
		if i.name == "RUN" {
			there = append(there, i.rest)
		}
	}
	for line := range strings.Lines(string(read(t, "web/doc.go"))) {
		if command, is := strings.CutPrefix(strings.TrimSpace(line), "//go:generate "); is {
			here = append(here, command)
		}
	}
	if !slices.Equal(there, here) || len(here) == 0 {
		t.Errorf("the Dockerfile runs %v, go generate ./web runs %v", there, here)
	}
}

func TestImageContextHasNoPrivateFiles(t *testing.T) {
	t.Chdir("..")
	for _, name := range []string{".git/config", "chancery.db", "facts.db", "chancery.db.tokens", "chancery.db.tokens.lock", "web/node_modules/x/y.js"} {
		if !ignored(t, name) {
			t.Errorf("%s is sent to the build", name)
		}
	}
	last := stages(t)[""]
	if base := last[0].rest; !strings.Contains(base, "distroless/static") || !strings.HasSuffix(base, ":nonroot") {
		t.Errorf("the image is made from %s", base)
	}
	for _, i := range last {
		if i.name == "COPY" && i.flags["--from"] == "" || i.name == "RUN" || i.name == "USER" {
			t.Errorf("the image has %s %s", i.name, i.rest)
		}
	}
}

// TestImageBuilds follows the Dockerfile, in a folder for each stage, and runs the program
// that it builds.
func TestImageBuilds(t *testing.T) {
	if !*buildImage {
		t.Skip("takes a minute, and npm; runs with -image")
	}
	t.Chdir("..")
	b := &build{t: t, root: t.TempDir(), stages: stages(t)}
	if dist, _ := filepath.Glob("web/dist/*.gz"); len(dist) > 0 { // built by go generate, which does the same
		b.check(os.CopyFS(b.at("web", "src/web/dist"), os.DirFS("web/dist")))
	} else {
		b.stage("web")
	}
	b.stage("build")
	b.stage("")
	program := filepath.Join(b.root, "final", "chancery")
	out, err := exec.Command(program, "version").CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "chancery v9.8.7 (") {
		t.Errorf("%s, %v", out, err)
	}
	file, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if libraries, err := file.ImportedLibraries(); err != nil || len(libraries) > 0 || file.Section(".interp") != nil {
		t.Errorf("it needs the libraries %v, which the image has not, %v", libraries, err)
	}
	content := read(t, program)
	if bytes.Contains(content, []byte(b.root)) || !bytes.Contains(content, []byte("index.html.gz")) {
		t.Error("it contains paths of the machine that built it, or no playground")
	}
}

// build replaces a container engine.
type build struct {
	t      *testing.T
	root   string
	stages map[string][]instruction
}

// at returns the path on this machine of a path in a stage.
func (b *build) at(stage, name string) string {
	if stage == "" {
		stage = "final"
	}
	return filepath.Join(b.root, stage, name)
}

func (b *build) stage(stage string) {
	b.t.Helper()
	work, environment := "/", append(os.Environ(), "VERSION=v9.8.7")
	for _, i := range b.stages[stage] {
		words := strings.Fields(i.rest)
		switch i.name {
		case "WORKDIR":
			work = i.rest
			b.check(os.MkdirAll(b.at(stage, work), 0o755))
		case "COPY":
			to := words[len(words)-1]
			if !strings.HasPrefix(to, "/") {
				to = work + "/" + to
			}
			for _, from := range words[:len(words)-1] {
				b.copy(stage, i.flags["--from"], from, to)
			}
		case "RUN":
			b.t.Logf("%s: %s", stage, i.rest)
			b.check(os.MkdirAll(b.at(stage, "out"), 0o755))
			command := exec.CommandContext(b.t.Context(), "sh", "-ec", strings.ReplaceAll(i.rest, "/out", b.at(stage, "out")))
			command.Dir, command.Env, command.Stderr = b.at(stage, work), environment, b.t.Output()
			b.check(command.Run())
		}
	}
}

// copy copies from another stage, or from the build context, into a stage.
func (b *build) copy(stage, other, from, to string) {
	b.t.Helper()
	names, base := projectFiles(b.t), "."
	if other != "" {
		names, base = b.list(other, from), b.at(other, "")
	}
	names = slices.DeleteFunc(names, func(name string) bool { return other == "" && ignored(b.t, name) })
	folder := path.Clean(strings.TrimPrefix(from, "/"))
	for _, name := range names {
		inside, is := strings.CutPrefix(name, folder+"/")
		switch {
		case folder == ".":
			inside = name
		case name == folder && strings.HasSuffix(to, "/"):
			inside = path.Base(name)
		case name == folder:
			inside = ""
		case !is:
			continue
		}
		b.file(filepath.Join(base, name), filepath.Join(b.at(stage, to), inside))
	}
}

// projectFiles returns the files that are committed or not ignored.
func projectFiles(t *testing.T) []string {
	t.Helper()
	if exec.Command("git", "rev-parse").Run() != nil {
		t.Skip("not in a git checkout, so it is unknown which files belong to the project")
	}
	list := output(t, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
	return strings.FieldsFunc(string(list), func(r rune) bool { return r == 0 })
}

func (b *build) list(stage, from string) (names []string) {
	b.t.Helper()
	b.check(filepath.WalkDir(b.at(stage, from), func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			name, err = filepath.Rel(b.at(stage, ""), name)
			names = append(names, name)
		}
		return err
	}))
	return names
}

func (b *build) file(from, to string) {
	b.t.Helper()
	source, err := os.Open(from)
	if os.IsNotExist(err) {
		return // deleted, but still in git's index
	}
	b.check(err)
	defer source.Close()
	info, err := source.Stat()
	b.check(err)
	b.check(os.MkdirAll(filepath.Dir(to), 0o755))
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, info.Mode().Perm())
	b.check(err)
	_, err = io.Copy(target, source)
	b.check(err)
	b.check(target.Close())
}

func (b *build) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}
