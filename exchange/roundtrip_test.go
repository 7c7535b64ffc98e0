package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store/storetest"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

// TestImportOfAnExportExportsTheSame imports invented graphs whose lines are in any order: the export
// is the same after importing it into an empty store, and importing it into the
// store that it is from changes nothing.
func TestImportOfAnExportExportsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.Permutation(graph(rt)).Draw(rt, "lines")
		first, second := storetest.NewModel(time.Now), storetest.NewModel(time.Now)
		if _, err := exchange.Import(t.Context(), first, by, file(strings.Join(lines, "\n")), exchange.Options{}); err != nil {
			rt.Fatal(err)
		}
		text := exported(t, first)
		if _, err := exchange.Import(t.Context(), second, by, file(text), exchange.Options{}); err != nil {
			rt.Fatalf("the export is refused: %v", err)
		}
		if again := exported(t, second); again != text {
			rt.Errorf("first\n%ssecond\n%s", text, again)
		}
		report, err := exchange.Import(t.Context(), first, by, file(text), exchange.Options{})
		if err != nil || revision(t, first) != 1 {
			rt.Errorf("%v, %v after importing its own export", report, err)
		}
	})
}

var (
	slugs = []string{"a", "b", "c"}
	times = []string{"", "1992", "1992/..", "../2018", "/2020", "2018?", "2020-04-27", "2018-01/2018-10"}
	// kinds are terms that entities of the type require.
	required = map[diplomacy.Kind]string{
		diplomacy.KindOrganization: `,"kind":"OTHER"`, diplomacy.KindCouncil: `,"kind":"OTHER"`, diplomacy.KindOffice: `,"kind":"OTHER"`,
		diplomacy.KindEvent: `,"kind":"OTHER"`, diplomacy.KindAgreement: `,"kind":"OTHER"`, diplomacy.KindSource: `,"kind":"OTHER"`,
		diplomacy.KindObservation: `,"indicator":"OTHER","period":"2018","amount":"0","unit":"COUNT"`,
	}
)

// graph is all entities of three slugs, and links between them.
func graph(t *rapid.T) []string {
	var lines []string
	for _, kind := range diplomacy.EntityKinds {
		for _, slug := range slugs {
			dated := ""
			if kind == diplomacy.KindEvent {
				dated = fmt.Sprintf(`,"date":%q`, rapid.SampledFrom(times).Draw(t, "date"))
			}
			lines = append(lines, fmt.Sprintf(`{"type":%q,"slug":%q,"names":[{"value":%q}]%s%s%s}`,
				kind, slug, strings.Repeat(slug, 2), required[kind], dated, evidence(t)))
		}
	}
	lines = append(lines, rapid.SliceOfN(rapid.Custom(statement), 0, 12).Draw(t, "statements")...)
	verdict := rapid.SampledFrom(diplomacy.Verdicts).Draw(t, "verdict")
	return append(lines, rapid.SliceOfN(rapid.Custom(judgement(verdict)), 0, 3).Draw(t, "judgements")...)
}

func statement(t *rapid.T) string {
	rule := rapid.SampledFrom(diplomacy.Vocabulary).Draw(t, "predicate")
	subject := rapid.SampledFrom(rule.Subjects).Draw(t, "subject")
	objects := slices.DeleteFunc(slices.Clone(rule.Objects), func(k diplomacy.Kind) bool { return rule.SameKind && k != subject })
	more := ""
	if rule.Role != "" {
		more = fmt.Sprintf(`,%q:%q`, rule.Role, rapid.SampledFrom(rule.Roles).Draw(t, "role"))
	}
	if rule.Fields&diplomacy.FieldInCapacityOf != 0 && rapid.Bool().Draw(t, "in capacity") {
		more += `,"inCapacityOf":"Office/` + rapid.SampledFrom(slugs).Draw(t, "office") + `"`
	}
	pair := rapid.Permutation(slugs).Draw(t, "pair")
	return fmt.Sprintf(`{"type":%q,"subject":"%s/%s","object":"%s/%s","valid":%q%s%s}`, rule.Name,
		subject, pair[0], rapid.SampledFrom(objects).Draw(t, "object"), pair[1], rapid.SampledFrom(times).Draw(t, "valid"), more, evidence(t))
}

func evidence(t *rapid.T) string {
	var list []string
	for range rapid.IntRange(0, 2).Draw(t, "evidence") {
		list = append(list, fmt.Sprintf(`{"source":"Source/%s","part":%q,"retrieved":%q}`, rapid.SampledFrom(slugs).Draw(t, "source"),
			rapid.SampledFrom(diplomacy.Parts[:2]).Draw(t, "part"), rapid.SampledFrom(times).Draw(t, "retrieved")))
	}
	return `,"evidence":[` + strings.Join(list, ",") + `]`
}

// judgement draws one that does not contradict others of the same verdict.
func judgement(verdict diplomacy.Term) func(*rapid.T) string {
	return func(t *rapid.T) string {
		kind, pair := rapid.SampledFrom(diplomacy.EntityKinds).Draw(t, "kind"), rapid.Permutation(slugs).Draw(t, "pair")
		return fmt.Sprintf(`{"type":"Judgement","a":"%s/%s","b":"%s/%s","verdict":%q}`, kind, pair[0], kind, pair[1], verdict)
	}
}

// FuzzImport checks for any text: no panic, and no change
// by what is refused.
func FuzzImport(f *testing.F) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range archive.Files {
			f.Add(part.Data)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s := storetest.NewModel(time.Now)
		if _, err := exchange.Import(t.Context(), s, by, file(ann), exchange.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Import(t.Context(), s, by, file(string(text)), exchange.Options{}); err != nil {
			if now := revision(t, s); now != 1 {
				t.Errorf("refused, and yet at revision %d: %v", now, err)
			}
			return
		}
		again := storetest.NewModel(time.Now)
		if _, err := exchange.Import(t.Context(), again, by, file(exported(t, s)), exchange.Options{}); err != nil {
			t.Errorf("accepted, but its export is not: %v", err)
		}
	})
}

// archived is one file of an archive.
func archived(t testing.TB, name, part string) string {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name == part {
			return string(f.Data)
		}
	}
	t.Fatal(os.ErrNotExist)
	return ""
}
