package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"chancery/exchange"
	"chancery/graph"
	"chancery/store"

	"github.com/alecthomas/kong"
)

// Exit codes, as --help explains them.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitInUse  = 3
)

// usageError is a command line that was not understood.
type usageError struct {
	command string // whose help to read
	reason  error
}

func (e usageError) Error() string {
	return fmt.Sprintf("%v; see %s --help", e.reason, e.command)
}

func notUnderstood(err error) error {
	if parse, ok := errors.AsType[*kong.ParseError](err); ok {
		command := parse.Context.Selected()
		if command == nil || command == parse.Context.Model.DefaultCmd {
			command = meant(parse.Context)
		}
		return usageError{command.FullPath(), err}
	}
	return usageError{"chancery", err}
}

// meant is whose help tells of arguments that select no command, or the default one
// without a word: that one's if they are options, all of them if there is the name of
// another, misspelt.
func meant(said *kong.Context) *kong.Node {
	if len(said.Args) == 0 || said.Args[0] == "serve" || strings.HasPrefix(said.Args[0], "-") {
		return said.Model.DefaultCmd
	}
	return said.Model.Node
}

// report writes the error, a line or several, and says which exit code it is.
func report(err error) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(os.Stderr, plain(err))
	switch {
	case errors.As(err, new(usageError)):
		return exitUsage
	case errors.Is(err, store.ErrInUse), errors.Is(err, syscall.EADDRINUSE):
		return exitInUse
	default:
		return exitFailed
	}
}

// plain words an error. The faults of files stand alone on their lines, as
// editors and other tools know them from compilers.
func plain(err error) string {
	refused, ok := errors.AsType[*exchange.Refused](err)
	untrusted, wrong := errors.AsType[*graph.TrustedError](err)
	switch {
	case wrong:
		return fmt.Sprintf("%v\nchancery: not started: %d faults in trusted documents; generate them from this build's schema, or leave the file out", untrusted, len(untrusted.Faults)+untrusted.More)
	case ok:
		return fmt.Sprintf("%v\nchancery: refused, and nothing was written: %d faults", refused, len(refused.Faults)+refused.More)
	case errors.Is(err, context.Canceled):
		return "chancery: interrupted; nothing was written"
	default:
		return fmt.Sprintf("chancery: %v", err)
	}
}
