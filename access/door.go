package access

import (
	"context"
	"net"
	"slices"
	"strings"
)

// Method is one way to find out who a token is of.
type Method interface {
	Authenticator
	// Recognizes reports whether a token looks like one of this method.
	Recognizes(token string) bool
}

// Door is the Authenticator that a server has: it lets in who has a token, and
// perhaps who has none. The zero Door lets in nobody.
type Door struct {
	// Methods are asked for a token in their order: the first that recognizes it
	// decides.
	Methods []Method
	// Anonymous lets in, as Anonymous, who gives no token.
	Anonymous bool
	// Hosts are those under which Anonymous holds, beside localhost and the
	// loopback addresses; nil for any. It matters where being on this machine is
	// what lets one in: a page of somebody else's may rebind the name it came
	// from to this machine, and have a browser here ask for it. The caller's Host
	// then still is that name.
	Hosts []string
}

// Authenticate implements Authenticator; the context has the Caller.
func (d *Door) Authenticate(ctx context.Context, token string) (Principal, error) {
	if token == "" {
		return d.withoutToken(CallerOf(ctx))
	}
	method, err := d.method(token)
	if err != nil {
		return Principal{}, err
	}
	return method.Authenticate(ctx, token)
}

// Still implements Authenticator.
func (d *Door) Still(ctx context.Context, token string, was Principal) (Principal, error) {
	if token == "" {
		return d.withoutToken(CallerOf(ctx))
	}
	method, err := d.method(token)
	if err != nil {
		return Principal{}, err
	}
	return method.Still(ctx, token, was)
}

func (d *Door) method(token string) (Method, error) {
	for _, method := range d.Methods {
		if method.Recognizes(token) {
			return method, nil
		}
	}
	return nil, unauthenticated("it is not a token of any sort that is taken here")
}

func (d *Door) withoutToken(from Caller) (Principal, error) {
	switch {
	case !d.Anonymous:
		return Principal{}, unauthenticated(`a token is needed, as in "Authorization: Bearer TOKEN"`)
	case d.Hosts != nil && !d.serves(from.Host):
		return Principal{}, because(ErrMisdirected, "without a token this server answers to localhost only, and not to other names of this machine")
	default:
		return Anonymous, nil
	}
}

// serves reports whether a Host header names this machine.
func (d *Door) serves(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(strings.ToLower(host), "[]")
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return true
	}
	return host == "localhost" || slices.Contains(d.Hosts, host)
}
