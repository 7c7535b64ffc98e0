// Chancery serves a knowledge graph of diplomacy over GraphQL from one file: who
// holds which office, who met whom, where and on whose behalf, what was agreed,
// and who says so.
//
// This package only starts the program: the command line is in command, the HTTP
// server in server, the queries in graph, the storage engine in store/bolt.
package main

import (
	"os"

	"chancery/command"
)

// release is set by builds from sources without their git history, as the
// Dockerfile does: go build -ldflags="-X main.release=v1.2.3".
var release string

func main() { os.Exit(command.Run(release, os.Args[1:])) }
