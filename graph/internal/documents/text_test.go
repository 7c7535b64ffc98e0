package documents

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

func TestLoneSurrogatesAreRejectedAtTheirPosition(t *testing.T) {
	for text, at := range map[string]string{
		`{ a(b: "\uD83D\uDE00 \u00e9 \u{1F600}") }`:   "",
		`{ a(b: "\\uD83D") }`:                         "",
		"{ a # \"\\uD83D\n}":                          "",
		`{ a(b: """\uD83D \""" \uD83D""") c(d: "") }`: "",
		`{ a(b: "\uD83D") }`:                          "1:9",
		`{ a(b: "\uDE00\uD83D") }`:                    "1:9",
		`{ a(b: "\uD83D\u0041") }`:                    "1:9",
		`{ a(b: "\uD83D\uD83D\uDE00") }`:              "1:9",
		`{ a(b: "\u{D83D}\uDE00") }`:                  "1:9",
		"{ a(b: \"é\")\n  c(d: \"\"\"\"\\\"\"\"\"\"\", e: \"日本\\uDFFF\") }": "2:27",
		`{ a(b: "\uD83D`: "1:9",
		`{ a(b: "\u`:     "",
		`"""`:            "",
	} {
		got := ""
		if err := checkEscapes(text); err != nil {
			got = strings.TrimPrefix(strings.Split(err.Error(), ": ")[0], "input:")
		}
		if got != at {
			t.Errorf("%s is rejected at %q, want %q", text, got, at)
		}
	}
}

// FuzzEscapes holds that a text is rejected exactly if the lexer replaced a surrogate in
// one of its strings.
func FuzzEscapes(f *testing.F) {
	for _, seed := range []string{`{ a(b: "\uD83D\uDE00") }`, `{ a(b: "\uD83D") }`, `{ a(b: """\uD83D \""" x""", c: "\\u") } # "\uD83D`, "{ a(b: \"\\u{DE00}\") }"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.Contains(text, "\uFFFD") || strings.Contains(strings.ToLower(text), "fffd") {
			t.Skip("has what the parser writes for a lone surrogate")
		}
		tokens, ok := read(text)
		if !ok {
			return
		}
		replaced := slices.ContainsFunc(tokens, func(token lexer.Token) bool {
			return token.Kind == lexer.String && strings.Contains(token.Value, "\uFFFD")
		})
		if rejected := checkEscapes(text) != nil; rejected != replaced {
			t.Errorf("%q: rejected %t, replaced %t", text, rejected, replaced)
		}
	})
}

// read returns the tokens of a text, if they are valid.
func read(text string) (tokens []lexer.Token, ok bool) {
	l := lexer.New(&ast.Source{Input: text})
	for {
		token, err := l.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return tokens, err == nil
		}
		tokens = append(tokens, token)
	}
}
