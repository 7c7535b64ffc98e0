package access_test

import (
	"strings"
	"testing"

	"chancery/access"
)

// TestMisspeltTokensAreDetected changes each character of a token in turn.
func TestMisspeltTokensAreDetected(t *testing.T) {
	token := access.NewToken()
	if _, ok := access.ReadToken(token); !ok || !strings.HasPrefix(token, "chancery_") || len(token) != len("chancery_")+56 {
		t.Fatalf("%q", token)
	}
	for i := range token {
		for _, other := range []string{"a", "b", "7", "", "\n", "A"} {
			misspelt := token[:i] + other + token[i+1:]
			if _, ok := access.ReadToken(misspelt); ok != (misspelt == token) {
				t.Errorf("%q is read as %q", misspelt, token)
			}
		}
	}
	for _, other := range []string{"", "chancery_", token + "a", token + token, " " + token, strings.ToUpper(token)} {
		if _, ok := access.ReadToken(other); ok {
			t.Errorf("%q is read as a token", other)
		}
	}
}

func FuzzReadToken(f *testing.F) {
	for _, seed := range []string{"", "chancery_", access.NewToken(), strings.Repeat("\x00", 65)} {
		f.Add(seed)
	}
	prints := map[[32]byte]string{}
	f.Fuzz(func(t *testing.T, text string) {
		print, ok := access.ReadToken(text)
		if other, seen := prints[print]; ok && seen && other != text {
			t.Errorf("%q and %q have the same fingerprint", text, other)
		}
		if ok {
			prints[print] = text
		}
	})
}
