package diplomacy

import (
	"strings"
	"unicode"
)

// visibleName checks that a name can be seen, and reads in the order in which it is
// stored.
func (p *Problems) visibleName(field, value string) {
	switch at := strings.IndexFunc(value, reorders); {
	case strings.TrimSpace(value) == "":
		p.add(field, "is empty")
	case at >= 0:
		p.add(field, "%s contains the direction control %U, which shows other names in its place; remove it", Shorten(value), []rune(value[at:])[0])
	case !strings.ContainsFunc(value, hasWidth):
		p.add(field, "%s has no visible character", Shorten(value))
	}
}

// reorders reports whether a rune is a control of Unicode's bidirectional algorithm that
// embeds, overrides or isolates. The marks LRM, RLM and ALM are none: they change how
// neutral characters beside them are shown, and names in Arabic script need them.
func reorders(r rune) bool {
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// hasWidth reports whether a rune by itself is shown, which a space, a combining mark
// and a joiner are not.
func hasWidth(r rune) bool {
	const brailleBlank = '\u2800'
	return unicode.IsGraphic(r) && r != brailleBlank && !unicode.In(r, unicode.M, unicode.Zs, unicode.Other_Default_Ignorable_Code_Point)
}
