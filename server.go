// Chancery serves a knowledge graph of diplomacy over GraphQL from one file: who
// holds which office, who met whom, where and on whose behalf, what was agreed,
// and who says so.
//
// This package is the command line and the HTTP server around the graph. It
// holds no rules: those are in diplomacy, the queries in graph, the file in
// store/bolt.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // so that a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:]))
}

// run does what the arguments ask for and returns the exit code.
func run(ctx context.Context, args []string) int {
	command, err := newParser().Parse(args)
	if err != nil {
		return report(notUnderstood(err))
	}
	command.BindTo(ctx, (*context.Context)(nil))
	return report(command.Run())
}
