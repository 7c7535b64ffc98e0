package main

import (
	"embed"
	"os"
)

// completionCommand prints what teaches a shell to complete the command line.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: bash, zsh or fish."`
}

// Help is shown by completion --help.
func (*completionCommand) Help() string {
	return `The shell then asks the program itself what may come next, so it always knows the
version that is installed.

Examples:

    source <(chancery completion bash)    # in ~/.bashrc
    source <(chancery completion zsh)     # in ~/.zshrc, behind compinit
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
