package access_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/access"
)

// newTokens uses a file that does not exist yet, with a clock that tests set.
func newTokens(t *testing.T) (tokens *access.Tokens, path string, now *time.Time, log *bytes.Buffer) {
	t.Helper()
	path, log = filepath.Join(t.TempDir(), "graph.db.tokens"), new(bytes.Buffer)
	time := noon
	now = &time
	return sharing(path, now, log), path, now, log
}

func sharing(path string, now *time.Time, log *bytes.Buffer) *access.Tokens {
	return access.NewTokens(path, func() time.Time { return *now }, slog.New(slog.NewTextHandler(log, nil)))
}

func create(t *testing.T, tokens *access.Tokens, name string, role access.Role, lifetime time.Duration) (string, access.Token) {
	t.Helper()
	secret, made, err := tokens.Create(name, role, lifetime)
	if err != nil {
		t.Fatal(err)
	}
	return secret, made
}

// wantRejected fails unless a token is rejected with an error that contains the words.
func wantRejected(t *testing.T, by access.Authenticator, token string, is error, words string) {
	t.Helper()
	if p, err := by.Authenticate(t.Context(), token); !errors.Is(err, is) || !strings.Contains(err.Error(), words) || p != (access.Principal{}) {
		t.Errorf("authenticated as %+v, error %v; want %v: %s", p, err, is, words)
	}
}

func wantPrincipal(t *testing.T, by access.Authenticator, token string, want access.Principal) {
	t.Helper()
	if p, err := by.Authenticate(t.Context(), token); err != nil || p != want {
		t.Errorf("authenticated as %+v, error %v; want %+v", p, err, want)
	}
}

func TestTokensLiveUntilTheyExpireOrAreRevoked(t *testing.T) {
	server, path, now, log := newTokens(t)
	desk := sharing(path, now, log) // another process with the same file
	wantRejected(t, server, access.NewToken(), access.ErrUnauthenticated, "unknown token")
	wantRejected(t, server, access.NewToken()+"a", access.ErrUnauthenticated, "misspelt")

	secret, made := create(t, desk, "Aigul B.", access.Editor, 48*time.Hour)
	wantPrincipal(t, server, secret, access.Principal{Name: "Aigul B.", Role: access.Editor, ID: "token " + made.ID})
	forever, _ := create(t, desk, "robot", access.Reader, 0)
	if live, err := server.CountLive(); live != 2 || err != nil {
		t.Errorf("%d live tokens, %v", live, err)
	}

	*now = now.Add(48 * time.Hour)
	wantRejected(t, server, secret, access.ErrUnauthenticated, "expired at 2026-11-04T12:00:00Z")
	if _, err := desk.Revoke("robot"); err != nil {
		t.Fatal(err)
	}
	wantRejected(t, server, forever, access.ErrUnauthenticated, "revoked at 2026-11-04T12:00:00Z")
	if live, err := server.CountLive(); live != 0 || err != nil {
		t.Errorf("%d live tokens, %v", live, err)
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", log)
	}
}

func TestNamesAreUniqueAmongLiveTokens(t *testing.T) {
	tokens, _, now, _ := newTokens(t)
	_, first := create(t, tokens, "desk", access.Reader, time.Hour)
	if _, _, err := tokens.Create("desk", access.Admin, 0); err == nil || !strings.Contains(err.Error(), first.ID) {
		t.Errorf("a second token of the name: %v", err)
	}
	*now = now.Add(time.Hour)
	_, second := create(t, tokens, "desk", access.Reader, 0)
	if ended, err := tokens.Revoke("desk"); err != nil || ended.ID != second.ID {
		t.Errorf("revoked %+v, %v; want the live one, %s", ended, err, second.ID)
	}
	create(t, tokens, "desk", access.Reader, 0)
	if ended, err := tokens.Revoke(first.ID); err != nil || ended.ID != first.ID {
		t.Errorf("revoked %+v, %v; want the expired one, by its ID", ended, err)
	}
	leaked, _ := create(t, tokens, "leak", access.Reader, 0)
	if ended, err := tokens.Revoke(leaked); err != nil || ended.Name != "leak" {
		t.Errorf("revoked %+v, %v; want the one whose secret was given", ended, err)
	}
	if _, err := tokens.Revoke(leaked); err == nil || strings.Contains(err.Error(), leaked) {
		t.Errorf("again: %v", err)
	}
	for _, unknown := range []string{first.ID, "no such name", "", leaked + "a"} {
		if _, err := tokens.Revoke(unknown); err == nil {
			t.Errorf("revoked %q", unknown)
		}
	}
	if all, err := tokens.List(); err != nil || len(all) != 4 {
		t.Errorf("%d tokens in the list, %v; want all that were created", len(all), err)
	}
}

