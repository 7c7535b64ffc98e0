package store_test

import (
	"testing"

	"chancery/diplomacy"
	"chancery/store"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFoldName(t *testing.T) {
	for name, want := range map[string]string{
		"":                            "",
		"  Elmar\tMammadyarov ":       "elmar mammadyarov",
		"MƏMMƏDYAROV":                 "məmmədyarov",
		"Çavuşoğlu":                   "cavusoglu",
		"C\u0327avus\u0327og\u0306lu": "cavusoglu",
		"STRASSE":                     "strasse",
		"Straße":                      "strasse",
		"ﬁn":                          "fin",
		"Лавро́в":                     "лавров",
		"\u00a0外交部\u3000長":            "外交部 長",
	} {
		if got := store.FoldName(name); got != want {
			t.Errorf("%q folds to %q, want %q", name, got, want)
		}
	}
}

// TestFoldNameIgnoresForms: normal forms and a second folding change nothing.
func TestFoldNameIgnoresForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		folded := store.FoldName(name)
		for _, same := range []string{norm.NFC.String(name), norm.NFD.String(name), " " + name + " "} {
			if got := store.FoldName(same); got != folded {
				t.Fatalf("%q folds to %q, %q to %q", name, folded, same, got)
			}
		}
	})
}

func TestNameTest(t *testing.T) {
	names := []diplomacy.Name{{Value: "Mevlüt Çavuşoğlu"}, {Value: "Мевлют Чавушоглу"}}
	for test, want := range map[store.NameTest]bool{
		{}:                                       true,
		{Contains: "CAVUS"}:                      true,
		{Contains: "чавуш"}:                      true,
		{StartsWith: "mevlut", Contains: "oglu"}: true,
		{StartsWith: "mevlut", Contains: "чавуш"}: false, // not of one name
		{StartsWith: "çavuş"}:                     false,
		{Equals: "mevlut  cavusoglu"}:             true,
		{Equals: "mevlut"}:                        false,
	} {
		if got := test.Passes(names); got != want {
			t.Errorf("%+v passes: %v, want %v", test, got, want)
		}
	}
}

func BenchmarkFoldName(b *testing.B) {
	for _, name := range []string{"Elmar Mammadyarov", "Elmar Məmmədyarov"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				store.FoldName(name)
			}
		})
	}
}
