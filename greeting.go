package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strings"
)

// firstQuery is what the README, the greeting and the playground begin with.
//
//go:embed first.graphql
var firstQuery string

const greeting = `Chancery serves %s at %s

Open that address in a browser for the playground, or ask from here:

%s

  curl -s %sgraphql -H 'content-type: application/json' \
    -d '%s'

`

// greet says on standard output where the graph is and what to ask it.
func (c *serveCommand) greet(at net.Addr, log *slog.Logger) {
	address := webAddress(at)
	log.Info("ready", "address", address, "data", c.Data, "readOnly", c.ReadOnly)
	fmt.Printf(greeting, c.Data, address, indent(firstQuery), address, asJSON(firstQuery))
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		log.Warn("other machines may reach this address, and whoever does can read the graph; put a proxy that knows its users in front if not all may")
	}
}

// webAddress is what to type into a browser on this machine.
func webAddress(at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d/", tcp.Port)
	}
	return fmt.Sprintf("http://%s/", at)
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")
}

// asJSON is the body of a request, safe within single quotes of a shell: a
// GraphQL document has none outside of its strings and comments.
func asJSON(query string) string {
	body, _ := json.Marshal(map[string]string{"query": strings.Join(strings.Fields(query), " ")})
	return string(body)
}
