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
	recorded := &recordedKeys{KeySet: keys}
	verifier := oidc.NewVerifier(p.options.Issuer, recorded, p.checks())
	if _, err := verifier.Verify(ctx, token); err != nil {
		return Principal{}, p.reason(recorded, err)
	}
	return p.principal(recorded.payload)
}

// Recheck implements Authenticator. The claims of a signed token do not change, so that
// only its expiry is checked again.
func (p *Provider) Recheck(ctx context.Context, token string, was Principal) (Principal, error) {
	checks := p.checks()
	checks.InsecureSkipSignatureCheck = true // it was checked when the token was accepted
	if _, err := oidc.NewVerifier(p.options.Issuer, nil, checks).Verify(ctx, token); err != nil {
		return Principal{}, claimsError(err)
	}
	return was, nil
}

// checks returns what a token must satisfy apart from its signature.
func (p *Provider) checks() *oidc.Config {
	return &oidc.Config{ClientID: p.options.Audience, SupportedSigningAlgs: algorithms, Now: p.options.Now}
}

// recordedKeys records the result of checking one token's signature, which the
// verifier's error does not include.
type recordedKeys struct {
	oidc.KeySet
	payload []byte // of a token that the provider has signed
	err     error
}

// VerifySignature implements oidc.KeySet.
func (r *recordedKeys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	r.payload, r.err = r.KeySet.VerifySignature(ctx, token)
	if errors.Is(r.err, errTooSoon) { // another request fetched new keys meanwhile
		r.payload, r.err = r.KeySet.VerifySignature(ctx, token)
	}
	return r.payload, r.err
}

// reason returns the error that a client may see. It mentions claims only of tokens that
// the provider has signed.
func (p *Provider) reason(keys *recordedKeys, err error) error {
	switch {
	case errors.Is(keys.err, errTooSoon):
		return unauthenticated("the provider has not signed the token, or with a new key; try again in a moment")
	case keys.err != nil && strings.HasPrefix(keys.err.Error(), "fetching keys"):
		return p.unavailable(keys.err)
	case keys.err != nil:
		return unauthenticated("the provider has not signed the token")
	case keys.payload == nil:
		return unauthenticated("the token is not a JSON Web Token signed with one of %s", strings.Join(algorithms, ", "))
	default:
		return claimsError(err)
	}
}

// claimsError returns the error of invalid claims in a token that the provider has signed.
func claimsError(err error) error {
	expired, isExpired := errors.AsType[*oidc.TokenExpiredError](err)
	switch {
	case isExpired && expired.Expiry.IsZero():
		return unauthenticated("the token has no expiry (exp)")
	case isExpired:
		return unauthenticated("the token expired at %s", expired.Expiry.UTC().Format(time.RFC3339))
	default:
		return unauthenticated("%.300s", strings.TrimPrefix(err.Error(), "oidc: "))
	}
}

func (p *Provider) unavailable(err error) error {
	if !errors.Is(err, errNoAnswer) {
		p.options.Logger.Warn("the OpenID Connect provider does not answer", "issuer", p.options.Issuer, "error", err)
	}
	return because(ErrUnavailable, "the OpenID Connect provider does not answer; try again in a moment")
}

// principal returns the principal that the claims of a verified token describe.
func (p *Provider) principal(payload []byte) (Principal, error) {
	var claims map[string]any
	if err := json.Unmarshal(payload, &claims); err != nil {
		return Principal{}, unauthenticated("the token has no claims")
	}
	for _, claim := range []string{"exp", "nbf", "iat"} {
		if _, isText := claims[claim].(string); isText {
			return Principal{}, unauthenticated("the claim %s of the token is a text, not a number", claim)
		}
	}
	role := p.role(claims)
	if role == NoRole {
		return Principal{}, because(ErrNoRole, "the claim %s of the token has none of the roles %s", p.options.RoleClaim, p.roles())
	}
	subject, _ := claims["sub"].(string)
	name := nameIn(claims)
	if name == "" {
		return Principal{}, unauthenticated("the token has no name: none of preferred_username, email and sub can be one")
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

// role returns the highest role in the claims.
func (p *Provider) role(claims map[string]any) Role {
	highest := NoRole
	for _, name := range textsOf(claimAt(claims, p.options.RoleClaim)) {
		if own, ok := strings.CutPrefix(name, p.options.RolePrefix); ok {
			if role, err := ParseRole(own); err == nil {
				highest = max(highest, role)
			}
		}
	}
	return highest
}

// claimAt returns the claim of that name, or else the one at that path: the names of some
// providers' claims are URLs, which have dots too.
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

// textsOf reads a list of texts, or a text with spaces.
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

// nameIn returns the first of the usual claims that can be a name; an email address
// unless the provider reports it as unverified.
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
