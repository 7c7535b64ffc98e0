package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"chancery/web"
)

const greeting = `Chancery serves %s at %s

%s

%s
`

const toAsk = `Open that address in a browser for the playground, or ask from here:

%s

  curl -s %sgraphql -H 'content-type: application/json' \
    %s-d '%s'`

const toAskTrusted = `Only the documents of %s are run, by their ids:

  curl -s %sgraphql -H 'content-type: application/json' \
    %s-d '{"documentId": "ID"}'`

// whoMay says who may do what, and how one becomes one of them.
var whoMay = map[readers]string{
	anybody:     "Anybody who reaches that address may read",
	thisMachine: "Anybody on this machine may read",
	known:       "Only who has a token may read",
}

const (
	toWrite  = "; to write takes the token of an editor:\n\n  chancery token create NAME --role=editor%s\n"
	noWrites = "; nobody writes, it only reads.\n"
	bearer   = `-H "authorization: Bearer $TOKEN" `
)

// greet says on standard output where the graph is, what to ask it, and who may.
func (c *serveCommand) greet(at net.Addr, log *slog.Logger) {
	address, readers := webAddress(c.scheme(), at), c.readersAt(at)
	log.Info("ready", "address", address, "data", c.Data, "readOnly", c.ReadOnly, "readers", string(readers))
	with, may := "", whoMay[readers]+fmt.Sprintf(toWrite, c.whereTokensAre())
	if readers == known {
		with = bearer
	}
	if c.ReadOnly {
		may = whoMay[readers] + noWrites
	}
	ask := fmt.Sprintf(toAsk, indent(web.FirstQuery), address, with, asJSON(web.FirstQuery))
	if c.TrustedOnly {
		ask = fmt.Sprintf(toAskTrusted, strings.Join(c.Trusted, ", "), address, with)
	}
	fmt.Printf(greeting, c.Data, address, ask, may)
	if readers == anybody {
		log.Warn("anybody who reaches this address can read the graph, but for what is restricted")
	}
}

// whereTokensAre is what the command that makes tokens must be told for this server to
// know them.
func (c *serveCommand) whereTokensAre() string {
	where := ""
	if c.Data != "chancery.db" {
		where = " --data=" + quoted(c.Data)
	}
	if c.Tokens != "" {
		where += " --tokens=" + quoted(c.Tokens)
	}
	return where
}

// quoted is a word as shells take it.
func quoted(word string) string {
	if strings.Trim(word, shellSafe) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

const shellSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-"

// webAddress is what to type into a browser on this machine.
func webAddress(scheme string, at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("%s://localhost:%d/", scheme, tcp.Port)
	}
	return fmt.Sprintf("%s://%s/", scheme, at)
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
