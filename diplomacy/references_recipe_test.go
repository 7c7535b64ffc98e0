package diplomacy_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// edits are all that a new reference of an entity takes: a field and a row.
var edits = []struct{ file, before, after string }{
	{"actors.go", "\tDied Time `json:\"died,omitzero\"", "\tBirthPlace ID `json:\"-\" cbor:\"12,keyasint,omitempty\"`\n\tDied Time `json:\"died,omitzero\""},
	{"references.go", "entityReferences = map[Kind][]ReferenceField{", `entityReferences = map[Kind][]ReferenceField{
		KindPerson: {{Name: "birthPlace", Kinds: kindsOf(KindPlace, KindState), id: at(func(p *Person) *ID { return &p.BirthPlace })}},
	`},
}

// TestAFieldAndARowMakeAReference builds the program as it would be with the field
// Person.birthPlace, and runs the tests of everything that reads the table of
// references. They try each field in which an entity refers to another: it is checked
// when put, blocks the retraction of what it names, is checked by Check, imported,
// exported, committed, reverted and part of the change feed.
func TestAFieldAndARowMakeAReference(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds most packages again")
	}
	overlay := overlayOf(t)
	run := func(tests string, packages ...string) string {
		args := append([]string{"test", "-overlay", overlay, "-run", tests, "-v"}, packages...)
		out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("IDField|^TestReferencesOf|ApplyingDifferences|AcceptsAnyInput", ".")
	for _, trial := range []struct{ tests, pkg, proof string }{
		{"/entity_references|TestModel/model", "../store/storetest", "entity_references/keep_what_they_name"},
		{"TestStore/(entity_references|model)", "../store/bolt", "entity_references/keep_what_they_name"},
		{"ReferencesOfEntities", "../exchange", "Person.birthPlace"},
		{"ReferencesOfEntities", "../curation", "Person.birthPlace"},
		{"ReferencesOfEntities", "../feed", "Person.birthPlace"},
	} {
		if out := run(trial.tests, trial.pkg); !strings.Contains(out, trial.proof) {
			t.Errorf("%s: no test of %s ran:\n%s", trial.pkg, trial.proof, out)
		}
	}
}

// overlayOf writes the edited files and a list of what they replace for go test.
func overlayOf(t *testing.T) string {
	dir := t.TempDir()
	replace := map[string]string{}
	for _, edit := range edits {
		path, err := filepath.Abs(edit.file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		edited := strings.Replace(string(text), edit.before, edit.after, 1)
		if edited == string(text) {
			t.Fatalf("%s no longer contains %q", edit.file, edit.before)
		}
		replace[path] = filepath.Join(dir, edit.file)
		if err := os.WriteFile(replace[path], []byte(edited), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	overlay := filepath.Join(dir, "overlay.json")
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err == nil {
		err = os.WriteFile(overlay, list, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return overlay
}
