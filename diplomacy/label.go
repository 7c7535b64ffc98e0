package diplomacy

import (
	"strings"

	"golang.org/x/text/language"
)

// Label returns the name to show. It prefers names in use in the window, or else those
// that were in use last before it, then names in the requested language (a canonical BCP
// 47 tag) or the nearest to it, then names for all languages (the tag mul), then English
// ones, then the main name; an empty tag requests the main name. Among equals it takes
// the first, but acronyms, aliases and former names last. Without names it returns the
// slug. The zero window is any time.
func (t *Thing) Label(languageTag string, at Window) Name {
	best, score := t.label(languageTag, at)
	if score < 0 || score >= weightCurrent {
		return best
	}
	if end := t.lastUse(at.From); end > Past {
		best, _ = t.label(languageTag, Window{end - 1, end})
	}
	return best
}

// lastUse returns when the last of the names that were given up by a time was; Past if
// none was.
func (t *Thing) lastUse(by Instant) Instant {
	last := Past
	for i := range t.Names {
		if end := t.Names[i].Valid.Span().EndMax; end <= by {
			last = max(last, end)
		}
	}
	return last
}

// label returns the name with the highest score, and that; -1 without names.
func (t *Thing) label(languageTag string, at Window) (Name, int) {
	best, score := Name{Value: t.Slug}, -1
	for i := 0; i < len(t.Names) && score < weightBest; i++ {
		if s := t.Names[i].score(languageTag, at); s > score {
			best, score = t.Names[i], s
		}
	}
	return best, score
}

// Weights of the criteria for a label; each outweighs all below.
const (
	weightCurrent  = 128
	weightExact    = 64
	weightBase     = 32
	weightMultiple = 16 // this and the next only where the language asked for has no weight
	weightEnglish  = 8
	weightScript   = 8 // "zh-Hant" before "zh-Hans" when "zh-TW" was asked
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

// near scores how near the name's language is to the requested one.
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
	case own == "mul":
		s = weightMultiple
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

// base returns the language without script and region. Norwegian Bokmål has two
// tags in use, which CLDR (languageMatching) treats as nearly equal.
func base(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	if tag == "nb" {
		return "no"
	}
	return tag
}

// script returns the script that the name is written in.
func (n *Name) script() string {
	if n.Script != "" {
		return n.Script
	}
	return scriptOf(n.Language)
}

// scriptOf returns the script of a tag, or else the one most used for it, such as
// Hant for zh-TW (CLDR, likely subtags).
func scriptOf(tag string) string {
	script, _ := language.Make(tag).Script()
	return script.String()
}
