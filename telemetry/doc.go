// Package telemetry shows operators how a server performs: metrics for Prometheus, traces
// for OpenTelemetry, and a log line for each slow operation.
//
// A Telemetry is an extension of gqlgen's executor, and a decorator of the store. It
// records an operation's name and type, the SHA-256 of its document, the principal, the
// client's name, and the outcome, but never the document, a variable or an error's text,
// which may be private. Of calls of the store it records their size, never ids.
//
// Clients choose the names of operations and of themselves. The first names get labels of
// their own, up to a limit; all later ones share one.
package telemetry
