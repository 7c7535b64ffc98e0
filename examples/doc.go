// Package examples contains example clients of the API in four languages, and the tests
// that run them. Each folder is self-contained and may be copied.
package examples
