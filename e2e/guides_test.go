package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// stepPattern matches a block of shell commands in a guide, and their output if the guide
// shows it.
var stepPattern = regexp.MustCompile("(?s)```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?")

// TestCommandsOfGuidesWork runs the shell commands of the guides to caching and persisted
// documents against a server with the sample.
func TestCommandsOfGuidesWork(t *testing.T) {
	for _, program := range []string{"bash", "curl", "sha256sum"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	for _, guide := range []string{"caching.md", "persisted.md"} {
		t.Run(guide, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../docs", guide))
			if err != nil {
				t.Fatal(err)
			}
			steps := stepPattern.FindAllStringSubmatch(string(text), -1)
			if len(steps) == 0 {
				t.Fatal("the guide has no commands")
			}
			script := ""
			for _, step := range steps {
				script += step[1] + "\necho; echo '===='\n"
			}
			shell := exec.CommandContext(t.Context(), "bash", "-c", strings.ReplaceAll(script, "127.0.0.1:8080", startProgram(t).address))
			out, err := shell.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			for i, part := range strings.Split(strings.TrimSuffix(string(out), "====\n"), "====\n") {
				got := strings.TrimSpace(strings.ReplaceAll(part, "\r", ""))
				if want := strings.TrimSpace(steps[i][2]); got != want {
					t.Errorf("%s\nprints\n%s\nwant\n%s", steps[i][1], got, want)
				}
			}
		})
	}
}
