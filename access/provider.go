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

// ProviderOptions say which tokens of an OpenID Connect provider are taken, and
// how.
type ProviderOptions struct {
	Issuer   string // the provider, as its tokens name it; https, unless it is on this machine
	Audience string // whom its tokens must be for: us
	// RoleClaim names the claim that holds the roles, as a list or a text with
	// spaces; a dot leads into an object. Default: roles.
	RoleClaim string
	// RolePrefix is what our roles begin with there; others' are passed over.
	RolePrefix string
	// Pause is how long after asking the provider for its keys, or in vain for
	// anything, it is not asked again. Default: a second.
	Pause time.Duration
	// Now and Logger default to the time and to slog.Default.
	Now    func() time.Time
	Logger *slog.Logger
}

// Provider knows the tokens of an OpenID Connect provider: JSON Web Tokens that
// it signed, for us, and that hold now. It may start after we do, and change its
// keys. Its methods may be called by many goroutines.
type Provider struct {
	options ProviderOptions

	mu     sync.Mutex  // guards what follows
	keys   oidc.KeySet // nil until the provider has told where they are
	failed time.Time   // when it last did not
}

// patience is how long a provider may take to answer.
const patience = 5 * time.Second

// algorithms are those with which only the provider can sign. Neither "none" is
// among them nor what is signed with a secret that we would have to share.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512,
	oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA,
}

// NewProvider only looks at the options; Discover or the first token asks the
// provider.
func NewProvider(options ProviderOptions) (*Provider, error) {
	if err := checkIssuer(options.Issuer); err != nil {
		return nil, err
	}
	if options.Audience == "" {
		return nil, errors.New("an OpenID Connect provider gives tokens for many; say which audience is us")
	}
	options.RoleClaim = cmp.Or(options.RoleClaim, "roles")
	options.Pause = cmp.Or(options.Pause, time.Second)
	options.Logger = cmp.Or(options.Logger, slog.Default())
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Provider{options: options}, nil
}

// checkIssuer refuses to ask for keys where others may answer.
func checkIssuer(issuer string) error {
	at, err := url.Parse(issuer)
	switch {
	case err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http":
		return fmt.Errorf("%q is no address of a provider; one is https://login.example.org/realms/ours", issuer)
	case at.Scheme == "http" && at.Hostname() != "localhost" && !net.ParseIP(at.Hostname()).IsLoopback():
		return fmt.Errorf("%s must be reached over https: over http anybody on the way can put keys of his own in", issuer)
	}
	return nil
}

// Recognizes reports whether a text is of the shape of a JSON Web Token.
func (p *Provider) Recognizes(token string) bool { return strings.Count(token, ".") == 2 }

// Discover asks the provider where its keys are, unless that is known. It may be
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
	if time.Since(p.failed) < p.options.Pause {
		return nil, errNoAnswer
	}
	keys, err := p.discover(context.WithoutCancel(ctx)) // it is for others, too, who wait
	if err != nil {
		p.failed = time.Now()
		return nil, fmt.Errorf("ask the provider %s where its keys are: %w", p.options.Issuer, err)
	}
	p.keys = keys
	return keys, nil
}

func (p *Provider) discover(ctx context.Context) (oidc.KeySet, error) {
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, &http.Client{Timeout: patience}), p.options.Issuer)
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
		return nil, fmt.Errorf("where it has its keys: %w", err)
	}
	sparing := &http.Client{Timeout: patience, Transport: &sparing{pause: p.options.Pause}}
	return oidc.NewRemoteKeySet(oidc.ClientContext(ctx, sparing), at.Keys), nil
}

// sparing is a transport that does not ask again at once: keys are fetched anew
// for every token that no known key has signed, and anybody can make such ones
// up.
type sparing struct {
	pause time.Duration

	mu   sync.Mutex // guards what follows
	last time.Time
	err  error // what it is answered that asks too soon
}

var (
	errTooSoon  = errors.New("it was asked a moment ago, and answered")
	errNoAnswer = errors.New("it was asked a moment ago, in vain")
)

// RoundTrip implements http.RoundTripper.
func (s *sparing) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.last) < s.pause {
		return nil, s.err
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	s.last, s.err = time.Now(), errNoAnswer
	if err == nil && answer.StatusCode == http.StatusOK {
		s.err = errTooSoon
	}
	return answer, err
}
