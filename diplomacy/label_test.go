package diplomacy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"

	"pgregory.net/rapid"
)

// named is a thing with names written "language[/Script][ KIND]"; each name's
// value is what it was written as.
func named(names ...string) *diplomacy.Thing {
	t := &diplomacy.Thing{Slug: "the-slug"}
	for _, text := range names {
		tag, kind, _ := strings.Cut(text, " ")
		tag, script, _ := strings.Cut(tag, "/")
		t.Names = append(t.Names, diplomacy.Name{Value: text, Language: tag, Script: script, Kind: diplomacy.Term(kind)})
	}
	return t
}

// labelCases: the language asked for, the languages of the names, and that of the label.
var labelCases = []struct{ asked, names, want string }{
	// Exact, then the same language, then English, then the main name.
	{"az", "en ru az", "az"},
	{"AZ", "en ru az", "az"},
	{"az-AZ", "en ru az", "az"},
	{"az", "en ru az-Latn-AZ", "az-Latn-AZ"},
	{"tr", "az ru en fr", "en"},
	{"tr", "az ru en-GB fr", "en-GB"},
	{"tr", "az-Arab ru fr", "az-Arab"},
	{"en", "az ru fr", "az"},
	{"", "zh-Hant en az", "zh-Hant"},
	{"tr", "", "the-slug"},
	// A name for all languages before those of other languages.
	{"tr", "en az mul", "mul"},
	{"tr", "en,mul ALIAS", "mul ALIAS"},
	{"tr-TR", "mul en tr", "tr"},
	{"mul", "en mul", "mul"},
	{"", "en mul", "en"},
	{"", "", "the-slug"},
	// Regions: the plain language before that of another place.
	{"en-US", "az en-GB en", "en"},
	{"en-US", "az en-GB", "en-GB"},
	{"en-GB", "en en-GB", "en-GB"},
	{"pt-AO", "en pt-BR", "pt-BR"},
	{"ro-MD", "en ro", "ro"},
	{"tr", "az en-GB en", "en"},
	// Scripts, said or inferred from the region.
	{"zh-TW", "zh-Hans zh-Hant", "zh-Hant"},
	{"zh-TW", "zh zh-Hant", "zh-Hant"},
	{"zh-HK", "en zh zh-TW", "zh-TW"},
	{"zh-SG", "zh-Hant zh", "zh"},
	{"zh-TW", "en zh", "zh"},
	{"zh-Hant", "zh/Latn zh", "zh/Latn"}, // neither is near: their order
	{"zh", "zh/Latn zh", "zh"},
	{"zh", "en zh/Latn", "zh/Latn"},
	{"sr-Latn", "sr hr sr/Latn", "sr/Latn"},
	{"sr-Latn", "sr sr-Latn-RS", "sr-Latn-RS"},
	{"sr-Latn", "en sr", "sr"},
	{"sr-ME", "sr sr-Latn", "sr-Latn"}, // Montenegro writes Latin
	{"sr-Latn", "hr en", "en"},
	{"sr", "sr/Latn sr/Cyrl", "sr/Cyrl"},
	{"az-Cyrl", "az az/Cyrl", "az/Cyrl"},
	{"az-Cyrl", "ru en az", "az"},
	{"uz-Latn", "uz-Cyrl uz", "uz"},
	// Norwegian has two tags for one language.
	{"nb", "en da no", "no"},
	{"no", "en da nb", "nb"},
	{"nb-NO", "en no nb", "no"},
	{"nb", "da en nn", "en"},
	// Acronyms and aliases behind ordinary names of the same nearness.
	{"en", "en ACRONYM,en", "en"},
	{"en", "en ACRONYM,en OFFICIAL", "en OFFICIAL"},
	{"en", "en ACRONYM,fr", "en ACRONYM"},
	{"en-US", "en ACRONYM,en-GB", "en-GB"},
	{"tr", "en ALIAS,en-GB,fr", "en-GB"},
	{"", "en ACRONYM,az", "az"},
	{"tr", " ACRONYM,az", "az"},
	{"tr", " ACRONYM", " ACRONYM"},
	{"az", "az,az OFFICIAL", "az"},
}

func TestLabelPrefersTheNearestLanguage(t *testing.T) {
	for _, test := range labelCases {
		list := strings.Fields(test.names)
		if strings.Contains(test.names, "ACRONYM") || strings.Contains(test.names, ",") {
			list = strings.Split(test.names, ",")
		}
		got := named(list...).Label(test.asked, diplomacy.Window{})
		if got.Value != test.want {
			t.Errorf("asked %q of [%s]: %q, want %q", test.asked, test.names, got.Value, test.want)
		}
	}
}

