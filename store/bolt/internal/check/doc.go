// Package check looks for contradictions in a file. It takes the records for true,
// computes from them what every other bucket must hold, now and in the past, and
// reports what differs.
//
// It imports mvcc, to read the buckets, layout for the entries that records call for,
// and corrupt for damage; not overlay or query, so that it does not repeat their
// mistakes.
package check
