package command

import (
	"embed"
	"os"
)

// completionCommand prints the completion script of a shell.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"Shell: bash, zsh or fish."`
}

// Help is shown by completion --help.
func (*completionCommand) Help() string {
	return `The script calls the program for candidates, so it always fits the installed version.

Examples:

    source <(chancery completion bash)    # in ~/.bashrc
    source <(chancery completion zsh)     # in ~/.zshrc, after compinit
    chancery completion fish | source     # in ~/.config/fish/config.fish`
}

//go:embed completion
var completions embed.FS

// Run prints the script.
func (c *completionCommand) Run() error {
	script, err := completions.ReadFile("completion/chancery." + c.Shell)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(script)
	return err
}
