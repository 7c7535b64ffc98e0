package access

import (
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Token is the stored description of a token, without its secret.
type Token struct {
	ID      string    `json:"id"`   // eight hexadecimal digits, never reused
	Name    string    `json:"name"` // of its owner; unique among live tokens
	Role    Role      `json:"role"`
	SHA256  string    `json:"sha256"` // of the secret, in hexadecimal
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero for never
	Revoked time.Time `json:"revoked,omitzero"` // zero if it was not
}

// State returns "live", "expired" or "revoked".
func (t Token) State(now time.Time) string {
	switch {
	case !t.Revoked.IsZero():
		return "revoked"
	case !t.Expires.IsZero() && !now.Before(t.Expires):
		return "expired"
	default:
		return "live"
	}
}

// usable returns an error that clients may see if the token has expired or was revoked.
func (t Token) usable(now time.Time) error {
	switch t.State(now) {
	case "revoked":
		return unauthenticated("the token was revoked at %s; ask for a new one", t.Revoked.Format(time.RFC3339))
	case "expired":
		return unauthenticated("the token expired at %s; ask for a new one", t.Expires.Format(time.RFC3339))
	}
	return nil
}

func (t Token) principal() Principal {
	return Principal{Name: t.Name, Role: t.Role, ID: "token " + t.ID}
}

// fingerprint decodes SHA256.
func (t Token) fingerprint() (fingerprint, error) {
	print, err := hex.DecodeString(t.SHA256)
	if err != nil || len(print) != len(fingerprint{}) {
		return fingerprint{}, fmt.Errorf("token %s: invalid SHA-256", t.ID)
	}
	return fingerprint(print), nil
}

// maxName is the longest name of a principal, in characters.
const maxName = 100

var likeID = regexp.MustCompile(`^[0-9a-f]{8}$`)

// checkName rejects names that are ambiguous in lists and logs.
func checkName(name string) error {
	switch {
	case !nameable(name):
		return fmt.Errorf("%q cannot be a name: use 1 to %d printable characters, without space at either end", name, maxName)
	case strings.HasPrefix(name, tokenPrefix):
		return errors.New("a name cannot begin with " + tokenPrefix + ", as tokens do")
	case likeID.MatchString(name):
		return fmt.Errorf("%q cannot be a name: it looks like the ID of a token", name)
	}
	return nil
}

// nameable reports whether a text can be the name of a principal.
func nameable(name string) bool {
	return name != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxName && name == strings.TrimSpace(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}
