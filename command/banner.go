package command

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"chancery/web"
)

const banner = `Chancery serves %s at %s

%s

%s
`

const queryHint = `Open that address in a browser for the playground, or query it here:

%s

  curl -s %sgraphql -H 'content-type: application/json' \
    %s-d '%s'`

const trustedHint = `Only the documents of %s run, by their ids:

  curl -s %sgraphql -H 'content-type: application/json' \
    %s-d '{"documentId": "ID"}'`

var readersHint = map[readers]string{
	everyone:      "Every client that reaches that address may read",
	localhost:     "Local clients may read",
	authenticated: "Reading needs a token",
}

const (
	toWrite  = "; writing needs the token of an editor:\n\n  chancery token create NAME --role=editor%s\n"
	noWrites = "; writing is disabled (--read-only).\n"
	bearer   = `-H "authorization: Bearer $TOKEN" `
)

// printBanner prints the server's address, a first query, and which clients may read and
// write.
func (c *serveCommand) printBanner(at net.Addr, log *slog.Logger) {
	address, readers := webAddress(c.scheme(), at), c.readersAt(at)
	log.Info("ready", "address", address, "data", c.Data, "readOnly", c.ReadOnly, "readers", string(readers))
	with, may := "", readersHint[readers]+fmt.Sprintf(toWrite, c.tokenFlags())
	if readers == authenticated {
		with = bearer
	}
	if c.ReadOnly {
		may = readersHint[readers] + noWrites
	}
	ask := fmt.Sprintf(queryHint, indent(web.FirstQuery), address, with, asJSON(web.FirstQuery))
	if c.TrustedOnly {
		ask = fmt.Sprintf(trustedHint, strings.Join(c.Trusted, ", "), address, with)
	}
	fmt.Printf(banner, c.Data, address, ask, may)
	if readers == everyone {
		log.Warn("every client that reaches this address can read the graph, except restricted records")
	}
}

// tokenFlags returns the flags with which chancery token writes to this server's file.
func (c *serveCommand) tokenFlags() string {
	where := ""
	if c.Data != "chancery.db" {
		where = " --data=" + quoted(string(c.Data))
	}
	if c.Tokens != "" {
		where += " --tokens=" + quoted(c.Tokens)
	}
	return where
}

// quoted quotes a word for shells.
func quoted(word string) string {
	if strings.Trim(word, shellSafe) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

const shellSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-"

// webAddress returns the URL for a browser on this machine.
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

// asJSON returns the body of a request, safe within single quotes of a shell: a
// GraphQL document has none outside of its strings and comments.
func asJSON(query string) string {
	body, _ := json.Marshal(map[string]string{"query": strings.Join(strings.Fields(query), " ")})
	return string(body)
}
