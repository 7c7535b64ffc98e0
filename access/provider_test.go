package access_test

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/access"

	"github.com/oauth2-proxy/mockoidc"
)

// issuer is an OpenID Connect provider whose keys tests may change while it runs.
type issuer struct {
	*mockoidc.MockOIDC
	mu       sync.Mutex
	fetched  int // requests for its keys
	listener net.Listener
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	server, err := mockoidc.NewServer(nil)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{MockOIDC: server}
	if i.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	err = i.AddMiddleware(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			i.mu.Lock()
			defer i.mu.Unlock()
			if r.URL.Path == mockoidc.JWKSEndpoint {
				i.fetched++
			}
			next.ServeHTTP(w, r)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func (i *issuer) start(t *testing.T) {
	t.Helper()
	if err := i.Start(i.listener, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = i.Server.Close() })
}

// address returns the issuer's URL, whether it runs or not.
func (i *issuer) address() string {
	return "http://" + i.listener.Addr().String() + mockoidc.IssuerBase
}

// rotate replaces the key and returns the old one.
func (i *issuer) rotate(t *testing.T) *mockoidc.Keypair {
	t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	old := i.Keypair
	fresh, err := mockoidc.RandomKeypair(2048)
	if err != nil {
		t.Fatal(err)
	}
	i.Keypair = fresh
	return old
}

// logIn follows the authorization code flow, as a browser and an application do, and
// returns the ID token.
func (i *issuer) logIn(t *testing.T, user *mockoidc.MockUser) string {
	t.Helper()
	i.QueueUser(user)
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	back, err := browser.Get(i.AuthorizationEndpoint() + "?" + url.Values{
		"scope": {"openid profile email groups"}, "state": {"s"}, "client_id": {i.ClientID},
		"response_type": {"code"}, "redirect_uri": {"http://127.0.0.1/back"},
	}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer back.Body.Close()
	location, err := back.Location()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.PostForm(i.TokenEndpoint(), url.Values{
		"client_id": {i.ClientID}, "client_secret": {i.ClientSecret},
		"grant_type": {"authorization_code"}, "code": {location.Query().Get("code")},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var tokens struct {
		ID string `json:"id_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&tokens); err != nil || tokens.ID == "" {
		t.Fatalf("no token: %v", err)
	}
	return tokens.ID
}

type claims map[string]any

// claimed returns valid claims, with some replaced; nil leaves one out.
func (i *issuer) claimed(other claims) claims {
	good := claims{"iss": i.address(), "aud": "chancery", "sub": "u1", "exp": time.Now().Add(time.Hour).Unix(), "roles": []string{"editor"}}
	maps.Copy(good, other)
	maps.DeleteFunc(good, func(_ string, value any) bool { return value == nil })
	return good
}

// sign returns a token with the issuer's signature.
func (i *issuer) sign(t *testing.T, of claims) string { return signed(t, i.Keypair, "RS256", of) }

// signed builds a token by hand, since libraries refuse to build invalid ones.
func signed(t *testing.T, with *mockoidc.Keypair, algorithm string, of claims) string {
	t.Helper()
	kid, err := with.KeyID()
	if err != nil {
		t.Fatal(err)
	}
	part := func(of any) string {
		text, err := json.Marshal(of)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	text := part(claims{"alg": algorithm, "kid": kid, "typ": "JWT"}) + "." + part(of)
	digest := sha256.Sum256([]byte(text))
	var signature []byte
	switch algorithm {
	case "RS256":
		if signature, err = rsa.SignPKCS1v15(nil, with.PrivateKey, crypto.SHA256, digest[:]); err != nil {
			t.Fatal(err)
		}
	case "HS256": // with the public key as the shared secret
		mac := hmac.New(sha256.New, with.PublicKey.N.Bytes())
		mac.Write([]byte(text))
		signature = mac.Sum(nil)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func newProvider(t *testing.T, i *issuer, options access.ProviderOptions) *access.Provider {
	t.Helper()
	options.Issuer = i.address()
	if options.Audience == "" {
		options.Audience = "chancery"
	}
	if options.MinInterval == 0 {
		options.MinInterval = time.Nanosecond
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	p, err := access.NewProvider(options)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestIDTokenOfALoginIsAccepted(t *testing.T) {
	i := newIssuer(t)
	i.start(t)
	p := newProvider(t, i, access.ProviderOptions{Audience: i.ClientID, RoleClaim: "groups", RolePrefix: "chancery-"})
	user := mockoidc.DefaultUser()
	user.Groups = []string{"design", "chancery-reader", "chancery-editor", "admin"}
	token := i.logIn(t, user)
	if !p.Recognizes(token) || p.Recognizes(access.NewToken()) {
		t.Error("its tokens are not distinguished from those of Tokens")
	}
	wantPrincipal(t, p, token, access.Principal{Name: "jane.doe", Role: access.Editor, ID: i.address() + " 1234567890"})
}

func TestInvalidProviderTokensAreRejected(t *testing.T) {
	i := newIssuer(t)
	i.start(t)
	p := newProvider(t, i, access.ProviderOptions{})
	stranger, err := mockoidc.RandomKeypair(2048)
	if err != nil {
		t.Fatal(err)
	}
	masked := *stranger
	masked.Kid, _ = i.Keypair.KeyID()
	good := i.sign(t, i.claimed(nil))
	wantPrincipal(t, p, good, access.Principal{Name: "u1", Role: access.Editor, ID: i.address() + " u1"})
	hour := func(n int) int64 { return time.Now().Add(time.Duration(n) * time.Hour).Unix() }
	for name, test := range map[string]struct {
		token string
		is    error
		words string
	}{
		"wrong audience":    {i.sign(t, i.claimed(claims{"aud": []string{"other"}})), access.ErrUnauthenticated, `expected audience "chancery"`},
		"no audience":       {i.sign(t, i.claimed(claims{"aud": nil})), access.ErrUnauthenticated, "expected audience"},
		"wrong issuer":      {i.sign(t, i.claimed(claims{"iss": "https://other.example"})), access.ErrUnauthenticated, "different provider"},
		"expired":           {i.sign(t, i.claimed(claims{"exp": hour(-1)})), access.ErrUnauthenticated, "expired at"},
		"without expiry":    {i.sign(t, i.claimed(claims{"exp": nil})), access.ErrUnauthenticated, "no expiry"},
		"expiry as text":    {i.sign(t, i.claimed(claims{"exp": fmt.Sprint(hour(1))})), access.ErrUnauthenticated, "the claim exp of the token is a text"},
		"not yet":           {i.sign(t, i.claimed(claims{"nbf": hour(1)})), access.ErrUnauthenticated, "not before"},
		"by a stranger":     {signed(t, stranger, "RS256", i.claimed(nil)), access.ErrUnauthenticated, "has not signed"},
		"by a masked one":   {signed(t, &masked, "RS256", i.claimed(nil)), access.ErrUnauthenticated, "has not signed"},
		"unsigned":          {signed(t, i.Keypair, "none", i.claimed(nil)), access.ErrUnauthenticated, "signed with one of"},
		"with a shared key": {signed(t, i.Keypair, "HS256", i.claimed(nil)), access.ErrUnauthenticated, "signed with one of"},
		"cut":               {good[:len(good)-3], access.ErrUnauthenticated, "has not signed"},
		"changed":           {swapped(good, i.sign(t, i.claimed(claims{"roles": "admin"}))), access.ErrUnauthenticated, "has not signed"},
		"garbage":           {"a.b.c", access.ErrUnauthenticated, "signed with one of"},
		"dots":              {"..", access.ErrUnauthenticated, "signed with one of"},
		"unknown role":      {i.sign(t, i.claimed(claims{"roles": []string{"emperor"}})), access.ErrNoRole, "the claim roles of the token has none of the roles reader, editor, admin"},
		"no role":           {i.sign(t, i.claimed(claims{"roles": nil})), access.ErrNoRole, "has none of"},
		"role of a shape":   {i.sign(t, i.claimed(claims{"roles": claims{"editor": true}})), access.ErrNoRole, "has none of"},
		"nameless":          {i.sign(t, i.claimed(claims{"sub": "a\nb"})), access.ErrUnauthenticated, "no name"},
	} {
		t.Run(name, func(t *testing.T) { wantRejected(t, p, test.token, test.is, test.words) })
	}
}

// swapped returns the header and signature of one token with the claims of another.
func swapped(of, claims string) string {
	parts := strings.Split(of, ".")
	parts[1] = strings.Split(claims, ".")[1]
	return strings.Join(parts, ".")
}

func TestRolesAndNamesAreReadFromClaims(t *testing.T) {
	i := newIssuer(t)
	i.start(t)
	for _, test := range []struct {
		claim, prefix string
		claims        claims
		name          string
		role          access.Role
	}{
		{"", "", claims{"roles": "admin"}, "u1", access.Admin},
		{"", "", claims{"roles": []string{"reader", "x"}, "preferred_username": "mira", "email": "m@example.org"}, "mira", access.Reader},
		{"realm_access.roles", "", claims{"realm_access": claims{"roles": []string{"editor"}}, "email": "m@example.org"}, "m@example.org", access.Editor},
		{"https://chancery.example/roles", "", claims{"https://chancery.example/roles": []string{"editor"}, "email": "m@example.org", "email_verified": false}, "u1", access.Editor},
		{"scope", "graph:", claims{"scope": "openid graph:reader admin"}, "u1", access.Reader},
		{"a.b.c", "", claims{"a": claims{"b.c": "editor"}, "preferred_username": " "}, "u1", access.Editor},
	} {
		p := newProvider(t, i, access.ProviderOptions{RoleClaim: test.claim, RolePrefix: test.prefix})
		wantPrincipal(t, p, i.sign(t, i.claimed(test.claims)), access.Principal{Name: test.name, Role: test.role, ID: i.address() + " u1"})
	}
}

func TestKeyRotationIsFollowed(t *testing.T) {
	i := newIssuer(t)
	i.start(t)
	p := newProvider(t, i, access.ProviderOptions{})
	before := i.sign(t, i.claimed(nil))
	if _, err := p.Authenticate(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	old := i.rotate(t)
	if _, err := p.Authenticate(t.Context(), i.sign(t, i.claimed(nil))); err != nil {
		t.Errorf("signed with the new key: %v", err)
	}
	for range 100 { // go-oidc answers with new keys before it forgets the old ones
		if _, err := p.Authenticate(t.Context(), before); err != nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	wantRejected(t, p, signed(t, old, "RS256", i.claimed(nil)), access.ErrUnauthenticated, "has not signed")
}

// TestRecheckDoesNotContactTheProvider rechecks a token after the provider has stopped: it
// keeps its principal until it expires.
func TestRecheckDoesNotContactTheProvider(t *testing.T) {
	i, now := newIssuer(t), time.Now()
	i.start(t)
	p := newProvider(t, i, access.ProviderOptions{Now: func() time.Time { return now }})
	token := i.sign(t, i.claimed(nil))
	was, err := p.Authenticate(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	a := &access.TokenAuthenticator{Verifiers: []access.Verifier{p}}
	if err := i.Server.Close(); err != nil {
		t.Fatal(err)
	}
	if p, err := a.Recheck(t.Context(), token, was); p != was || err != nil {
		t.Errorf("it is %+v, %v; want %+v", p, err, was)
	}
	now = now.Add(2 * time.Hour)
	if p, err := a.Recheck(t.Context(), token, was); p != (access.Principal{}) || !errors.Is(err, access.ErrUnauthenticated) || !strings.Contains(err.Error(), "expired at") {
		t.Errorf("it is %+v, %v; want it to have expired", p, err)
	}
}

func TestConcurrentFirstTokensAreAccepted(t *testing.T) {
	i := newIssuer(t)
	i.start(t)
	p := newProvider(t, i, access.ProviderOptions{MinInterval: time.Hour})
	token := i.sign(t, i.claimed(nil))
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := p.Authenticate(t.Context(), token); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestUnknownKeysDoNotFloodTheProvider sends many tokens that no key of the provider has
// signed.
func TestUnknownKeysDoNotFloodTheProvider(t *testing.T) {
	i := newIssuer(t)
	i.start(t)
	p := newProvider(t, i, access.ProviderOptions{MinInterval: time.Hour})
	good := i.sign(t, i.claimed(nil))
	if _, err := p.Authenticate(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	stranger := i.rotate(t) // the old key is still the one in the cache
	stranger.Kid = "unheard-of"
	for range 20 {
		wantRejected(t, p, signed(t, stranger, "RS256", i.claimed(nil)), access.ErrUnauthenticated, "has not signed the token, or with a new key")
	}
	if _, err := p.Authenticate(t.Context(), good); err != nil {
		t.Errorf("a valid token is rejected meanwhile: %v", err)
	}
	if i.fetched != 1 {
		t.Errorf("the keys were fetched %d times, want once", i.fetched)
	}
}

// TestProviderOutage starts before the provider, and goes on after it has stopped.
func TestProviderOutage(t *testing.T) {
	i := newIssuer(t)
	var log bytes.Buffer
	p := newProvider(t, i, access.ProviderOptions{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	token := i.sign(t, i.claimed(nil))
	address := i.listener.Addr().String()
	if err := i.listener.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.Discover(t.Context()); err == nil {
		t.Error("Discover succeeded while the provider was down")
	}
	wantRejected(t, p, token, access.ErrUnavailable, "does not answer")

	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Skip("another process took the address:", err)
	}
	i.listener = listener
	i.start(t)
	if _, err := p.Authenticate(t.Context(), token); err != nil {
		t.Errorf("after the provider started: %v", err)
	}
	if err := i.Server.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Authenticate(t.Context(), token); err != nil {
		t.Errorf("with cached keys, the provider need not run: %v", err)
	}
	i.rotate(t)
	wantRejected(t, p, i.sign(t, i.claimed(nil)), access.ErrUnavailable, "does not answer")
	if strings.Contains(log.String(), token) || !strings.Contains(log.String(), "connection refused") {
		t.Errorf("logged: %s", &log)
	}
}

func TestInvalidProviderOptionsAreRejected(t *testing.T) {
	for issuer, audience := range map[string]string{
		"":                             "chancery",
		"login.example.org":            "chancery",
		"ftp://login.example.org":      "chancery",
		"http://login.example.org":     "chancery",
		"http://192.0.2.1/":            "chancery",
		"https://login.example.org/ok": "",
	} {
		if _, err := access.NewProvider(access.ProviderOptions{Issuer: issuer, Audience: audience}); err == nil {
			t.Errorf("issuer %q with audience %q is accepted", issuer, audience)
		}
	}
	if _, err := access.NewProvider(access.ProviderOptions{Issuer: "https://login.example.org/ok", Audience: "chancery"}); err != nil {
		t.Error(err)
	}
}

func FuzzProviderTokens(f *testing.F) {
	server, err := mockoidc.Run()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = server.Shutdown() })
	provider, err := access.NewProvider(access.ProviderOptions{Issuer: server.Issuer(), Audience: "chancery", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "..", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30.AA", `{"payload":"","signatures":[{}]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		if p, err := provider.Authenticate(t.Context(), token); err == nil {
			t.Errorf("%q is accepted as %+v", token, p)
		}
	})
}
