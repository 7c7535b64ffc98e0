package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"chancery/access"
)

// tokensFile is the option of all that use tokens.
type tokensFile struct {
	Tokens string `placeholder:"FILE" help:"The file that holds the tokens (default: that of the graph, with .tokens at its end)."`
}

// open looks into no file yet.
func (t tokensFile) open(beside dataFile, log *slog.Logger) *access.Tokens {
	return access.NewTokens(cmp.Or(t.Tokens, beside.Data+".tokens"), time.Now, log)
}

// tokenCommand holds what can be done with tokens.
type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Make a token for somebody, and show it once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens there are and were, without their secrets."`
	Revoke tokenRevokeCommand `cmd:"" help:"End a token, at once."`
}

// tokenCreateCommand makes a token.
type tokenCreateCommand struct {
	dataFile
	tokensFile
	Name    string      `arg:"" help:"Whose it is: a person or a program, by whom its transactions will be."`
	Role    access.Role `default:"reader" enum:"reader,editor,admin" placeholder:"ROLE" help:"What it may do: reader, editor or admin (default: ${default})."`
	Expires lifetime    `placeholder:"TIME" help:"For how long it is good, in hours, days or weeks: 12h, 30d, 8w (default: until it is revoked)."`
}

// Help is shown by token create --help.
func (*tokenCreateCommand) Help() string {
	return `A reader reads what is not restricted. An editor reads all of it and writes, in the
name of the token. An admin may also write in the name of others.

The token goes to standard output and is not kept: only its SHA-256 is, in the file of
tokens. A server that runs knows it at once. Send it with each request, in the header
"Authorization: Bearer TOKEN".

Examples:

    chancery token create "Aigul B." --role=editor --expires=30d
    TOKEN=$(chancery token create importer --role=editor)`
}

// Run shows the token on standard output, and all about it on standard error.
func (c *tokenCreateCommand) Run() error {
	secret, made, err := c.tokensFile.open(c.dataFile, nil).Create(c.Name, c.Role, time.Duration(c.Expires))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "token %s of %s, %s, %s; keep it now, it is not shown again\n", made.ID, made.Name, made.Role, until(made))
	_, err = fmt.Println(secret)
	return err
}

func until(t access.Token) string {
	if t.Expires.IsZero() {
		return "until it is revoked"
	}
	return "until " + t.Expires.Format(time.RFC3339)
}

// tokenListCommand lists tokens.
type tokenListCommand struct {
	dataFile
	tokensFile
}

// Help is shown by token list --help.
func (*tokenListCommand) Help() string {
	return `Those that expired or were revoked are listed too, so that who uses one can be told so.

Examples:

    chancery token list
    chancery token list --data=facts.db | grep live`
}

// Run lists them in the order in which they were made.
func (c *tokenListCommand) Run() error {
	all, err := c.tokensFile.open(c.dataFile, nil).List()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(os.Stderr, "there are no tokens; make one with chancery token create NAME")
		return nil
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tSTATE\tROLE\tCREATED\tEXPIRES\tNAME")
	for _, t := range all {
		expires := "never"
		if !t.Expires.IsZero() {
			expires = t.Expires.Format(time.RFC3339)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.State(time.Now()), t.Role, t.Created.Format(time.RFC3339), expires, t.Name)
	}
	return table.Flush()
}

// tokenRevokeCommand ends a token.
type tokenRevokeCommand struct {
	dataFile
	tokensFile
	Token string `arg:"" name:"name|id" help:"Which: the name of a live token, the ID of any, or one that was found lying about, itself."`
}

// Help is shown by token revoke --help.
func (*tokenRevokeCommand) Help() string {
	return `A server that runs refuses it from its next request on, and says that it was revoked.

Examples:

    chancery token revoke "Aigul B."
    chancery token revoke 5f1d3c0e`
}

// Run says which it was.
func (c *tokenRevokeCommand) Run() error {
	ended, err := c.tokensFile.open(c.dataFile, nil).Revoke(c.Token)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("revoked token %s of %s\n", ended.ID, ended.Name)
	return err
}

// lifetime is a duration in units that people give tokens in.
type lifetime time.Duration

var lifetimes = map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// UnmarshalText reads a whole number with its unit.
func (l *lifetime) UnmarshalText(text []byte) error {
	number := strings.TrimRight(string(text), "hdw")
	unit, known := lifetimes[string(text[len(number):])]
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil || !known || n == 0 {
		return fmt.Errorf("%q is not a time such as 12h, 30d or 8w", text)
	}
	if n > math.MaxInt64/uint64(unit) {
		return errors.New("that is longer than anybody lives; leave it out for a token that does not expire")
	}
	*l = lifetime(time.Duration(n) * unit)
	return nil
}
