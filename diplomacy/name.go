package diplomacy

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// Name is a name of an entity in one language, perhaps only for some time
// (schema.org name, Popolo other_names).
type Name struct {
	Value string `json:"value" cbor:"1,keyasint"`
	// Language is a BCP 47 tag; empty for a name that belongs to no language, such
	// as an acronym.
	Language string `json:"language,omitempty" cbor:"2,keyasint,omitempty"`
	// Script is an ISO 15924 code if the language does not imply it.
	Script string `json:"script,omitempty" cbor:"3,keyasint,omitempty"`
	// Kind is empty for an ordinary name.
	Kind Term `json:"kind,omitempty" cbor:"4,keyasint,omitempty"`
	// Valid is when the name was in use; zero for always.
	Valid Time `json:"valid,omitzero" cbor:"5,keyasint,omitzero"`
}

// CanonicalLanguage returns the canonical form of a BCP 47 tag.
func CanonicalLanguage(tag string) (string, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", fmt.Errorf("%s is not a language tag (BCP 47): try one such as en, az or zh-Hant", Shorten(tag))
	}
	return parsed.String(), nil
}

// Identifier is the identifier of an entity in another system, such as Wikidata.
type Identifier struct {
	Scheme string `cbor:"1,keyasint"`
	Value  string `cbor:"2,keyasint"`
}

// Identifier schemes with their own look-ups in the API.
const (
	SchemeWikidata   = "wikidata"
	SchemeISOAlpha2  = "iso3166-1-alpha-2"
	SchemeISOAlpha3  = "iso3166-1-alpha-3"
	SchemeISONumeric = "iso3166-1-numeric"
)

// Identifier returns the value under a scheme, or the empty string.
func (t *Thing) Identifier(scheme string) string {
	for _, i := range t.Identifiers {
		if i.Scheme == scheme {
			return i.Value
		}
	}
	return ""
}

// ParseIdentifier parses "scheme:value". Letter codes of ISO 3166-1 are written in
// capitals, whatever their case in the text.
func ParseIdentifier(text string) (Identifier, error) {
	scheme, value, found := strings.Cut(text, ":")
	if !found || scheme == "" || value == "" {
		return Identifier{}, fmt.Errorf("%s is not an identifier: want scheme:value, such as wikidata:Q227", Shorten(text))
	}
	return Identifier{scheme, value}.canonical(), nil
}

// canonical returns the identifier in the one spelling that its scheme has.
func (i Identifier) canonical() Identifier {
	if i.Scheme == SchemeISOAlpha2 || i.Scheme == SchemeISOAlpha3 {
		i.Value = strings.ToUpper(i.Value)
	}
	return i
}

// String returns "scheme:value".
func (i Identifier) String() string { return i.Scheme + ":" + i.Value }

// MarshalText encodes the identifier as String does.
func (i Identifier) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText decodes the output of MarshalText.
func (i *Identifier) UnmarshalText(text []byte) (err error) {
	*i, err = ParseIdentifier(string(text))
	return err
}

// Wikidata returns the Wikidata item, or the empty string.
func (t *Thing) Wikidata() string { return t.Identifier(SchemeWikidata) }

// ISOAlpha2 returns the two-letter ISO 3166-1 code, or the empty string.
func (s *State) ISOAlpha2() string { return s.Identifier(SchemeISOAlpha2) }

// ISOAlpha3 returns the three-letter ISO 3166-1 code, or the empty string.
func (s *State) ISOAlpha3() string { return s.Identifier(SchemeISOAlpha3) }

// ISONumeric returns the three-digit ISO 3166-1 code, or the empty string.
func (s *State) ISONumeric() string { return s.Identifier(SchemeISONumeric) }
