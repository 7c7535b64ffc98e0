package access

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxBearer is the longest token accepted, in bytes; those of OpenID Connect providers
// have some hundreds to a few thousand.
const maxBearer = 16 << 10

// ErrInvalidRequest reports malformed credentials, or credentials in a place where they
// are not accepted; see RFC 6750, section 3.1.
var ErrInvalidRequest = errors.New("invalid credentials")

// BearerToken returns the token of a request's Authorization header, or "" if it has
// none. It fails with ErrInvalidRequest if there are several, or one in the URL: URLs
// are logged and shared.
func BearerToken(r *http.Request) (string, error) {
	if err := rejectInURL(r.URL); err != nil {
		return "", err
	}
	switch given := r.Header.Values("Authorization"); len(given) {
	case 0:
		return "", nil
	case 1:
		return ParseBearer(given[0])
	default:
		return "", because(ErrInvalidRequest, "the request has more than one Authorization header")
	}
}

// ParseBearer returns the token of an Authorization header's value.
func ParseBearer(value string) (string, error) {
	scheme, token, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", unauthenticated(`only bearer tokens are accepted, as in "Authorization: Bearer TOKEN"`)
	}
	token = strings.Trim(token, " ")
	if token == "" || len(token) > maxBearer || strings.ContainsFunc(token, isInvalidInToken) {
		return "", because(ErrInvalidRequest, "the text after Bearer is not a token")
	}
	return token, nil
}

// rejectInURL rejects the parameters in which other servers accept tokens, and this
// server's tokens in any parameter.
func rejectInURL(u *url.URL) error {
	if u.RawQuery == "" {
		return nil
	}
	for name, values := range u.Query() {
		if name == "access_token" || name == "token" || strings.HasPrefix(strings.Join(values, ""), tokenPrefix) {
			return because(ErrInvalidRequest, "tokens are not accepted in URLs, which are logged and remembered; revoke this one, and send another in the Authorization header")
		}
	}
	return nil
}

// Challenge returns the HTTP status of the response to a request that was not
// authenticated, and its WWW-Authenticate header as in RFC 6750, or "" for none. given
// is whether the request had credentials. The status is 500 for errors that are faults
// of the server.
func Challenge(err error, given bool) (status int, header string) {
	switch {
	case errors.Is(err, ErrUnauthenticated) && !given:
		return http.StatusUnauthorized, `Bearer realm="chancery"` // without a reason, as the RFC wants it
	case errors.Is(err, ErrUnauthenticated):
		return http.StatusUnauthorized, challenge("invalid_token", err)
	case errors.Is(err, ErrNoRole):
		return http.StatusForbidden, challenge("insufficient_scope", err)
	case errors.Is(err, ErrInvalidRequest):
		return http.StatusBadRequest, challenge("invalid_request", err)
	case errors.Is(err, ErrMisdirected):
		return http.StatusMisdirectedRequest, ""
	case errors.Is(err, ErrUnavailable):
		return http.StatusServiceUnavailable, ""
	default:
		return http.StatusInternalServerError, ""
	}
}

func challenge(code string, err error) string {
	return fmt.Sprintf(`Bearer realm="chancery", error="%s", error_description="%s"`, code, quotable(err.Error()))
}

// quotable replaces the characters that RFC 6750 excludes from descriptions.
func quotable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			return '\''
		case r == '\\', r < ' ', r > '~':
			return '?'
		default:
			return r
		}
	}, text)
}

// isInvalidInToken reports whether RFC 6750 excludes a character from tokens.
func isInvalidInToken(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("-._~+/=", r)
}
