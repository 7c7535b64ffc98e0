// Package generated is the executor that gqlgen writes from schema.graphqls.
//
// It is not meant to be read; this file alone is written by hand.
package generated
