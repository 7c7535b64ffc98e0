package command

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"chancery/access"
	"chancery/server"

	"github.com/oauth2-proxy/mockoidc"
)

// TestTokensOfProviderAndOfFileAreAccepted starts a server with both.
func TestTokensOfProviderAndOfFileAreAccepted(t *testing.T) {
	provider, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = provider.Shutdown() }()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	options := authenticationOptions{Private: true, OIDCIssuer: provider.Issuer(), OIDCAudience: provider.ClientID, OIDCClaim: "groups"}
	data := location(filepath.Join(t.TempDir(), "graph.db"))
	authenticator, err := options.authenticator(t.Context(), data, "127.0.0.1", listener.Addr(), logger)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(listener, server.Options{Authenticator: authenticator, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Ready(server.Graph{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := access.PrincipalFrom(r.Context())
		fmt.Fprintf(w, "%s is %s", p.Name, p.Role)
	})})
	ours, _, err := options.open(data, nil).Create("desk", access.Admin, 0)
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String() + "/graphql"
	for token, want := range map[string]string{
		ours:                                "desk is admin",
		idToken(t, provider, "admin"):       "jane.doe is admin",
		idToken(t, provider, "x", "reader"): "jane.doe is reader",
		idToken(t, provider, "x"):           `"code":"FORBIDDEN"`,
		idToken(t, provider, "admin") + "A": "the provider has not signed the token",
	} {
		if _, text := send(t, http.MethodPost, url, "{}", "Authorization", "Bearer "+token); !strings.Contains(text, want) {
			t.Errorf("%s; want %s", text, want)
		}
	}
	if status, text := send(t, http.MethodPost, url, "{}"); status != http.StatusUnauthorized {
		t.Errorf("without a token: status %d, %s", status, text)
	}
}

// idToken is what a provider gives to a person of some groups.
func idToken(t *testing.T, by *mockoidc.MockOIDC, groups ...string) string {
	t.Helper()
	user := mockoidc.DefaultUser()
	user.Groups = groups
	session, err := by.SessionStore.NewSession("openid profile groups", "", user, "", "")
	if err != nil {
		t.Fatal(err)
	}
	token, err := session.IDToken(by.Config(), by.Keypair, by.Now())
	if err != nil {
		t.Fatal(err)
	}
	return token
}
