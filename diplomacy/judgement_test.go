package diplomacy_test

import (
	"strings"
	"testing"

	"chancery/diplomacy"
)

func TestJudgementValidateReportsEveryProblem(t *testing.T) {
	lines := func(n int) []string { return strings.Split(strings.Repeat("because,", n-1)+"because", ",") }
	for name, test := range map[string]struct {
		judgement diplomacy.Judgement
		want      []string
	}{
		"same":          {diplomacy.Judgement{A: state, B: other, Verdict: "SAME", Reasons: lines(diplomacy.MaxReasons)}, nil},
		"empty":         {diplomacy.Judgement{}, []string{"a: is missing", "b: is missing", "verdict: is missing; one of SAME, DIFFERENT, UNSURE"}},
		"itself":        {diplomacy.Judgement{A: state, B: state, Verdict: "SAME"}, []string{"b: two different entities"}},
		"larger first":  {diplomacy.Judgement{A: other, B: state, Verdict: "SAME"}, []string{"b: the smaller id first"}},
		"unlike":        {diplomacy.Judgement{A: person, B: state, Verdict: "SAME"}, []string{"b: Person and State are never the same"}},
		"statements":    {diplomacy.Judgement{A: idOf(diplomacy.Signed, 1), B: idOf(diplomacy.Signed, 2), Verdict: "SAME"}, []string{"a: is of type Signature; Judgement allows any entity", "b: is of type Signature"}},
		"unknown kind":  {diplomacy.Judgement{A: state, B: source + 1, Verdict: "UNSURE"}, []string{"b: is of type unknown; Judgement allows any entity"}},
		"no verdict":    {diplomacy.Judgement{A: state, B: other, Verdict: "MAYBE"}, []string{`verdict: "MAYBE" is not one of SAME`}},
		"many reasons":  {diplomacy.Judgement{A: state, B: other, Verdict: "SAME", Reasons: lines(diplomacy.MaxReasons + 1)}, []string{"reasons: has 21 elements; at most 20"}},
		"long reason":   {diplomacy.Judgement{A: state, B: other, Verdict: "SAME", Reasons: []string{"a", strings.Repeat("a", diplomacy.MaxName+1)}}, []string{"reasons: has 1001 bytes"}},
		"reason breaks": {diplomacy.Judgement{A: state, B: other, Verdict: "SAME", Reasons: []string{"a\nb"}}, []string{"reasons: control character"}},
	} {
		t.Run(name, func(t *testing.T) { holdProblems(t, &test.judgement, test.want...) })
	}
}

// TestProblemsErrorListsAllProblems checks that one error has everything to correct.
func TestProblemsErrorListsAllProblems(t *testing.T) {
	e := &diplomacy.Organization{Type: "CLUB", Website: "nowhere"}
	e.Slug, e.Description = "No Slug", "\x00"
	e.Names = []diplomacy.Name{{}, {Value: "\xff", Language: "EN"}}
	e.Identifiers = []diplomacy.Identifier{{Scheme: "x"}}
	e.Founded, e.Dissolved = diplomacy.MustParseTime("2009"), diplomacy.MustParseTime("2008")
	holdProblems(t, e, "slug: want", "names[0].value: is empty", "names[1].value: UTF-8", `names[1].language: is spelled "en"`,
		"identifiers[0]: the value is empty", "description: control character", "dissolved: is before", "kind: is not one of", "website: not an http")
	if text := e.Validate().Error(); strings.Count(text, "; ") < 8 || !strings.Contains(text, "names[0].value: is empty; names[1].value: ") {
		t.Errorf("the error reads %s", text)
	}
}

func TestShortenQuotesAndTruncates(t *testing.T) {
	for text, want := range map[string]string{
		"":                               `""`,
		"a\x00\n\xff":                    `"a\x00\n\xff"`,
		strings.Repeat("é", 40):          `"` + strings.Repeat("é", 40) + `"`,
		strings.Repeat("é", 41):          `"` + strings.Repeat("é", 40) + `"…`,
		strings.Repeat("\xff", 1<<20):    `"` + strings.Repeat(`\xff`, 40) + `"…`,
		"\u202e" + "right to left":       `"\u202eright to left"`,
		"\u2028" + "another line":        `"\u2028another line"`,
		strings.Repeat("a", 39) + "\xf0": `"` + strings.Repeat("a", 39) + `\xf0"`,
	} {
		if got := diplomacy.Shorten(text); got != want {
			t.Errorf("Shorten: %s, want %s", got, want)
		}
	}
}
