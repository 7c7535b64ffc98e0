package access

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// ProviderOptions configure which tokens of an OpenID Connect provider are accepted.
type ProviderOptions struct {
	Issuer   string // the provider's URL, as in the claim iss; https, unless it is local
	Audience string // the required audience (aud): this server's client ID at the provider
	// RoleClaim names the claim with the roles, a list or a text with spaces; a dot
	// leads into an object, as in realm_access.roles. Default: roles.
	RoleClaim string
	// RolePrefix is the prefix of this server's roles in the claim; roles without it
	// are ignored. Default: none.
	RolePrefix string
	// MinInterval is the shortest time between two requests for the provider's keys,
	// and after a failed request. Default: a second.
	MinInterval time.Duration
	// Now and Logger default to time.Now and slog.Default.
	Now    func() time.Time
	Logger *slog.Logger
}

// Provider verifies the tokens of an OpenID Connect provider: JSON Web Tokens that it
// signed for this server's audience and that have not expired. The provider may start
// after the server and change its keys. The methods may be called by many goroutines.
type Provider struct {
	options ProviderOptions

	mu     sync.Mutex  // guards the following fields
	keys   oidc.KeySet // nil until the provider was discovered
	failed time.Time   // of the last failed discovery
}

// providerTimeout is how long a provider may take to answer.
const providerTimeout = 5 * time.Second

// algorithms are the accepted signature algorithms, all of them asymmetric: neither
// "none" nor one with a shared secret.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512,
	oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA,
}

// NewProvider checks the options only; Discover or the first token contacts the
// provider.
func NewProvider(options ProviderOptions) (*Provider, error) {
	if err := checkIssuer(options.Issuer); err != nil {
		return nil, err
	}
	if options.Audience == "" {
		return nil, errors.New("the audience of the OpenID Connect provider's tokens is missing; name this server's client ID there")
	}
	options.RoleClaim = cmp.Or(options.RoleClaim, "roles")
	options.MinInterval = cmp.Or(options.MinInterval, time.Second)
	options.Logger = cmp.Or(options.Logger, slog.Default())
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Provider{options: options}, nil
}

// checkIssuer rejects URLs at which an attacker on the network could answer.
func checkIssuer(issuer string) error {
	at, err := url.Parse(issuer)
	switch {
	case err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http":
		return fmt.Errorf("%q is not the URL of an OpenID Connect provider, such as https://login.example.org/realms/ours", issuer)
	case at.Scheme == "http" && at.Hostname() != "localhost" && !net.ParseIP(at.Hostname()).IsLoopback():
		return fmt.Errorf("%s must be an https URL: over http, keys can be replaced in transit", issuer)
	}
	return nil
}

// Recognizes reports whether a token has the format of a JSON Web Token.
func (p *Provider) Recognizes(token string) bool { return strings.Count(token, ".") == 2 }

// Discover fetches the provider's configuration, unless that was done before. It may be
// called again if it fails.
func (p *Provider) Discover(ctx context.Context) error {
	_, err := p.discovered(ctx)
	return err
}

func (p *Provider) discovered(ctx context.Context) (oidc.KeySet, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.keys != nil {
		return p.keys, nil
	}
	if time.Since(p.failed) < p.options.MinInterval {
		return nil, errNoAnswer
	}
	keys, err := p.discover(context.WithoutCancel(ctx)) // other requests wait for it too
	if err != nil {
		p.failed = time.Now()
		return nil, fmt.Errorf("discover the OpenID Connect provider %s: %w", p.options.Issuer, err)
	}
	p.keys = keys
	return keys, nil
}

func (p *Provider) discover(ctx context.Context) (oidc.KeySet, error) {
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, &http.Client{Timeout: providerTimeout}), p.options.Issuer)
	if err != nil {
		return nil, err
	}
	var at struct {
		Keys string `json:"jwks_uri"`
	}
	if err := found.Claims(&at); err != nil {
		return nil, err
	}
	if err := checkIssuer(at.Keys); err != nil {
		return nil, fmt.Errorf("jwks_uri: %w", err)
	}
	client := &http.Client{Timeout: providerTimeout, Transport: &throttle{interval: p.options.MinInterval}}
	return oidc.NewRemoteKeySet(oidc.ClientContext(ctx, client), at.Keys), nil
}

// throttle is a transport that fails requests which come too soon after another: keys
// are fetched for every token that no known key has signed, and clients can make up any
// number of those.
type throttle struct {
	interval time.Duration

	mu   sync.Mutex // guards the following fields
	last time.Time
	err  error // of requests that come too soon
}

var (
	errTooSoon  = errors.New("the provider's keys were fetched a moment ago")
	errNoAnswer = errors.New("the provider did not answer a moment ago")
)

// RoundTrip implements http.RoundTripper.
func (t *throttle) RoundTrip(r *http.Request) (*http.Response, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if time.Since(t.last) < t.interval {
		return nil, t.err
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	t.last, t.err = time.Now(), errNoAnswer
	if err == nil && response.StatusCode == http.StatusOK {
		t.err = errTooSoon
	}
	return response, err
}
