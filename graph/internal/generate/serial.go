package main

import (
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// edit is a change to the generated text.
type edit struct {
	pattern *regexp.Regexp
	with    string
}

// edits point the executor's concurrent calls to package serial and drop what
// served @defer. All must apply somewhere: when gqlgen writes otherwise than it
// did, generation fails rather than leave the executor as it is.
var edits = []edit{
	{regexp.MustCompile(`graphql\.NewFieldSet\(`), `serial.NewSet(`},
	{regexp.MustCompile(`graphql\.MarshalSliceConcurrently\(`), `serial.List(`},
	{regexp.MustCompile(`out\.ResolveConcurrently\(ec\.OperationContext, &deferred, i,\s*true, (true|false),`), `serial.Field(ctx, out, ec.OperationContext, i, $1,`},
	{regexp.MustCompile(`out\.ResolveRootConcurrently\(innerCtx, ec\.OperationContext, i,\s*true, (true|false),`), `serial.Root(innerCtx, out, ec.OperationContext, i, $1,`},
	{regexp.MustCompile(`\n\tdeferred := graphql\.NewDeferredGroup\(ctx\)`), ``},
	{regexp.MustCompile(`\n\tif n := len\(deferred\.Defers\); n > 0 \{\n[^}]*\}\n`), ``},
	{regexp.MustCompile(`\n\tout\.Dispatch\(ctx\)`), ``},
	{regexp.MustCompile(`atomic\.AddUint32\(&out\.Invalids, 1\)`), `out.Invalids++`},
}

// leftovers must not stand in the text afterwards.
var leftovers = []string{"Concurrently(", "DeferredGroup(", "deferred"}

// makeSerial edits the generated files of a folder in place.
func makeSerial(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.generated.go"))
	if err != nil {
		return err
	}
	applied := make([]int, len(edits))
	for _, file := range files {
		if filepath.Base(file) == "root_.generated.go" || filepath.Base(file) == "models.generated.go" {
			continue // they execute no fields
		}
		if err := editFile(file, applied); err != nil {
			return err
		}
	}
	for i, n := range applied {
		if n == 0 {
			return fmt.Errorf("no match for %s: gqlgen writes otherwise now; see graph/internal/generate", edits[i].pattern)
		}
	}
	return nil
}

func editFile(file string, applied []int) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	edited := serialize(string(text), applied)
	for _, leftover := range leftovers {
		if strings.Contains(edited, leftover) {
			return fmt.Errorf("%s still has %q after the edits", file, leftover)
		}
	}
	formatted, err := format.Source([]byte(edited))
	if err != nil {
		return err
	}
	return os.WriteFile(file, formatted, 0o644)
}

// serialize applies the edits to a text and counts them.
func serialize(text string, applied []int) string {
	for i, e := range edits {
		applied[i] += len(e.pattern.FindAllStringIndex(text, -1))
		text = e.pattern.ReplaceAllString(text, e.with)
	}
	return imports(text)
}

// imports adds package serial and drops what nothing uses any more.
func imports(text string) string {
	for name, path := range map[string]string{"atomic.": `"sync/atomic"`, "math.": `"math"`} {
		if !strings.Contains(strings.Replace(text, path, "", 1), name) {
			text = strings.Replace(text, "\t"+path+"\n", "", 1)
		}
	}
	return strings.Replace(text, "import (\n", "import (\n\t\"chancery/graph/internal/serial\"\n", 1)
}
