// Package e2e tests the program from outside: it starts it, or the whole server in
// front of a graph, and does what operators, clients, proxies and attackers do. The
// scripts in testdata/script are the best beginning for a reader.
package e2e
