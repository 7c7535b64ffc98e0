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

// Tokens are those that a file holds. Programs may change the file while others
// read it: each use looks whether it is another one by now. Its methods may be
// called by many goroutines.
type Tokens struct {
	path string
	now  func() time.Time
	log  *slog.Logger

	mu      sync.Mutex
	seen    fs.FileInfo // of the file when it was read; nil of none
	byPrint map[fingerprint]Token
}

// NewTokens uses the file of that name, which need not be there yet. now and log
// default to the time and to slog.Default.
func NewTokens(path string, now func() time.Time, log *slog.Logger) *Tokens {
	if now == nil {
		now = time.Now
	}
	return &Tokens{path: path, now: now, log: cmp.Or(log, slog.Default())}
}

// Recognizes reports whether a text means to be a token of ours.
func (t *Tokens) Recognizes(token string) bool {
	return strings.HasPrefix(token, tokenPrefix)
}

// Authenticate implements Authenticator.
func (t *Tokens) Authenticate(_ context.Context, token string) (Principal, error) {
	print, whole := readToken(token)
	if !whole {
		return Principal{}, unauthenticated("the token is misspelt, or was not copied whole")
	}
	known, err := t.current()
	if err != nil {
		t.log.Error("the tokens cannot be read, so none is accepted", "error", err)
		return Principal{}, because(ErrUnavailable, "the tokens cannot be read; it has been logged")
	}
	found, ok := known[print]
	if !ok {
		return Principal{}, unauthenticated("the token is not known here")
	}
	if err := found.usable(t.now()); err != nil {
		return Principal{}, err
	}
	return found.principal(), nil
}

// Still implements Authenticator: a stat and a look-up, as the first time.
func (t *Tokens) Still(ctx context.Context, token string, _ Principal) (Principal, error) {
	return t.Authenticate(ctx, token)
}

// Live counts the tokens that are good at present.
func (t *Tokens) Live() (int, error) {
	known, err := t.current()
	live := 0
	for _, token := range known {
		if token.usable(t.now()) == nil {
			live++
		}
	}
	return live, err
}

// Create makes a token for somebody; lifetime 0 is for ever. The secret is
// returned and kept nowhere.
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
	err = t.change(func(kept []Token) ([]Token, error) {
		for _, other := range kept {
			if other.ID == made.ID {
				return nil, fmt.Errorf("two tokens would have the ID %s; try again", made.ID)
			}
			if other.Name == name && other.usable(t.now()) == nil {
				return nil, fmt.Errorf("%q has token %s already; revoke it first, or choose another name", name, other.ID)
			}
		}
		return append(kept, made), nil
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, made, nil
}

// Revoke ends a token by its ID, the live one of a name, or one that was found
// lying about, by itself. It stays in the list.
func (t *Tokens) Revoke(which string) (ended Token, err error) {
	print, whole := readToken(which)
	meant := func(token Token) bool {
		if whole {
			return token.SHA256 == hex.EncodeToString(print[:])
		}
		return token.ID == which || token.Name == which && token.usable(t.now()) == nil
	}
	err = t.change(func(kept []Token) ([]Token, error) {
		at := slices.IndexFunc(kept, func(token Token) bool { return token.Revoked.IsZero() && meant(token) })
		switch {
		case at < 0 && t.Recognizes(which): // which is not repeated
			return nil, errors.New("there is no such token that is not revoked; see chancery token list")
		case at < 0:
			return nil, fmt.Errorf("no live token has the name or ID %q; see chancery token list", which)
		}
		kept[at].Revoked = t.now().UTC().Truncate(time.Second)
		ended = kept[at]
		return kept, nil
	})
	return ended, err
}

// List gives all tokens there ever were, in the order in which they were made.
func (t *Tokens) List() ([]Token, error) {
	kept, _, err := t.read()
	return kept, err
}
