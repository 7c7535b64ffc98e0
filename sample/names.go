package sample

import (
	"chancery/diplomacy"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// languages lists the languages in which states are named, the main one first: the
// official languages of the United Nations, and those of the sample's other sources.
var languages = []language.Tag{
	language.English, language.French, language.Spanish, language.Russian, language.Arabic, language.Chinese,
	language.German, language.Azerbaijani, language.Kirghiz, language.Kazakh, language.Uzbek, language.Turkish,
	language.Hungarian,
}

// namesOf returns the names of a state in each language for which CLDR has one. The
// former names of a state renamed since that edition come last.
func namesOf(alpha2 string) ([]diplomacy.Name, error) {
	region, err := language.ParseRegion(alpha2)
	if err != nil {
		return nil, err
	}
	change := renamed[alpha2]
	var names, former []diplomacy.Name
	for _, tag := range languages {
		name := diplomacy.Name{Value: display.Regions(tag).Name(region), Language: tag.String()}
		if name.Value == "" {
			continue
		}
		if now := change.names[name.Language]; now != "" && now != name.Value {
			former = append(former, diplomacy.Name{Value: name.Value, Language: name.Language, Kind: "FORMER", Valid: diplomacy.MustParseTime("../" + change.on)})
			name.Value, name.Valid = now, diplomacy.MustParseTime(change.on+"/..")
		}
		names = append(names, name)
	}
	return append(names, former...), nil
}

// cldr returns the source of the names.
func cldr() sourceLine {
	line := sourceLine{Type: "Source"}
	line.Slug, line.Names = "unicode-cldr", []diplomacy.Name{{Value: "Unicode Common Locale Data Repository " + display.CLDRVersion, Language: "en"}}
	line.Source.Type, line.URL = "DATASET", "https://cldr.unicode.org/"
	return line
}

// renaming is the change of a state's name on a day, with the new name in each
// language.
type renaming struct {
	on    string
	names map[string]string
}

// renamed has the states that were renamed after 2017, the year of the edition of
// CLDR in golang.org/x/text.
var renamed = map[string]renaming{
	"MK": {"2019-02-12", map[string]string{
		"en": "North Macedonia", "fr": "Macédoine du Nord",
		"es": "Macedonia del Norte", "ru": "Северная Македония",
		"ar": "مقدونيا الشمالية", "zh": "北马其顿",
		"de": "Nordmazedonien", "az": "Şimali Makedoniya",
		"ky": "Түндүк Македония", "kk": "Солтүстік Македония",
		"uz": "Shimoliy Makedoniya", "tr": "Kuzey Makedonya",
		"hu": "Észak-Macedónia",
	}},
	"SZ": {"2018-04-19", map[string]string{
		"en": "Eswatini", "fr": "Eswatini",
		"es": "Esuatini", "ru": "Эсватини",
		"ar": "إسواتيني", "zh": "斯威士兰",
		"de": "Eswatini", "az": "Esvatini",
		"ky": "Эсватини", "kk": "Эсватини",
		"uz": "Esvatini", "tr": "Esvatini",
		"hu": "Eswatini",
	}},
}
