package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"chancery/access"
)

// asker is who a stream is for. With each sign of life it is looked at again who
// that is: tokens are revoked and expire, and roles change, while streams go on.
type asker struct {
	by    access.Authenticator // nil if tokens are not looked at
	token string               // empty of who gave none: of him nothing changes
	now   atomic.Pointer[access.Principal]
}

func newAsker(by access.Authenticator, token string, p access.Principal) *asker {
	a := &asker{by: by, token: token}
	a.now.Store(&p)
	return a
}

// askerOf is who a request is of, as was found out before it came here.
func askerOf(by access.Authenticator, r *http.Request) *asker {
	token, err := access.Bearer(r)
	if err != nil {
		token = "" // it was not what let him in
	}
	return newAsker(by, token, access.Of(r.Context()))
}

// context has the asker as he is whenever it is asked for him.
func (a *asker) context(ctx context.Context) context.Context {
	return access.WithPresent(ctx, a.principal)
}

func (a *asker) principal() access.Principal { return *a.now.Load() }

// look finds out who it is of now. Who may no longer be answered is nobody from
// here on, even before his stream has ended.
func (a *asker) look(ctx context.Context) error {
	if a.by == nil || a.token == "" {
		return nil
	}
	p, err := a.by.Still(ctx, a.token, a.principal())
	if err == nil && p.Role < access.Reader {
		err = fmt.Errorf("%w any more", access.ErrNoRole)
	}
	if err != nil {
		p = access.Principal{}
	}
	a.now.Store(&p)
	return err
}

// isNoGood reports whether it is the credentials that are the matter, and not that
// they cannot be looked at.
func isNoGood(err error) bool {
	return errors.Is(err, access.ErrUnauthenticated) || errors.Is(err, access.ErrNoRole) || errors.Is(err, access.ErrMisdirected)
}
