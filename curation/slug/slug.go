// Package slug makes slugs of the names of entities.
package slug

import (
	"fmt"
	"strings"

	"chancery/diplomacy"

	"github.com/mozillazg/go-unidecode"
)

// roomForNumber is left behind a slug for a hyphen and a number.
const roomForNumber = 8

// Plain spells the main name, and of an event the day on which it began, as far as
// its date gives it. It leaves room for a hyphen and a number.
func Plain(e diplomacy.Entity) string {
	name, date := "", ""
	if names := e.Base().Names; len(names) > 0 {
		name = hyphenated(names[0].Value)
	}
	if event, ok := e.(*diplomacy.Event); ok {
		date, _, _ = strings.Cut(event.Date.String(), "/")
		date, _, _ = strings.Cut(date, "T")
		date = hyphenated(date)
	}
	if name == "" {
		name = strings.ToLower(e.Kind().String())
	}
	if most := diplomacy.MaxSlug - roomForNumber - len("-") - len(date); len(name) > most {
		name = strings.TrimRight(name[:most], "-")
	}
	if date == "" || strings.HasSuffix(name, date) {
		return name
	}
	return fmt.Sprintf("%s-%s", name, date)
}

// transliterated has letters that their own countries spell otherwise in Latin than
// the table of all scripts does.
var transliterated = strings.NewReplacer("ə", "a", "Ə", "a", "'", "", "’", "", "ʼ", "")

// hyphenated spells a text in a-z, 0-9 and single hyphens.
func hyphenated(text string) string {
	const longest = 4 * diplomacy.MaxSlug // in bytes; the rest could not be kept anyway
	ascii := strings.ToLower(unidecode.Unidecode(transliterated.Replace(text[:min(len(text), longest)])))
	words := strings.FieldsFunc(strings.ReplaceAll(ascii, "'", ""), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	return strings.Join(words, "-")
}
