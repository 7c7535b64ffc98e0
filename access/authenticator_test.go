package access_test

import (
	"context"
	"errors"
	"testing"

	"chancery/access"
)

// by is a verifier of tokens that begin with its own name and a dot.
type by string

func (b by) Recognizes(token string) bool {
	return len(token) > len(b) && token[:len(b)+1] == string(b)+"."
}

func (b by) Authenticate(_ context.Context, token string) (access.Principal, error) {
	if token != string(b)+".good" {
		return access.Principal{}, access.ErrUnauthenticated
	}
	return access.Principal{Name: string(b), Role: access.Editor}, nil
}

func (b by) Recheck(ctx context.Context, token string, _ access.Principal) (access.Principal, error) {
	return b.Authenticate(ctx, token)
}

func TestFirstVerifierThatRecognizesATokenDecides(t *testing.T) {
	for _, anonymous := range []bool{false, true} {
		a := &access.TokenAuthenticator{Verifiers: []access.Verifier{by("a"), by("b")}, AllowAnonymous: anonymous}
		for token, want := range map[string]string{"a.good": "a", "b.good": "b"} {
			wantPrincipal(t, a, token, access.Principal{Name: want, Role: access.Editor})
		}
		for _, bad := range []string{"a.bad", "b.bad", "c.good", "good", " "} {
			wantRejected(t, a, bad, access.ErrUnauthenticated, "") // even where anonymous requests are admitted
		}
	}
}

func TestAnonymousRequestsAreAdmittedForTheirHostOnly(t *testing.T) {
	loopback := []string{"desk.local"}
	for _, test := range []struct {
		authenticator access.TokenAuthenticator
		host          string
		err           error
	}{
		{access.TokenAuthenticator{}, "localhost", access.ErrUnauthenticated},
		{access.TokenAuthenticator{AllowAnonymous: true}, "attacker.example", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "localhost:8080", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "LocalHost", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "127.0.0.1:9", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "127.3.2.1", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "[::1]:8080", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "[::1]", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "desk.local:8080", nil},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "attacker.example:8080", access.ErrMisdirected},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "localhost.attacker.example", access.ErrMisdirected},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "127.0.0.1.attacker.example", access.ErrMisdirected},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "192.0.2.1:8080", access.ErrMisdirected},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: loopback}, "0.0.0.0:8080", access.ErrMisdirected},
		{access.TokenAuthenticator{AllowAnonymous: true, AnonymousHosts: []string{}}, "", access.ErrMisdirected},
	} {
		ctx := access.WithCaller(t.Context(), access.Caller{Host: test.host})
		p, err := test.authenticator.Authenticate(ctx, "")
		if !errors.Is(err, test.err) || err == nil && p != access.Anonymous {
			t.Errorf("%+v, at %q: %+v, %v; want %v", test.authenticator, test.host, p, err, test.err)
		}
	}
}
