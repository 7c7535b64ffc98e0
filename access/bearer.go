package access

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxBearer is the most characters of a token; those of providers have some
// hundreds to a few thousand.
const maxBearer = 16 << 10

// ErrRequest: credentials were given in a way that is not taken; see RFC 6750,
// section 3.1.
var ErrRequest = errors.New("credentials not understood")

// Bearer is the token of a request's Authorization header; empty if there is
// none. A request that gives one twice, or in its address, is ErrRequest:
// addresses end up in logs, histories and other people's clipboards.
func Bearer(r *http.Request) (string, error) {
	if err := noneInAddress(r.URL); err != nil {
		return "", err
	}
	switch given := r.Header.Values("Authorization"); len(given) {
	case 0:
		return "", nil
	case 1:
		return ParseBearer(given[0])
	default:
		return "", because(ErrRequest, "there is more than one Authorization header")
	}
}

// ParseBearer is the token of an Authorization header's value.
func ParseBearer(value string) (string, error) {
	scheme, token, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", unauthenticated(`only bearer tokens are taken, as in "Authorization: Bearer TOKEN"`)
	}
	token = strings.Trim(token, " ")
	if token == "" || len(token) > maxBearer || strings.ContainsFunc(token, notOfBearer) {
		return "", because(ErrRequest, "what follows Bearer is no token")
	}
	return token, nil
}

// noneInAddress refuses the names under which others take tokens, and ours under
// any name.
func noneInAddress(address *url.URL) error {
	if address.RawQuery == "" {
		return nil
	}
	for name, values := range address.Query() {
		if name == "access_token" || name == "token" || strings.HasPrefix(strings.Join(values, ""), tokenPrefix) {
			return because(ErrRequest, "tokens do not belong into addresses, which are logged and remembered; revoke it, and send the next in an Authorization header")
		}
	}
	return nil
}

// Challenge is what an answer to a request without good credentials says of
// them: its status and, unless it is empty, its WWW-Authenticate header, as RFC
// 6750 has it. Of an error that is a fault of ours the status is 500.
func Challenge(err error, given bool) (status int, header string) {
	switch {
	case errors.Is(err, ErrUnauthenticated) && !given:
		return http.StatusUnauthorized, `Bearer realm="chancery"` // without a reason, as the RFC wants it
	case errors.Is(err, ErrUnauthenticated):
		return http.StatusUnauthorized, challenge("invalid_token", err)
	case errors.Is(err, ErrNoRole):
		return http.StatusForbidden, challenge("insufficient_scope", err)
	case errors.Is(err, ErrRequest):
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

// quotable leaves of a text what RFC 6750 lets a description have.
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

// notOfBearer says which letters RFC 6750 leaves out of tokens.
func notOfBearer(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("-._~+/=", r)
}
