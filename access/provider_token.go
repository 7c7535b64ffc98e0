package access

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Authenticate implements Authenticator.
func (p *Provider) Authenticate(ctx context.Context, token string) (Principal, error) {
	keys, err := p.discovered(ctx)
	if err != nil {
		return Principal{}, p.unavailable(err)
	}
	watched := &watchedKeys{KeySet: keys}
	verifier := oidc.NewVerifier(p.options.Issuer, watched, p.checks())
	if _, err := verifier.Verify(ctx, token); err != nil {
		return Principal{}, p.reason(watched, err)
	}
	return p.principal(watched.payload)
}

// Still implements Authenticator. What a signed token says does not change, but
// for the time running out; nor does its signature, whatever becomes of the key.
func (p *Provider) Still(ctx context.Context, token string, was Principal) (Principal, error) {
	checks := p.checks()
	checks.InsecureSkipSignatureCheck = true // it was checked when the token was accepted
	if _, err := oidc.NewVerifier(p.options.Issuer, nil, checks).Verify(ctx, token); err != nil {
		return Principal{}, flaw(err)
	}
	return was, nil
}

// checks are what a token must pass beside that of its signature.
func (p *Provider) checks() *oidc.Config {
	return &oidc.Config{ClientID: p.options.Audience, SupportedSigningAlgs: algorithms, Now: p.options.Now}
}

// watchedKeys remembers how checking the signature of one token went, of which
// the verifier's own error tells too little.
type watchedKeys struct {
	oidc.KeySet
	payload []byte // of a token that the provider has signed
	err     error
}

// VerifySignature implements oidc.KeySet.
func (w *watchedKeys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	w.payload, w.err = w.KeySet.VerifySignature(ctx, token)
	if errors.Is(w.err, errTooSoon) { // others have fetched keys while this one looked among the old
		w.payload, w.err = w.KeySet.VerifySignature(ctx, token)
	}
	return w.payload, w.err
}

// reason is what may be told of a token that was not accepted. What it says of
// itself is told only if the provider has signed it.
func (p *Provider) reason(keys *watchedKeys, err error) error {
	switch {
	case errors.Is(keys.err, errTooSoon):
		return unauthenticated("the provider has not signed the token, or only just; try again in a moment")
	case keys.err != nil && strings.HasPrefix(keys.err.Error(), "fetching keys"):
		return p.unavailable(keys.err)
	case keys.err != nil:
		return unauthenticated("the provider has not signed the token")
	case keys.payload == nil:
		return unauthenticated("the token is no JSON Web Token signed with one of %s", strings.Join(algorithms, ", "))
	default:
		return flaw(err)
	}
}

// flaw is what is wrong with the claims of a token that the provider has signed.
func flaw(err error) error {
	expired, isExpired := errors.AsType[*oidc.TokenExpiredError](err)
	switch {
	case isExpired && expired.Expiry.IsZero():
		return unauthenticated("the token does not say until when it holds")
	case isExpired:
		return unauthenticated("the token expired at %s", expired.Expiry.UTC().Format(time.RFC3339))
	default:
		return unauthenticated("%.300s", strings.TrimPrefix(err.Error(), "oidc: "))
	}
}

func (p *Provider) unavailable(err error) error {
	if !errors.Is(err, errNoAnswer) {
		p.options.Logger.Warn("the provider of tokens does not answer", "issuer", p.options.Issuer, "error", err)
	}
	return because(ErrUnavailable, "the provider of tokens does not answer; try again in a moment")
}

// principal is who the claims of an accepted token speak of.
func (p *Provider) principal(payload []byte) (Principal, error) {
	var claims map[string]any
	if err := json.Unmarshal(payload, &claims); err != nil {
		return Principal{}, unauthenticated("the token holds no claims")
	}
	role := p.role(claims)
	if role == Nobody {
		return Principal{}, because(ErrNoRole, "the claim %s of the token has none of %s", p.options.RoleClaim, p.roles())
	}
	subject, _ := claims["sub"].(string)
	name := nameIn(claims)
	if name == "" {
		return Principal{}, unauthenticated("the token does not say of whom it is: it has no preferred_username, email or sub that is a name")
	}
	return Principal{Name: name, Role: role, ID: p.options.Issuer + " " + subject}, nil
}

func (p *Provider) roles() string {
	var names []string
	for role := Reader; role <= Admin; role++ {
		names = append(names, p.options.RolePrefix+role.String())
	}
	return strings.Join(names, ", ")
}

// role is the highest that the claims give.
func (p *Provider) role(claims map[string]any) Role {
	highest := Nobody
	for _, name := range textsOf(claimAt(claims, p.options.RoleClaim)) {
		if own, ok := strings.CutPrefix(name, p.options.RolePrefix); ok {
			if role, err := ParseRole(own); err == nil {
				highest = max(highest, role)
			}
		}
	}
	return highest
}

// claimAt is the claim of that name, or else the one to which its dots lead: some
// providers have claims whose names are addresses.
func claimAt(claims map[string]any, path string) any {
	if claim, ok := claims[path]; ok {
		return claim
	}
	name, rest, deeper := strings.Cut(path, ".")
	if inner, ok := claims[name].(map[string]any); ok && deeper {
		return claimAt(inner, rest)
	}
	return nil
}

// textsOf reads a list of texts, or one with spaces between.
func textsOf(claim any) (texts []string) {
	switch claim := claim.(type) {
	case string:
		return strings.Fields(claim)
	case []any:
		for _, element := range claim {
			if text, ok := element.(string); ok {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// nameIn is the first of the usual claims that can be a name; an address only if
// the provider does not say that nobody has looked whose it is.
func nameIn(claims map[string]any) string {
	from := []string{"preferred_username", "email", "sub"}
	if verified, told := claims["email_verified"].(bool); told && !verified {
		from = slices.Delete(from, 1, 2)
	}
	for _, claim := range from {
		if name, _ := claims[claim].(string); nameable(name) {
			return name
		}
	}
	return ""
}