func TestAmbiguousNamesAreRejected(t *testing.T) {
	tokens, path, _, _ := newTokens(t)
	for _, name := range []string{"", " ", "desk ", "a\nb", "a\x1b[2Jb", "a\u202eb", "0badcafe", access.NewToken(), "\xff", strings.Repeat("x", 101)} {
		if _, _, err := tokens.Create(name, access.Reader, 0); err == nil {
			t.Errorf("%q is accepted as a name", name)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was written")
	}
}

func TestTokensFileIsPrivateAndHasNoSecrets(t *testing.T) {
	tokens, path, _, log := newTokens(t)
	secret, _ := create(t, tokens, "desk", access.Reader, 0)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len("chancery_"); i+8 <= len(secret); i++ {
		if bytes.Contains(text, []byte(secret[i:i+8])) {
			t.Fatalf("the file contains %q of the secret", secret[i:i+8])
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	other := access.NewTokens(path, clock, slog.New(slog.NewTextHandler(log, nil)))
	for range 3 {
		wantPrincipal(t, other, secret, access.Principal{Name: "desk", Role: access.Reader, ID: idOf(t, other)})
	}
	if strings.Count(log.String(), "chmod 600") != 1 {
		t.Errorf("logged: %s", log)
	}
}

func idOf(t *testing.T, tokens *access.Tokens) string {
	t.Helper()
	all, err := tokens.List()
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return "token " + all[0].ID
}

// TestUnreadableTokensFileRejectsEveryToken corrupts the file in several ways while it is
// used.
func TestUnreadableTokensFileRejectsEveryToken(t *testing.T) {
	tokens, path, _, log := newTokens(t)
	secret, _ := create(t, tokens, "desk", access.Editor, 0)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, bad := range []string{"", "[]", "{", `{"version":2,"tokens":[]}`, strings.Replace(string(good), "editor", "emperor", 1), strings.Replace(string(good), `"sha256": "`, `"sha256": "00`, 1)} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		wantRejected(t, tokens, secret, access.ErrUnavailable, "the reason is in the server's log")
		if strings.Count(log.String(), "\n") != i+1 || strings.Contains(log.String(), secret) {
			t.Errorf("logged: %s", log)
		}
		if _, _, err := tokens.Create("other", access.Reader, 0); err == nil && i < 5 {
			t.Errorf("a token was added to %q", bad)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tokens.Authenticate(t.Context(), secret); err != nil {
		t.Errorf("after the file was restored: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantRejected(t, tokens, secret, access.ErrUnauthenticated, "unknown token")
}

// TestConcurrentCreatesLoseNoToken creates tokens while a server reads them.
func TestConcurrentCreatesLoseNoToken(t *testing.T) {
	server, path, now, _ := newTokens(t)
	const writers, each = 4, 8
	var all sync.WaitGroup
	for w := range writers {
		desk := sharing(path, now, new(bytes.Buffer))
		all.Go(func() {
			for i := range each {
				secret, _, err := desk.Create(fmt.Sprintf("desk %d-%d", w, i), access.Reader, 0)
				if err != nil {
					t.Error(err)
				} else if _, err := server.Authenticate(t.Context(), secret); err != nil {
					t.Errorf("the server rejects a token that was just created: %v", err)
				}
			}
		})
	}
	all.Wait()
	if live, err := server.CountLive(); live != writers*each || err != nil {
		t.Errorf("%d of %d tokens were kept, %v", live, writers*each, err)
	}
	rest, err := filepath.Glob(path + ".*.part")
	if err != nil || len(rest) > 0 {
		t.Errorf("temporary files remain: %v, %v", rest, err)
	}
}

func TestTokensFileFormatIsStable(t *testing.T) {
	tokens, path, _, _ := newTokens(t)
	_, made := create(t, tokens, "desk", access.Admin, time.Hour)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`{"version":1,"tokens":[{"id":"%s","name":"desk","role":"admin","sha256":"%s","created":"2026-11-02T12:00:00Z","expires":"2026-11-02T13:00:00Z"}]}`, made.ID, made.SHA256)
	if compact.String() != want {
		t.Errorf("got  %s\nwant %s", &compact, want)
	}
}

func BenchmarkAuthenticate(b *testing.B) {
	tokens := access.NewTokens(filepath.Join(b.TempDir(), "tokens"), clock, nil)
	secret, _, err := tokens.Create("desk", access.Reader, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tokens.Authenticate(b.Context(), secret); err != nil {
			b.Fatal(err)
		}
	}
}
