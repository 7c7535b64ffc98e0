// Package telemetry lets whoever runs a server see how it does: metrics for
// Prometheus, traces for OpenTelemetry, and a line in the log for each operation that
// was slow.
//
// A Telemetry stands around the executor, as an extension of gqlgen, and around the
// store, as a decorator. What it tells of an operation is its name, its type, the
// SHA-256 of its document, who asked by which program, and how it went: never the
// document, a variable or an error's words, any of which may hold what is private.
// Of the store it tells calls and how much they were asked for, never ids.
//
// Names come from clients, who may make up as many as they like. The first so many
// are told apart, all others are counted as one.
package telemetry
