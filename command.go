package main

import (
	"github.com/alecthomas/kong"
)

// commands is the command line: what it can do, each with its options.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the graph over HTTP; the default command."`
	Import  importCommand  `cmd:"" help:"Read files into the graph, all of them or nothing."`
	Export  exportCommand  `cmd:"" help:"Write the whole graph to a file."`
	Check   checkCommand   `cmd:"" help:"Read everything and list what contradicts itself."`
	Token   tokenCommand   `cmd:"" help:"Make, list and revoke the tokens by which people and programs are known."`
	Health  healthCommand  `cmd:"" help:"Ask a server that runs whether it is ready."`
	Version versionCommand `cmd:"" help:"Print which build this is."`

	Complete   completeCommand   `cmd:"" hidden:"" passthrough:"" help:"Print what may come next; for the shells."`
	Completion completionCommand `cmd:"" help:"Print what teaches a shell to complete this command line."`
}

const description = `Chancery serves a knowledge graph of diplomacy over GraphQL, from one file.

Exit codes:
  0  done
  1  failed, or something was found; the reason is on standard error
  2  the command line was not understood
  3  the file or the address is in use; it may work later

Examples:
  chancery                          serve chancery.db, with sample data if it is new
  chancery import facts.ndjson      add a file of facts
  chancery export backup.ndjson     write everything to a file
  chancery token create "Aigul B."  let somebody in who is not on this machine`

func newParser(options ...kong.Option) *kong.Kong {
	return kong.Must(new(commands), append([]kong.Option{
		kong.Name("chancery"),
		kong.Description(description),
		kong.DefaultEnvars("CHANCERY"),
		kong.ConfigureHelp(kong.HelpOptions{NoExpandSubcommands: true, WrapUpperBound: 90, NoAppDescFormat: true}),
	}, options...)...)
}
