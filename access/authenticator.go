package access

import (
	"context"
	"net"
	"slices"
	"strings"
)

// Verifier is an Authenticator for the tokens of one issuer.
type Verifier interface {
	Authenticator
	// Recognizes reports whether a token has the format of the issuer's tokens.
	Recognizes(token string) bool
}

// TokenAuthenticator authenticates requests by the tokens of several issuers and may
// admit anonymous ones. The zero TokenAuthenticator rejects every request.
type TokenAuthenticator struct {
	// Verifiers are the issuers of tokens: the first that recognizes a token decides.
	Verifiers []Verifier
	// AllowAnonymous admits requests without a token as Anonymous.
	AllowAnonymous bool
	// AnonymousHosts are the host names, beside localhost and the loopback addresses,
	// under which anonymous requests are admitted; nil for all. They protect a server
	// that trusts local requests from DNS rebinding: a foreign page may point its own
	// host name to this machine and have a local browser send requests, but their
	// Host header still has that name.
	AnonymousHosts []string
}

// Authenticate implements Authenticator.
func (a *TokenAuthenticator) Authenticate(ctx context.Context, token string) (Principal, error) {
	if token == "" {
		return a.anonymous(CallerFrom(ctx))
	}
	verifier, err := a.verifier(token)
	if err != nil {
		return Principal{}, err
	}
	return verifier.Authenticate(ctx, token)
}

// Recheck implements Authenticator.
func (a *TokenAuthenticator) Recheck(ctx context.Context, token string, was Principal) (Principal, error) {
	if token == "" {
		return a.anonymous(CallerFrom(ctx))
	}
	verifier, err := a.verifier(token)
	if err != nil {
		return Principal{}, err
	}
	return verifier.Recheck(ctx, token, was)
}

func (a *TokenAuthenticator) verifier(token string) (Verifier, error) {
	for _, verifier := range a.Verifiers {
		if verifier.Recognizes(token) {
			return verifier, nil
		}
	}
	return nil, unauthenticated("the token has no format that this server accepts")
}

func (a *TokenAuthenticator) anonymous(from Caller) (Principal, error) {
	switch {
	case !a.AllowAnonymous:
		return Principal{}, unauthenticated(`a token is required, as in "Authorization: Bearer TOKEN"`)
	case a.AnonymousHosts != nil && !a.local(from.Host):
		return Principal{}, because(ErrMisdirected, "without a token this server accepts requests to localhost only, not to other host names")
	default:
		return Anonymous, nil
	}
}

// local reports whether a Host header names this machine.
func (a *TokenAuthenticator) local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(strings.ToLower(host), "[]")
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return true
	}
	return host == "localhost" || slices.Contains(a.AnonymousHosts, host)
}
