// Package generated is the executor that gqlgen writes from schema.graphqls.
//
// It is not meant to be read; this file and subgraph.go are written by hand.
package generated
