package diplomacy

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// Name is what something is called, in one language, perhaps for a time
// (schema.org name, Popolo other_names).
type Name struct {
	Value string `json:"value" cbor:"1,keyasint"`
	// Language is a BCP 47 tag; empty when the name is of none, as an acronym.
	Language string `json:"language,omitempty" cbor:"2,keyasint,omitempty"`
	// Script is an ISO 15924 code where the language leaves it open.
	Script string `json:"script,omitempty" cbor:"3,keyasint,omitempty"`
	// Kind is empty for an ordinary name.
	Kind Term `json:"kind,omitempty" cbor:"4,keyasint,omitempty"`
	// Valid is when the name was in use; zero for always.
	Valid Time `json:"valid,omitzero" cbor:"5,keyasint,omitzero"`
}

// CanonicalLanguage checks a BCP 47 tag and spells it canonically.
func CanonicalLanguage(tag string) (string, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", fmt.Errorf("%s is not a language tag (BCP 47): try one such as en, az or zh-Hant", Shorten(tag))
	}
	return parsed.String(), nil
}

// Identifier names an entity in another system.
type Identifier struct {
	Scheme string `cbor:"1,keyasint"`
	Value  string `cbor:"2,keyasint"`
}

// Schemes that the API has look-ups of its own for.
const (
	SchemeWikidata   = "wikidata"
	SchemeISOAlpha2  = "iso3166-1-alpha-2"
	SchemeISOAlpha3  = "iso3166-1-alpha-3"
	SchemeISONumeric = "iso3166-1-numeric"
)

// Identifier is the value under a scheme, or empty.
func (t *Thing) Identifier(scheme string) string {
	for _, i := range t.Identifiers {
		if i.Scheme == scheme {
			return i.Value
		}
	}
	return ""
}

// ParseIdentifier reads "scheme:value".
func ParseIdentifier(text string) (Identifier, error) {
	scheme, value, found := strings.Cut(text, ":")
	if !found || scheme == "" || value == "" {
		return Identifier{}, fmt.Errorf("%s is not an identifier: want scheme:value, such as wikidata:Q227", Shorten(text))
	}
	return Identifier{scheme, value}, nil
}

// String is "scheme:value".
func (i Identifier) String() string { return i.Scheme + ":" + i.Value }

// MarshalText and UnmarshalText spell an Identifier in files.
func (i Identifier) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText is the inverse of MarshalText.
func (i *Identifier) UnmarshalText(text []byte) (err error) {
	*i, err = ParseIdentifier(string(text))
	return err
}

// Wikidata is the Wikidata item, or empty.
func (t *Thing) Wikidata() string { return t.Identifier(SchemeWikidata) }

// ISOAlpha2 is the ISO 3166-1 code of two letters, or empty.
func (s *State) ISOAlpha2() string { return s.Identifier(SchemeISOAlpha2) }

// ISOAlpha3 is the ISO 3166-1 code of three letters, or empty.
func (s *State) ISOAlpha3() string { return s.Identifier(SchemeISOAlpha3) }

// ISONumeric is the ISO 3166-1 code of three digits, or empty.
func (s *State) ISONumeric() string { return s.Identifier(SchemeISONumeric) }
