package diplomacy_test

import (
	"strings"
	"testing"

	"chancery/diplomacy"
)

func TestSlugsAreValidated(t *testing.T) {
	for slug, ok := range map[string]bool{
		"a": true, "0": true, "a-b": true, "un-2020": true, strings.Repeat("a", diplomacy.MaxSlug): true,
		"": false, "-": false, "-a": false, "a-": false, "a--b": false, "A": false, "a b": false, "a_b": false,
		"é": false, "a\n": false, "a\x00": false, strings.Repeat("a", diplomacy.MaxSlug+1): false,
	} {
		topic := good(diplomacy.KindTopic)
		topic.Base().Slug = slug
		if ok {
			holdProblems(t, topic)
		} else {
			holdProblems(t, topic, "slug: want 1 to 120 lower-case letters")
		}
	}
}

func TestNamesAreValidated(t *testing.T) {
	for _, test := range []struct {
		name diplomacy.Name
		want []string
	}{
		{diplomacy.Name{Value: "Кыргызстан"}, nil},
		{diplomacy.Name{Value: strings.Repeat("a", diplomacy.MaxName)}, nil},
		{diplomacy.Name{Value: strings.Repeat("é", diplomacy.MaxName/2)}, nil},
		{diplomacy.Name{Value: strings.Repeat("a", diplomacy.MaxName+1)}, []string{"names[1].value: has 1001 bytes; at most 1000"}},
		{diplomacy.Name{Value: strings.Repeat("a", 1<<20)}, []string{"names[1].value: has 1048576 bytes"}},
		{diplomacy.Name{Value: ""}, []string{"names[1].value: is empty"}},
		{diplomacy.Name{Value: " \u00a0"}, []string{"names[1].value: is empty"}},
		{diplomacy.Name{Value: "\n"}, []string{"names[1].value: is empty", "names[1].value: control character"}},
		{diplomacy.Name{Value: "\u0301\u200d\u200b"}, []string{"names[1].value: has no visible character"}},
		{diplomacy.Name{Value: "\u3164\u2800"}, []string{"names[1].value: has no visible character"}},
		{diplomacy.Name{Value: "a\u202eb"}, []string{`names[1].value: "a\u202eb" contains the direction control U+202E`}},
		{diplomacy.Name{Value: "a\u202ab\u202c"}, []string{"names[1].value: direction control U+202A"}},
		{diplomacy.Name{Value: "\u2068a\u2069"}, []string{"names[1].value: direction control U+2068"}},
		{diplomacy.Name{Value: "محمد\u200f رضا"}, nil},
		{diplomacy.Name{Value: "می\u200cخواهم"}, nil},
		{diplomacy.Name{Value: "a\xffb"}, []string{`names[1].value: "a\xffb" is not valid UTF-8`}},
		{diplomacy.Name{Value: "a\x00b"}, []string{`names[1].value: "a\x00b" contains a control character`}},
		{diplomacy.Name{Value: "a\nb"}, []string{"names[1].value: control character"}},
		{diplomacy.Name{Value: "a\tb"}, []string{"names[1].value: control character"}},
		{diplomacy.Name{Value: "a\u0085b"}, []string{"names[1].value: control character"}},
		{diplomacy.Name{Value: "a", Language: "zh-Hant-TW", Script: "Hant", Kind: "NATIVE", Valid: diplomacy.MustParseTime("../2019")}, nil},
		{diplomacy.Name{Value: "a", Language: "EN"}, []string{`names[1].language: "EN" is spelled "en"`}},
		{diplomacy.Name{Value: "a", Language: "zh_hant"}, []string{`names[1].language: is spelled "zh-Hant"`}},
		{diplomacy.Name{Value: "a", Language: "iw"}, []string{`names[1].language: "iw" is spelled "he"`}},
		{diplomacy.Name{Value: "a", Language: "az-Latn-"}, []string{"names[1].language: is not a language tag (BCP 47)"}},
		{diplomacy.Name{Value: "a", Language: "Azerbaijani"}, []string{"names[1].language: is not a language tag (BCP 47)"}},
		{diplomacy.Name{Value: "a", Language: "qq"}, []string{"names[1].language: is not a language tag (BCP 47)"}},
		{diplomacy.Name{Value: "a", Language: "e\x00"}, []string{"names[1].language: is not a language tag (BCP 47)"}},
		{diplomacy.Name{Value: "a", Script: "cyrl"}, []string{`names[1].script: "cyrl" is not an ISO 15924 code`}},
		{diplomacy.Name{Value: "a", Script: "Cyrillic"}, []string{"names[1].script: ISO 15924"}},
		{diplomacy.Name{Value: "a", Kind: "NICKNAME"}, []string{"names[1].kind: is not one of OFFICIAL"}},
	} {
		topic := good(diplomacy.KindTopic)
		topic.Base().Names = append(topic.Base().Names, test.name)
		t.Run(diplomacy.Shorten(test.name.Value+test.name.Language), func(t *testing.T) { holdProblems(t, topic, test.want...) })
	}
}

