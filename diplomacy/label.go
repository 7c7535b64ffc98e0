package diplomacy

import (
	"strings"

	"golang.org/x/text/language"
)

// Label picks the name to show: of those in use in the window, in the language
// asked for (a canonical BCP 47 tag) or the nearest there is, else in English, else
// the main one. An empty language asks for the main name. Names of one nearness
// stand in their own order, but acronyms, aliases and former names behind the
// others. A Thing without names answers with its slug. The zero window is any time.
func (t *Thing) Label(languageTag string, at Window) Name {
	best, score := Name{Value: t.Slug}, -1
	for i := 0; i < len(t.Names) && score < weightBest; i++ {
		if s := t.Names[i].score(languageTag, at); s > score {
			best, score = t.Names[i], s
		}
	}
	return best
}

// The weights of what makes a name the one to show; each outweighs all below.
const (
	weightCurrent  = 64
	weightExact    = 32
	weightBase     = 16
	weightScript   = 8 // "zh-Hant" before "zh-Hans" when "zh-TW" was asked
	weightEnglish  = 8 // only where the language asked for has no weight
	weightOrdinary = 4
	weightNoSuffix = 2 // "en" before "en-GB" when "en-US" was asked
	weightBest     = weightCurrent + weightExact + weightOrdinary
)

func (n *Name) score(tag string, at Window) int {
	s := 0
	if n.Valid.IsZero() || at == (Window{}) || n.Valid.Span().Holds(at, Possible) {
		s += weightCurrent
	}
	if n.Kind == "" || n.Kind == "OFFICIAL" {
		s += weightOrdinary
	}
	return s + n.near(tag)
}

// near weighs the name's language against the one asked for.
func (n *Name) near(tag string) int {
	s := 0
	switch own := base(n.Language); {
	case tag == "":
		return 0
	case n.Script == "" && strings.EqualFold(n.Language, tag):
		return weightExact
	case own == base(tag):
		s = weightBase
		if n.script() == scriptOf(tag) {
			s += weightScript
		}
	case own == "en":
		s = weightEnglish
	default:
		return 0
	}
	if !strings.Contains(n.Language, "-") {
		s += weightNoSuffix
	}
	return s
}

// base is the language without script and region. Norwegian Bokmål has two tags
// in use, which CLDR (languageMatching) holds to be nearly the same.
func base(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	if tag == "nb" {
		return "no"
	}
	return tag
}

// script is the one the name is written in.
func (n *Name) script() string {
	if n.Script != "" {
		return n.Script
	}
	return scriptOf(n.Language)
}

// scriptOf is the script a tag names, or else the one most used for it: Hant of
// zh-TW (CLDR, likely subtags).
func scriptOf(tag string) string {
	script, _ := language.Make(tag).Script()
	return script.String()
}
