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

// Token is what is kept of a token: everything but the secret.
type Token struct {
	ID      string    `json:"id"`   // eight hexadecimal digits, for ever this token's
	Name    string    `json:"name"` // of whom it is; no two live tokens have one name
	Role    Role      `json:"role"`
	SHA256  string    `json:"sha256"` // of the secret, in hexadecimal
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero for never
	Revoked time.Time `json:"revoked,omitzero"` // zero if it was not
}

// State is "live", "expired" or "revoked" at a time.
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

// usable says why a token is no good at a time, if it is not.
func (t Token) usable(now time.Time) error {
	switch t.State(now) {
	case "revoked":
		return unauthenticated("the token was revoked at %s; ask for another", t.Revoked.Format(time.RFC3339))
	case "expired":
		return unauthenticated("the token expired at %s; ask for another", t.Expires.Format(time.RFC3339))
	}
	return nil
}

func (t Token) principal() Principal {
	return Principal{Name: t.Name, Role: t.Role, ID: "token " + t.ID}
}

// fingerprint reads SHA256.
func (t Token) fingerprint() (fingerprint, error) {
	print, err := hex.DecodeString(t.SHA256)
	if err != nil || len(print) != len(fingerprint{}) {
		return fingerprint{}, fmt.Errorf("the sha256 of token %s is none", t.ID)
	}
	return fingerprint(print), nil
}

// maxName is how many characters the name of a principal may have.
const maxName = 100

var likeID = regexp.MustCompile(`^[0-9a-f]{8}$`)

// checkName refuses what could not be told apart in lists and logs.
func checkName(name string) error {
	switch {
	case !nameable(name):
		return fmt.Errorf("%q cannot be a name: use 1 to %d letters, digits and signs, with no space at either end", name, maxName)
	case strings.HasPrefix(name, tokenPrefix):
		return errors.New("that cannot be a name: it begins as a token does")
	case likeID.MatchString(name):
		return fmt.Errorf("%q cannot be a name: it looks like the ID of a token", name)
	}
	return nil
}

// nameable reports whether a text can stand for somebody.
func nameable(name string) bool {
	return name != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxName && name == strings.TrimSpace(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}
