package access

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// Tokens verifies and manages the tokens in a file. Several processes may use the file:
// each call reloads it if it has changed. The methods may be called by many goroutines.
type Tokens struct {
	path string
	now  func() time.Time
	log  *slog.Logger

	mu      sync.Mutex
	loaded  fs.FileInfo // the file when it was loaded; nil if it did not exist
	byPrint map[fingerprint]Token
}

// NewTokens uses a file that need not exist. A nil now is time.Now, a nil log
// slog.Default.
func NewTokens(path string, now func() time.Time, log *slog.Logger) *Tokens {
	if now == nil {
		now = time.Now
	}
	return &Tokens{path: path, now: now, log: cmp.Or(log, slog.Default())}
}

// Recognizes reports whether a token has the prefix of these tokens.
func (t *Tokens) Recognizes(token string) bool {
	return strings.HasPrefix(token, tokenPrefix)
}

// Authenticate implements Authenticator.
func (t *Tokens) Authenticate(_ context.Context, token string) (Principal, error) {
	print, whole := readToken(token)
	if !whole {
		return Principal{}, unauthenticated("the token is misspelt or incomplete")
	}
	known, err := t.current()
	if err != nil {
		t.log.Error("the file of tokens cannot be read, so no token is accepted", "error", err)
		return Principal{}, because(ErrUnavailable, "the tokens cannot be read; the reason is in the server's log")
	}
	found, ok := known[print]
	if !ok {
		return Principal{}, unauthenticated("unknown token")
	}
	if err := found.usable(t.now()); err != nil {
		return Principal{}, err
	}
	return found.principal(), nil
}

// Recheck implements Authenticator. It costs a stat and a map look-up.
func (t *Tokens) Recheck(ctx context.Context, token string, _ Principal) (Principal, error) {
	return t.Authenticate(ctx, token)
}

// CountLive returns the number of tokens that are neither expired nor revoked.
func (t *Tokens) CountLive() (int, error) {
	known, err := t.current()
	live := 0
	for _, token := range known {
		if token.usable(t.now()) == nil {
			live++
		}
	}
	return live, err
}

// Create creates a token with a name that no live token has. A lifetime of 0 is until it
// is revoked. It returns the secret, which is not stored.
func (t *Tokens) Create(name string, role Role, lifetime time.Duration) (secret string, made Token, err error) {
	if err := checkName(name); err != nil {
		return "", Token{}, err
	}
	secret = newToken()
	print, _ := readToken(secret)
	text, now := hex.EncodeToString(print[:]), t.now().UTC().Truncate(time.Second)
	made = Token{ID: text[:8], Name: name, Role: role, SHA256: text, Created: now}
	if lifetime > 0 {
		made.Expires = now.Add(lifetime)
	}
	err = t.change(t.replace, func(kept []Token) ([]Token, error) {
		for _, other := range kept {
			if other.ID == made.ID {
				return nil, fmt.Errorf("the ID %s of the new token is taken; try again", made.ID)
			}
			if other.Name == name && other.usable(t.now()) == nil {
				return nil, fmt.Errorf("%q already has token %s; revoke it first, or choose another name", name, other.ID)
			}
		}
		return append(kept, made), nil
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, made, nil
}

// Revoke revokes a token by its ID, by the name of a live one, or, for a token that
// leaked, by the token itself. It stays in the list. A full disk does not prevent it.
func (t *Tokens) Revoke(which string) (revoked Token, err error) {
	print, whole := readToken(which)
	meant := func(token Token) bool {
		if whole {
			return token.SHA256 == hex.EncodeToString(print[:])
		}
		return token.ID == which || token.Name == which && token.usable(t.now()) == nil
	}
	err = t.change(t.replaceOrOverwrite, func(kept []Token) ([]Token, error) {
		at := slices.IndexFunc(kept, func(token Token) bool { return token.Revoked.IsZero() && meant(token) })
		switch {
		case at < 0 && t.Recognizes(which): // a secret, which is not repeated
			return nil, errors.New("this token is unknown or already revoked; see chancery token list")
		case at < 0:
			return nil, fmt.Errorf("no live token has the name %[1]q, and no unrevoked one the ID %[1]q; see chancery token list", which)
		}
		kept[at].Revoked = t.now().UTC().Truncate(time.Second)
		revoked = kept[at]
		return kept, nil
	})
	return revoked, err
}

// List returns all tokens, also expired and revoked ones, in the order of creation.
func (t *Tokens) List() ([]Token, error) {
	kept, _, err := t.read()
	return kept, err
}
