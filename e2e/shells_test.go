package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestShellsComplete completes command lines in each shell with its completion script.
func TestShellsComplete(t *testing.T) {
	home := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(home, "chancery")); err != nil { // which runs it as the program
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "facts.ndjson"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for shell, script := range map[string]string{
		"bash": `source <(chancery completion bash)
			completed() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chancery; echo "${COMPREPLY[*]}"; }
			completed chancery tok; completed chancery --log-format = j; completed "~/chancery" hea; completed \$NOWHERE/chancery hea`,
		"fish": `chancery completion fish | source
			complete -C "chancery tok"; complete -C "chancery --log-format=j"; complete -C "chancery import fac"; complete -C "chancery serve --data=fac"
			complete -C "chancery import ~/fac"; complete -C "~/chancery hea"; complete -C "nowhere/chancery hea"`,
		"zsh": `zmodload zsh/zpty
			until_there() { repeat 100 { [[ -s $1 ]] && break; sleep 0.1 }; cat $1 }
			zpty it zsh -f -i
			zpty -w it "autoload -U compinit; compinit -u -D; source <(chancery completion zsh); echo ready > ready"
			until_there ready
			zpty -w -n it $'chancery comple\tfi\t> script\n'
			until_there script | cut -d" " -f 1-6 | head -1
			zpty -w -n it $'chancery import fac\t --da\t new.db --dry-run > /dev/null && echo read > end\n'
			until_there end`,
	} {
		want := map[string]string{
			"bash": "token json health health", "fish": "token --log-format=json facts.ndjson --data=facts.ndjson ~/facts.ndjson health health",
			"zsh": "ready # Completion of chancery for fish: read",
		}[shell]
		t.Run(shell, func(t *testing.T) {
			path, err := exec.LookPath(shell)
			if err != nil {
				t.Skipf("%s is not installed", shell)
			}
			command := exec.CommandContext(t.Context(), path, "-c", script)
			command.Dir, command.Env = home, append(os.Environ(), "HOME="+home, "PATH="+home+":"+os.Getenv("PATH"))
			command.Stderr = t.Output()
			out, err := command.Output()
			if got := strings.Join(strings.Fields(string(out)), " "); err != nil || got != want {
				t.Errorf("%v: completed %q; want %q", err, got, want)
			}
		})
	}
}