func TestIdentifiersAreValidated(t *testing.T) {
	for _, test := range []struct {
		scheme, value string
		want          []string
	}{
		{"wikidata", "Q227", nil},
		{"x-1", strings.Repeat("é:", 166), nil},
		{"x", strings.Repeat("a", diplomacy.MaxIdentifier), nil},
		{"x", strings.Repeat("a", diplomacy.MaxIdentifier+1), []string{"identifiers[0]: has 501 bytes"}},
		{"", "", []string{"identifiers[0]: the scheme", "identifiers[0]: the value is empty"}},
		{"Wikidata", "Q1", []string{`identifiers[0]: the scheme "Wikidata"`}},
		{"x", "a\nb", []string{"identifiers[0]: control character"}},
		{"x", "\xc3", []string{"identifiers[0]: not valid UTF-8"}},
	} {
		topic := good(diplomacy.KindTopic)
		topic.Base().Identifiers = []diplomacy.Identifier{{Scheme: test.scheme, Value: test.value}}
		holdProblems(t, topic, test.want...)
	}
}

func TestNamesAndIdentifiersAreLimited(t *testing.T) {
	topic := good(diplomacy.KindTopic).(*diplomacy.Topic)
	topic.Names = make([]diplomacy.Name, diplomacy.MaxNames)
	for i := range topic.Names {
		topic.Names[i].Value = "a"
	}
	topic.Identifiers = make([]diplomacy.Identifier, diplomacy.MaxIdentifiers)
	for i := range topic.Identifiers {
		topic.Identifiers[i] = diplomacy.Identifier{Scheme: "x", Value: "a"}
	}
	holdProblems(t, topic)
	topic.Names = append(topic.Names, diplomacy.Name{Value: "a"})
	topic.Identifiers = append(topic.Identifiers, topic.Identifiers[0])
	holdProblems(t, topic, "names: has 501 elements; at most 500", "identifiers: has 101 elements; at most 100")
}

func TestCoordinatesAreValidated(t *testing.T) {
	for text, ok := range map[string]bool{
		"": true, "40.4093,49.8671": true, "-90,-180": true, "90,180": true, "0,0": true, "-0.5,.5": true,
		"90.0001,0": false, "0,180.0001": false, "-91,0": false, "40.4": false, ",": false, "1,": false, ",1": false,
		"1;2": false, "1, 2": false, "1,2,3": false, "1e1,2": false, "0x1,2": false, "NaN,0": false, "Inf,0": false,
		"--1,2": false, "1-2,3": false, "1.2.3,4": false, "40°N,49°E": false, "+1,2": false,
		"0.1234567890123456789012,0": true, strings.Repeat("0", 1<<20) + ",0": false,
	} {
		place := good(diplomacy.KindPlace).(*diplomacy.Place)
		place.Coordinates = text
		if ok {
			holdProblems(t, place)
		} else {
			holdProblems(t, place, "coordinates: is not latitude,longitude")
		}
	}
}

func TestURLsAreValidated(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "https://mfa.gov.az": "", "http://example.org:80/a?b=c#d": "", "HTTPS://EXAMPLE.ORG/": "", "https://mfa.gov.kg/кыргыз": "",
		"mfa.gov.az": "not an http", "ftp://example.org": "not an http", "javascript:alert(1)": "not an http", "https://": "not an http",
		"https:///path": "not an http", "//example.org": "not an http", "https://exa mple.org": "not an http", "https://[::1": "not an http",
		"mailto:a@example.org": "not an http", "https://example.org/" + strings.Repeat("a", 1000): "has 1020 bytes",
	} {
		body, source := good(diplomacy.KindOrganization).(*diplomacy.Organization), good(diplomacy.KindSource).(*diplomacy.Source)
		body.Website, source.URL = address, address
		if want == "" {
			holdProblems(t, body)
			holdProblems(t, source)
		} else {
			holdProblems(t, body, "website: "+want)
			holdProblems(t, source, "url: "+want)
		}
	}
}

func TestDescriptionsAreValidated(t *testing.T) {
	topic := good(diplomacy.KindTopic)
	topic.Base().Description = strings.Repeat("a\n", diplomacy.MaxText/2)
	holdProblems(t, topic)
	topic.Base().Description += "b"
	holdProblems(t, topic, "description: has 20001 bytes")
	topic.Base().Description = "a\r\nb"
	holdProblems(t, topic)
	topic.Base().Description = "a\vb"
	holdProblems(t, topic, "description: control character")
}
