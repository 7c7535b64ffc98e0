// Package command is the command line of the program: a file for each command, and in
// open.go the choice of the storage engine.
package command

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the grammar of the command line.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the graph over HTTP; the default command."`
	Import  importCommand  `cmd:"" help:"Import files into the graph, as one transaction."`
	Export  exportCommand  `cmd:"" help:"Export the whole graph to a file."`
	Backup  backupCommand  `cmd:"" help:"Copy a graph, also of a running server."`
	Check   checkCommand   `cmd:"" help:"Check the whole file and list inconsistencies."`
	Token   tokenCommand   `cmd:"" help:"Create, list and revoke tokens, with which clients authenticate."`
	Health  healthCommand  `cmd:"" help:"Check whether a running server is ready."`
	Version versionCommand `cmd:"" help:"Print the version of this build."`

	Complete   completeCommand   `cmd:"" hidden:"" passthrough:"" help:"Print the candidates for the last word; called by shells."`
	Completion completionCommand `cmd:"" help:"Print the completion script of a shell."`
}

const description = `Chancery serves a knowledge graph of diplomacy over GraphQL, from one file.

Exit codes:
  0  success
  1  failure, or check found inconsistencies; the reason is on standard error
  2  invalid command line
  3  the file or the address is in use; try again later

Examples:
  chancery                          serve chancery.db, with sample data if it is new
  chancery import facts.ndjson      add a file of facts
  chancery export facts.ndjson      write everything to a file, as text
  chancery backup copy.db           copy the file; --server copies from a running server
  chancery token create "Aigul B."  create a token for a client on another machine`

func newParser(options ...kong.Option) *kong.Kong {
	return kong.Must(new(commands), append([]kong.Option{
		kong.Name("chancery"),
		kong.Description(description),
		kong.DefaultEnvars("CHANCERY"),
		kong.ConfigureHelp(kong.HelpOptions{NoExpandSubcommands: true, WrapUpperBound: 90, NoAppDescFormat: true}),
	}, options...)...)
}

// Run executes the command that the arguments name, and returns the exit code. The
// release is the version of this build; empty for that of its commit. SIGINT and SIGTERM
// stop the command, and a second one ends the program.
func Run(version string, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	command, err := newParser().Parse(args)
	if err != nil {
		return report(usageErrorOf(err))
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(release(version))
	return report(command.Run())
}
