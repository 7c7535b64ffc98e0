package command

import (
	"fmt"
	"log/slog"
	"os"

	"chancery/telemetry"
)

// logOptions are the flags for the log.
type logOptions struct {
	LogFormat string `enum:"text,json" default:"text" placeholder:"FORMAT" help:"Format of the log: text or json (default: ${default})."`
	LogLevel  level  `default:"info" placeholder:"LEVEL" help:"Lowest level to log: debug, info, warn or error; debug includes the probes (default: ${default})."`
}

// logger writes to standard error.
func (o logOptions) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.Level(o.LogLevel)}
	if o.LogFormat == "json" {
		return slog.New(telemetry.WithTraceID(slog.NewJSONHandler(os.Stderr, options)))
	}
	return slog.New(telemetry.WithTraceID(slog.NewTextHandler(os.Stderr, options)))
}

// level is a slog.Level that is read from the command line.
type level slog.Level

// UnmarshalText reads the name of a level, in upper or lower case.
func (l *level) UnmarshalText(text []byte) error {
	if (*slog.Level)(l).UnmarshalText(text) != nil {
		return fmt.Errorf("unknown level %q; want debug, info, warn or error", text)
	}
	return nil
}
