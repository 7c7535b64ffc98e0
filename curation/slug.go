package curation

import (
	"fmt"
	"strconv"
	"strings"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/mozillazg/go-unidecode"
)

func slugKey(e diplomacy.Entity) store.Key {
	return store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: e.Base().Slug}
}

// slug gives a new entity that has none one that is free in the store and in the
// request: the plain one, or else that with -2, -3 and so on.
func (r *run) slug(s *step) error {
	e, ok := s.record.(diplomacy.Entity)
	if !ok || e.Base().Slug != "" {
		return nil
	}
	if s.failed {
		s.fail([]string{"slug"}) // a consequence
		return nil
	}
	plain := plainSlug(e)
	first := store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: plain}
	for from, n := max(1, r.numbered[first]), 1; ; from, n = from+n, min(2*n, 256) {
		keys := make([]store.Key, n)
		for i := range keys {
			keys[i] = store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: numbered(plain, from+i)}
		}
		holders, err := r.w.Find(r.ctx, keys)
		if err != nil {
			return err
		}
		for i, key := range keys {
			if holders[i] == 0 && !r.reserved[key] {
				e.Base().Slug, r.reserved[key], r.numbered[first] = key.Value, true, from+i+1
				return nil
			}
		}
	}
}

func numbered(slug string, n int) string {
	if n == 1 {
		return slug
	}
	return slug + "-" + strconv.Itoa(n)
}

// roomForNumber is left behind a slug for a hyphen and a number.
const roomForNumber = 8

// plainSlug is the main name, and of an event the day on which it began, as far as
// its date tells it.
func plainSlug(e diplomacy.Entity) string {
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

// ours spells letters in Latin ones as their own countries do, where the table of
// all scripts has another sign.
var ours = strings.NewReplacer("ə", "a", "Ə", "a", "'", "", "’", "", "ʼ", "")

// hyphenated spells a text in a-z, 0-9 and single hyphens.
func hyphenated(text string) string {
	const longest = 4 * diplomacy.MaxSlug // in bytes; of what is longer no letter is kept
	ascii := strings.ToLower(unidecode.Unidecode(ours.Replace(text[:min(len(text), longest)])))
	words := strings.FieldsFunc(strings.ReplaceAll(ascii, "'", ""), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	return strings.Join(words, "-")
}
