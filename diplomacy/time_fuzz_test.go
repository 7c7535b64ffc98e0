package diplomacy_test

import (
	"regexp"
	"testing"
	"unicode/utf8"

	"chancery/diplomacy"
)

func FuzzParseTime(f *testing.F) {
	for _, r := range table(f) {
		f.Add(r.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := diplomacy.ParseTime(text)
		if err != nil {
			checkRefusal(t, text, err)
			return
		}
		if parsed.String() != text {
			t.Errorf("%q became %q", text, parsed)
		}
		checkSound(t, parsed)
	})
}

// spelling is a grammar of what is read, which knows nothing of what days there
// are, and lets X into intervals.
var spelling = func() *regexp.Regexp {
	const (
		month = `(-(\d\d|XX)|-\d\d-(\d\d|XX)|-XX-XX)?`
		date  = `-?(\d{4}` + month + `|\d{3}X|\d\dXX)[?~%]?`
		clock = `-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d(:\d\d)?)?`
		dated = `(` + date + `|` + clock + `)`
	)
	return regexp.MustCompile(`^(|` + dated + `|` + dated + `/(` + dated + `|\.\.)?|(\.\.)?/` + dated + `)$`)
}()

// checkSound checks the properties of every time.
func checkSound(t interface{ Errorf(string, ...any) }, parsed diplomacy.Time) {
	if again, err := diplomacy.ParseTime(parsed.String()); err != nil || again != parsed {
		t.Errorf("%q is not read again: %v", parsed, err)
	}
	if !spelling.MatchString(parsed.String()) {
		t.Errorf("%q is no EDTF", parsed)
	}
	s := parsed.Span()
	if s.StartMin > s.StartMax || s.EndMin > s.EndMax || s.StartMin >= s.EndMax {
		t.Errorf("%q bounds %v", parsed, s)
	}
	if s.StartMin == s.StartMax && s.StartMin != diplomacy.Past || s.EndMin == s.EndMax && s.EndMax != diplomacy.Future {
		t.Errorf("%q leaves no room: %v", parsed, s)
	}
	if w := parsed.Window(); w.From != s.StartMin || w.To != s.EndMax {
		t.Errorf("%q has the window %v", parsed, w)
	}
}

func checkRefusal(t *testing.T, text string, err error) {
	found := timeError(err)
	if found == nil {
		t.Fatalf("%q is refused with %T", text, err)
	}
	if found.Text != text || found.Pos < 1 || found.Pos > len(text)+1 || found.Reason == "" {
		t.Errorf("%q is refused as %+v", text, *found)
	}
	if !utf8.ValidString(found.Error()) {
		t.Errorf("%q is refused with %q", text, found)
	}
}
