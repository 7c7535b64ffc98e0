package streaming_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// served is a server with clients for streams.
type served struct{ *graphtest.Server }

func serve(t testing.TB, options graph.Options, middleware ...func(http.Handler) http.Handler) *served {
	t.Helper()
	return &served{graphtest.Serve(t, options, middleware...)}
}

func serveStore(t testing.TB, s store.Store, options graph.Options, middleware ...func(http.Handler) http.Handler) *served {
	t.Helper()
	return &served{graphtest.ServeStore(t, s, options, middleware...)}
}

// fakeAuthenticator is an authenticator with a few tokens, some of which it cannot verify.
type fakeAuthenticator struct{}

func (fakeAuthenticator) Authenticate(_ context.Context, token string) (access.Principal, error) {
	switch token {
	case "reader":
		return access.Principal{Name: token, Role: access.Reader}, nil
	case "stranger":
		return access.Principal{Name: token}, nil
	case "later":
		return access.Principal{}, fmt.Errorf("%w: ask again", access.ErrUnavailable)
	case "fault":
		return access.Principal{}, errors.New("the token file cannot be read")
	}
	return access.Principal{}, fmt.Errorf("%w: there is no such token", access.ErrUnauthenticated)
}

func (d fakeAuthenticator) Recheck(ctx context.Context, token string, _ access.Principal) (access.Principal, error) {
	return d.Authenticate(ctx, token)
}
