package command

import (
	"strings"
	"testing"
)

func TestCompletionCandidates(t *testing.T) {
	for line, want := range map[string]string{
		"":                             "backup check completion export health import serve token version",
		"c":                            "check completion",
		"nothing":                      "",
		"--tls":                        "--tls-cert --tls-key",
		"serve --log":                  "--log-format --log-level",
		"serve --log-format ":          "json text",
		"serve --log-format j":         "json",
		"serve --log-format = t":       "text",
		"serve --log-format =":         "json text",
		"serve --log-format=t":         "--log-format=text",
		"--log-format ":                "json text",
		"--data ":                      "",
		"--data token ":                "backup check completion export health import serve token version",
		"--data = token ":              "backup check completion export health import serve token version",
		"--data=token ":                "backup check completion export health import serve token version",
		"--data=":                      "",
		"--read-only ":                 "backup check completion export health import serve token version",
		"serve --data graph.db --no-s": "--no-sample",
		"token ":                       "create list revoke",
		"token create Aigul --role ":   "admin editor reader",
		"completion ":                  "bash fish zsh",
		"import --d":                   "--data --dry-run",
		"import ":                      "",
		"check --no-sample":            "",
	} {
		words := strings.Split(line, " ")
		if got := strings.Join(candidates(newParser().Model.Node, words), " "); got != want {
			t.Errorf("%q: %q; want %q", line, got, want)
		}
	}
}
