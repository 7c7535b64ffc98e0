package findings_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"chancery/curation/findings"

	"github.com/google/go-cmp/cmp"
)

// TestRulesAreDocumented compares the table of docs/findings.md with Rules.
func TestRulesAreDocumented(t *testing.T) {
	const name, heading = "../../docs/findings.md", "| Rule | Severity | What is doubtful | What to do |\n| --- | --- | --- | --- |\n"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(text), heading)
	var want strings.Builder
	want.WriteString(before + heading)
	for _, rule := range findings.Rules {
		fmt.Fprintf(&want, "| `%s` | %s | %s | %s |\n", rule.Code, rule.Severity, rule.Explanation, rule.Suggestion)
	}
	if *update {
		if err := os.WriteFile(name, []byte(want.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want.String(), string(text)); diff != "" {
		t.Errorf("(-want +got; run with -update)\n%s", diff)
	}
}

func TestRulesAreComplete(t *testing.T) {
	for _, rule := range findings.Rules {
		if !findings.Severities.Has(rule.Severity) || findings.RuleByCode(rule.Code).Code != rule.Code {
			t.Errorf("%s has the severity %q, or its code is used twice", rule.Code, rule.Severity)
		}
		for _, text := range []string{rule.Explanation, rule.Suggestion} {
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q is no sentence", rule.Code, text)
			}
		}
	}
}
