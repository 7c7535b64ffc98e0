package command

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
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitInUse  = 3
)

// usageError is an invalid command line.
type usageError struct {
	command string // whose help describes the valid ones
	reason  error
}

func (e usageError) Error() string {
	return fmt.Sprintf("%v; see %s --help", e.reason, e.command)
}

func usageErrorOf(err error) error {
	if parse, ok := errors.AsType[*kong.ParseError](err); ok {
		command := parse.Context.Selected()
		if command == nil || command == parse.Context.Model.DefaultCmd {
			command = intended(parse.Context)
		}
		return usageError{command.FullPath(), err}
	}
	return usageError{"chancery", err}
}

// intended returns the command whose help fits arguments that select no command: the
// default command for options, the program for the misspelt name of a command.
func intended(said *kong.Context) *kong.Node {
	if len(said.Args) == 0 || said.Args[0] == "serve" || strings.HasPrefix(said.Args[0], "-") {
		return said.Model.DefaultCmd
	}
	return said.Model.Node
}

// report prints the error and returns the exit code.
func report(err error) int {
	if err == nil {
		return exitOK
	}
	fmt.Fprintln(os.Stderr, errorText(err))
	switch {
	case errors.As(err, new(usageError)):
		return exitUsage
	case errors.Is(err, store.ErrInUse), errors.Is(err, syscall.EADDRINUSE):
		return exitInUse
	default:
		return exitFailed
	}
}

// errorText returns the text of an error. Problems in files are lines of their own, in the
// format of compilers, which editors understand.
func errorText(err error) string {
	refused, ok := errors.AsType[*exchange.Refused](err)
	untrusted, wrong := errors.AsType[*graph.ManifestError](err)
	switch {
	case wrong:
		return fmt.Sprintf("%v\nchancery: not started: %d problems in trusted documents; generate them from this build's schema, or omit the file", untrusted, len(untrusted.Problems)+untrusted.More)
	case ok:
		return fmt.Sprintf("%v\nchancery: rejected, nothing was written: %d problems", refused, len(refused.Faults)+refused.More)
	case errors.Is(err, context.Canceled):
		return "chancery: interrupted; nothing was written"
	default:
		return fmt.Sprintf("chancery: %v", err)
	}
}
