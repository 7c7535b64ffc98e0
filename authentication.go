package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"chancery/access"
)

// authentication says who may reach the graph, and how they are known.
type authentication struct {
	tokensFile
	Public       bool   `xor:"readers" help:"Let anybody who reaches the address read; else only this machine may, and others with a token."`
	Private      bool   `xor:"readers" help:"Let nobody read without a token, on this machine neither; for a server behind a proxy."`
	OIDCIssuer   string `name:"oidc-issuer" and:"oidc" placeholder:"URL" help:"The OpenID Connect provider whose tokens are taken, too."`
	OIDCAudience string `name:"oidc-audience" and:"oidc" placeholder:"NAME" help:"Whom the provider's tokens must be for: the name under which it knows this server."`
	OIDCClaim    string `name:"oidc-role-claim" default:"roles" placeholder:"CLAIM" help:"The claim that holds the roles; a dot leads into an object, as in realm_access.roles (default: ${default})."`
	OIDCPrefix   string `name:"oidc-role-prefix" placeholder:"TEXT" help:"What the roles reader, editor and admin begin with there, as in chancery-editor."`
}

// readers are those who may read, in the words of the log.
type readers string

const (
	anybody     readers = "anybody"
	thisMachine readers = "this machine"
	known       readers = "whoever has a token"
)

// readersAt says who may read what is served at an address.
func (a authentication) readersAt(at net.Addr) readers {
	tcp, ok := at.(*net.TCPAddr)
	switch {
	case a.Public:
		return anybody
	case !a.Private && ok && tcp.IP.IsLoopback():
		return thisMachine
	default:
		return known
	}
}

// door is who is let in at an address, under the host that it was given by. It is
// an error if nobody could be.
func (a authentication) door(ctx context.Context, beside dataFile, host string, at net.Addr, log *slog.Logger) (*access.Door, error) {
	tokens := a.open(beside, log)
	live, err := tokens.Live()
	if err != nil {
		return nil, err
	}
	readers := a.readersAt(at)
	if readers == known && live == 0 && a.OIDCIssuer == "" {
		return nil, fmt.Errorf("nobody could ask at %s, %s; %s", at, a.why(), remedy)
	}
	door := &access.Door{Methods: []access.Method{tokens}, Anonymous: readers != known}
	if readers == thisMachine {
		door.Hosts = []string{strings.ToLower(host)}
	}
	if a.OIDCIssuer == "" {
		return door, nil
	}
	provider, err := a.provider(ctx, log)
	if err != nil {
		return nil, err
	}
	door.Methods = append(door.Methods, provider)
	return door, nil
}

const remedy = "make a token with chancery token create NAME, name a provider with --oidc-issuer, or let anybody read with --public"

func (a authentication) why() string {
	if a.Private {
		return "which is private, without a token"
	}
	return "which other machines may reach, without a token"
}

// provider is asked for its keys at once, so that the log tells of a wrong address;
// but nobody waits for it, and it may start after us.
func (a authentication) provider(ctx context.Context, log *slog.Logger) (*access.Provider, error) {
	provider, err := access.NewProvider(access.ProviderOptions{
		Issuer: a.OIDCIssuer, Audience: a.OIDCAudience,
		RoleClaim: a.OIDCClaim, RolePrefix: a.OIDCPrefix,
		Logger: log,
	})
	if err != nil {
		return nil, err
	}
	go func() {
		if err := provider.Discover(ctx); err != nil {
			log.Warn("the provider of tokens does not answer; it is asked again with the first token", "error", err)
		}
	}()
	return provider, nil
}