func TestLabelPrefersNamesInUse(t *testing.T) {
	council := diplomacy.Thing{Slug: "turkic", Names: []diplomacy.Name{
		{Value: "Organization of Turkic States", Language: "en", Valid: diplomacy.MustParseTime("2021-11-12/..")},
		{Value: "Turkic Council", Language: "en", Kind: "FORMER", Valid: diplomacy.MustParseTime("2009-10-03/2021-11-12")},
		{Value: "Türk Keneşi", Language: "tr", Kind: "FORMER", Valid: diplomacy.MustParseTime("2009-10-03/2021-11-12")},
		{Value: "Туркестан", Language: "ru", Valid: diplomacy.MustParseTime("1918~/1924")},
		{Value: "Turkic Union", Language: "en", Valid: diplomacy.MustParseTime("1969/1971")}, // over the zero of Instant
	}}
	for _, test := range []struct{ at, asked, want string }{
		{"2019", "en", "Turkic Council"},
		{"2022", "en", "Organization of Turkic States"},
		{"2021", "en", "Organization of Turkic States"}, // both: an ordinary name before a former one
		{"2019", "tr", "Türk Keneşi"},
		{"2022", "tr", "Organization of Turkic States"}, // no Turkish name is in use
		{"2019", "", "Turkic Council"},
		{"", "en", "Organization of Turkic States"},
		{"", "tr", "Türk Keneşi"},
		{"1920", "en", "Туркестан"},
		{"1950", "en", "Туркестан"}, // none in use: what was last
		{"1950", "tr", "Туркестан"},
		{"1975", "en", "Turkic Union"},
		{"1800", "en", "Organization of Turkic States"}, // none ever was: as if all were
		{"1800", "tr", "Türk Keneşi"},
	} {
		window := diplomacy.Window{}
		if test.at != "" {
			window = diplomacy.MustParseTime(test.at).Window()
		}
		if got := council.Label(test.asked, window); got.Value != test.want {
			t.Errorf("in %q in %s: %q, want %q", test.asked, test.at, got.Value, test.want)
		}
	}
}

// TestLabelIsOneOfTheNames also when tags are nonsense.
func TestLabelIsOneOfTheNames(t *testing.T) {
	tag := rapid.OneOf(rapid.SampledFrom([]string{"", "en", "en-GB", "zh-Hant", "nb", "-", "x-y", "sr/Latn"}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		thing := named(rapid.SliceOfN(tag, 1, 5).Draw(t, "names")...)
		asked := tag.Draw(t, "asked")
		got := thing.Label(asked, diplomacy.Window{})
		if !slices.Contains(thing.Names, got) {
			t.Fatalf("%q is no name of %v", got, thing.Names)
		}
		exact := slices.ContainsFunc(thing.Names, func(n diplomacy.Name) bool { return asked != "" && n.Language == asked && n.Script == "" })
		if exact && !strings.EqualFold(got.Language, asked) {
			t.Fatalf("asked %q, got %v, though there is an exact one", asked, got)
		}
	})
}

func TestLabelInItsLanguageDoesNotAllocate(t *testing.T) {
	thing := named("en", "fr", "es", "ru", "ar", "zh", "de", "az", "ky", "kk", "uz", "tr", "hu")
	for _, asked := range []string{"", "en", "hu", "ja"} {
		if n := testing.AllocsPerRun(100, func() { thing.Label(asked, diplomacy.Window{}) }); n != 0 {
			t.Errorf("Label(%q) allocates %v times", asked, n)
		}
	}
}

func BenchmarkLabel(b *testing.B) {
	thing := named("en", "fr", "es", "ru", "ar", "zh", "de", "az", "ky", "kk", "uz", "tr", "hu")
	for asked, name := range map[string]string{"tr": "exact", "ja": "English", "tr-CY": "base"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				thing.Label(asked, diplomacy.Window{})
			}
		})
	}
}

func ExampleThing_Label() {
	office := diplomacy.Thing{Slug: "un", Names: []diplomacy.Name{
		{Value: "United Nations", Language: "en"},
		{Value: "联合国", Language: "zh-Hans"},
		{Value: "聯合國", Language: "zh-Hant"},
	}}
	for _, language := range []string{"zh-TW", "zh-SG", "en-GB", "tr"} {
		fmt.Println(language, office.Label(language, diplomacy.Window{}).Value)
	}
	// Output:
	// zh-TW 聯合國
	// zh-SG 联合国
	// en-GB United Nations
	// tr United Nations
}
