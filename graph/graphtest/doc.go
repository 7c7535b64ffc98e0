// Package graphtest serves graphs to tests: stores, handlers, HTTP servers, requests
// and responses. Its folders hold black-box tests of package graph by subject.
package graphtest
