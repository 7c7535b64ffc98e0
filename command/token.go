package command

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

// tokensFlag is the option of all commands that use tokens.
type tokensFlag struct {
	Tokens string `placeholder:"FILE" help:"File with the tokens (default: the name of --data with .tokens appended)."`
}

// open does not read the file yet.
func (t tokensFlag) open(beside location, log *slog.Logger) *access.Tokens {
	return access.NewTokens(cmp.Or(t.Tokens, string(beside)+".tokens"), time.Now, log)
}

// tokenCommand groups the commands on tokens.
type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Create a token and print it once."`
	List   tokenListCommand   `cmd:"" help:"List all tokens, also expired and revoked ones, without their secrets."`
	Revoke tokenRevokeCommand `cmd:"" help:"Revoke a token, at once."`
}

// tokenCreateCommand creates a token.
type tokenCreateCommand struct {
	dataFlag
	tokensFlag
	Name    string      `arg:"" help:"Name of the person or program that uses it; the author of its transactions."`
	Role    access.Role `default:"reader" enum:"reader,editor,admin" placeholder:"ROLE" help:"Role: reader, editor or admin (default: ${default})."`
	Expires lifetime    `placeholder:"TIME" help:"Lifetime in hours, days or weeks, such as 12h, 30d or 8w (default: until it is revoked)."`
}

// Help is shown by token create --help.
func (*tokenCreateCommand) Help() string {
	return `A reader reads what is not restricted. An editor reads everything and writes, with the
token's name as the author. An admin may also write in the name of other authors, and
back up the graph.

The token is printed on standard output and not stored: the file of tokens has its
SHA-256 only. A running server accepts it at once. Send it with each request in the
header "Authorization: Bearer TOKEN".

Examples:

    chancery token create "Aigul B." --role=editor --expires=30d
    TOKEN=$(chancery token create importer --role=editor)`
}

// Run prints the token on standard output, and its description on standard error.
func (c *tokenCreateCommand) Run() error {
	secret, made, err := c.tokensFlag.open(c.Data, nil).Create(c.Name, c.Role, time.Duration(c.Expires))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "token %s of %s, %s, %s; store it now, it is not shown again\n", made.ID, made.Name, made.Role, until(made))
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
	dataFlag
	tokensFlag
}

// Help is shown by token list --help.
func (*tokenListCommand) Help() string {
	return `Expired and revoked tokens stay in the list, so that their users can be told why they are
rejected.

Examples:

    chancery token list
    chancery token list --data=facts.db | grep live`
}

// Run lists the tokens in the order of creation.
func (c *tokenListCommand) Run() error {
	all, err := c.tokensFlag.open(c.Data, nil).List()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(os.Stderr, "there are no tokens; create one with chancery token create NAME")
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

// tokenRevokeCommand revokes a token.
type tokenRevokeCommand struct {
	dataFlag
	tokensFlag
	Token string `arg:"" name:"name|id" help:"Name of a live token, ID of any, or the token itself, for one that leaked."`
}

// Help is shown by token revoke --help.
func (*tokenRevokeCommand) Help() string {
	return `A running server rejects it from its next request on, and says that it was revoked.

Examples:

    chancery token revoke "Aigul B."
    chancery token revoke 5f1d3c0e`
}

// Run prints which token was revoked.
func (c *tokenRevokeCommand) Run() error {
	revoked, err := c.tokensFlag.open(c.Data, nil).Revoke(c.Token)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("revoked token %s of %s\n", revoked.ID, revoked.Name)
	return err
}

// lifetime is a duration in hours, days or weeks.
type lifetime time.Duration

var lifetimes = map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// UnmarshalText reads a whole number with its unit.
func (l *lifetime) UnmarshalText(text []byte) error {
	number := strings.TrimRight(string(text), "hdw")
	unit, known := lifetimes[string(text[len(number):])]
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil || !known || n == 0 {
		return fmt.Errorf("%q is not a lifetime such as 12h, 30d or 8w", text)
	}
	if n > math.MaxInt64/uint64(unit) {
		return errors.New("the lifetime is too long; omit it for a token that does not expire")
	}
	*l = lifetime(time.Duration(n) * unit)
	return nil
}
