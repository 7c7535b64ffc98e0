package sample_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/sample"
	"chancery/store"
)

func TestLoadImportsEverythingQuickly(t *testing.T) {
	begin := time.Now()
	g, report := loaded(t)
	// It takes a tenth of a second; this is for machines under load.
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	entities, links := report.Total(diplomacy.Kind.IsEntity), report.Total(diplomacy.Kind.IsStatement)
	if entities.Created < 700 || links.Created < 1500 || report.Kinds[diplomacy.KindEvidence].Created < 900 {
		t.Errorf("%d entities, %d statements, %d pieces of evidence", entities.Created, links.Created, report.Kinds[diplomacy.KindEvidence].Created)
	}
	changes := report.Transaction.Changes - report.Total(func(diplomacy.Kind) bool { return true }).Created
	if g.Revision() != 1 || report.Transaction.Author != "sample" || changes != 0 {
		t.Errorf("%+v; %d changes are not in the report", report.Transaction, changes)
	}
}

func TestLoadOnlyIntoAnEmptyStore(t *testing.T) {
	s := empty(t)
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Load(t.Context(), s); err == nil || !strings.Contains(err.Error(), "1 transactions") {
		t.Error(err)
	}
}

// TestLoadedSampleIsSound reads the store's own check, and imports the sample once more.
func TestLoadedSampleIsSound(t *testing.T) {
	s := empty(t)
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for line, err := range s.Check(t.Context()) {
		t.Error(line, err)
	}
	files, err := sample.Files()
	if err != nil {
		t.Fatal(err)
	}
	report, err := exchange.Import(t.Context(), s, store.Commit{}, files, exchange.Options{})
	if err != nil || report.Transaction.Number != 0 {
		t.Errorf("importing it again changed %v (%v)", report.Kinds, err)
	}
}

func TestSampleExportImportsToTheSame(t *testing.T) {
	g, _ := loaded(t)
	first := export(g)
	s := empty(t)
	if _, err := exchange.Import(t.Context(), s, store.Commit{}, []exchange.File{{Name: "export", Reader: bytes.NewReader(first)}}, exchange.Options{}); err != nil {
		t.Fatal(err)
	}
	if second := export(read(t, s)); !bytes.Equal(first, second) {
		t.Error("the export of the imported export differs")
	}
}

func export(g graph) []byte {
	g.t.Helper()
	var b bytes.Buffer
	if err := exchange.Export(g.t.Context(), g, &b); err != nil {
		g.t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryStatementHasASource(t *testing.T) {
	g, _ := loaded(t)
	for _, kind := range diplomacy.EntityKinds {
		for _, entity := range g.all(kind) {
			name := kind.String() + "/" + entity.Base().Slug
			for _, rule := range diplomacy.Vocabulary {
				for _, s := range g.out(name, rule.Predicate) {
					if len(g.evidence(s.ID)) == 0 {
						t.Errorf("%s %s %s has no evidence", name, rule.Name, g.records(s.Object)[0].(diplomacy.Entity).Base().Slug)
					}
				}
			}
		}
	}
}

func TestEveryStateIsAMemberOrObserverOfTheUnitedNations(t *testing.T) {
	g, _ := loaded(t)
	kinds := map[diplomacy.Term]int{}
	for _, s := range g.in("Organization/united-nations", diplomacy.MemberOf) {
		kinds[s.Role]++
		if !strings.HasSuffix(s.Valid.String(), "/..") {
			t.Errorf("%v is not said to last", s.Valid)
		}
	}
	if kinds["FULL"] != 193 || kinds["OBSERVER"] != 2 || len(kinds) != 2 {
		t.Error(kinds)
	}
	iceland := g.out("State/iceland", diplomacy.MemberOf)
	if len(iceland) == 0 || iceland[0].Valid.String() != "1946-11-19/.." {
		t.Errorf("%+v", iceland)
	}
}

func TestStatesHaveNamesAndCodes(t *testing.T) {
	g, _ := loaded(t)
	for _, entity := range g.all(diplomacy.KindState) {
		thing := entity.Base()
		languages := map[string]bool{}
		for _, n := range thing.Names {
			languages[n.Language] = true
		}
		if len(languages) < 8 || thing.Names[0].Language != "en" {
			t.Errorf("%s has names in %d languages, the first in %q", thing.Slug, len(languages), thing.Names[0].Language)
		}
		for scheme, length := range map[string]int{diplomacy.SchemeISOAlpha2: 2, diplomacy.SchemeISOAlpha3: 3, diplomacy.SchemeISONumeric: 3} {
			if len(thing.Identifier(scheme)) != length {
				t.Errorf("%s has %s %q", thing.Slug, scheme, thing.Identifier(scheme))
			}
		}
	}
}

func TestRenamedStatesHaveNamesForEachTime(t *testing.T) {
	g, _ := loaded(t)
	for _, test := range []struct{ slug, language, at, want string }{
		{"kyrgyzstan", "ky", "2020", "Кыргызстан"},
		{"kyrgyzstan", "az", "2020", "Qırğızıstan"},
		{"azerbaijan", "hu", "2020", "Azerbajdzsán"},
		{"azerbaijan", "ja", "2020", "Azerbaijan"},
		{"north-macedonia", "en", "2020", "North Macedonia"},
		{"north-macedonia", "en", "2010", "Macedonia"},
		{"eswatini", "de", "2020", "Eswatini"},
		{"eswatini", "de", "2010", "Swasiland"},
		{"eswatini", "zh", "2010", "斯威士兰"},
	} {
		at := diplomacy.MustParseTime(test.at).Window()
		if got := get[*diplomacy.State](g, "State/"+test.slug).Label(test.language, at).Value; got != test.want {
			t.Errorf("%s in %s in %s: %q, not %q", test.slug, test.language, test.at, got, test.want)
		}
	}
	azerbaijan := get[*diplomacy.State](g, "State/azerbaijan")
	if azerbaijan.Identifier(diplomacy.SchemeISONumeric) != "031" || azerbaijan.Identifier(diplomacy.SchemeISOAlpha3) != "AZE" {
		t.Error(azerbaijan.Identifiers)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := sample.Load(b.Context(), empty(b)); err != nil {
			b.Fatal(err)
		}
	}
}
