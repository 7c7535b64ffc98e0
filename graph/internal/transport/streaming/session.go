package streaming

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"chancery/access"
)

// session is the principal of a stream. Its token is verified again with each keep-alive,
// since tokens are revoked and expire, and roles change, while streams are open.
type session struct {
	authenticator access.Authenticator // nil: tokens are ignored
	token         string               // empty for anonymous sessions, which never change
	current       atomic.Pointer[access.Principal]
}

func newSession(authenticator access.Authenticator, token string, p access.Principal) *session {
	s := &session{authenticator: authenticator, token: token}
	s.current.Store(&p)
	return s
}

// sessionOf returns the session of a request that was authenticated before.
func sessionOf(authenticator access.Authenticator, r *http.Request) *session {
	token, err := access.BearerToken(r)
	if err != nil {
		token = "" // the request was authenticated by other means
	}
	return newSession(authenticator, token, access.PrincipalFrom(r.Context()))
}

// context returns a context whose principal is always the session's current one.
func (s *session) context(ctx context.Context) context.Context {
	return access.WithPrincipalFunc(ctx, s.principal)
}

func (s *session) principal() access.Principal { return *s.current.Load() }

// refresh verifies the token again. Once it is rejected the principal has no role, even
// before the stream has ended.
func (s *session) refresh(ctx context.Context) error {
	if s.authenticator == nil || s.token == "" {
		return nil
	}
	p, err := s.authenticator.Recheck(ctx, s.token, s.principal())
	if err == nil && p.Role < access.Reader {
		err = fmt.Errorf("%w any more", access.ErrNoRole)
	}
	if err != nil {
		p = access.Principal{}
	}
	s.current.Store(&p)
	return err
}

// isRejection reports whether an error means that the token is not accepted, rather than
// that it cannot be verified now.
func isRejection(err error) bool {
	return errors.Is(err, access.ErrUnauthenticated) || errors.Is(err, access.ErrNoRole) || errors.Is(err, access.ErrMisdirected)
}
