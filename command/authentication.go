package command

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"chancery/access"
)

// authenticationOptions are the flags for anonymous requests, tokens and OpenID Connect.
type authenticationOptions struct {
	tokensFlag
	Public       bool   `xor:"readers" help:"Allow every client to read without a token; otherwise only local requests may."`
	Private      bool   `xor:"readers" help:"Require a token for every request, also from localhost; use it on machines with several users."`
	OIDCIssuer   string `name:"oidc-issuer" and:"oidc" placeholder:"URL" help:"OpenID Connect provider whose tokens are accepted, beside those of --tokens (default: none)."`
	OIDCAudience string `name:"oidc-audience" and:"oidc" placeholder:"NAME" help:"Required audience (aud) of the provider's tokens: this server's client ID there."`
	OIDCClaim    string `name:"oidc-role-claim" default:"roles" placeholder:"CLAIM" help:"Claim with the roles; a dot leads into an object, as in realm_access.roles (default: ${default})."`
	OIDCPrefix   string `name:"oidc-role-prefix" placeholder:"TEXT" help:"Prefix of the roles reader, editor and admin in that claim, such as chancery- (default: none)."`
}

// readers is which clients may read, as logged.
type readers string

const (
	everyone      readers = "everyone"
	localhost     readers = "localhost"
	authenticated readers = "authenticated"
)

// readersAt returns which clients may read at an address.
func (a authenticationOptions) readersAt(at net.Addr) readers {
	tcp, ok := at.(*net.TCPAddr)
	switch {
	case a.Public:
		return everyone
	case !a.Private && ok && tcp.IP.IsLoopback():
		return localhost
	default:
		return authenticated
	}
}

// authenticator returns the authenticator of a server at an address, which was given by
// a host name. It fails if it would reject every request.
func (a authenticationOptions) authenticator(ctx context.Context, beside location, host string, at net.Addr, log *slog.Logger) (access.Authenticator, error) {
	tokens := a.open(beside, log)
	live, err := tokens.CountLive()
	if err != nil {
		return nil, err
	}
	readers := a.readersAt(at)
	if readers == authenticated && live == 0 && a.OIDCIssuer == "" {
		return nil, fmt.Errorf("no client could be authenticated at %s, %s; %s", at, a.reason(), remedy)
	}
	authenticator := &access.TokenAuthenticator{Verifiers: []access.Verifier{tokens}, AllowAnonymous: readers != authenticated}
	if readers == localhost {
		authenticator.AnonymousHosts = []string{strings.ToLower(host)}
	}
	if a.OIDCIssuer == "" {
		return authenticator, nil
	}
	provider, err := a.provider(ctx, log)
	if err != nil {
		return nil, err
	}
	authenticator.Verifiers = append(authenticator.Verifiers, provider)
	return authenticator, nil
}

const remedy = "create a token with chancery token create NAME, name a provider with --oidc-issuer, or allow everyone to read with --public"

func (a authenticationOptions) reason() string {
	if a.Private {
		return "where every request needs a token and there is none"
	}
	return "which other machines can reach, since there is no token"
}

// provider contacts the provider in the background, so that a wrong URL is logged at the
// start; the provider may also start later.
func (a authenticationOptions) provider(ctx context.Context, log *slog.Logger) (*access.Provider, error) {
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
			log.Warn("the OpenID Connect provider does not answer; it is contacted again with the first token", "error", err)
		}
	}()
	return provider, nil
}
