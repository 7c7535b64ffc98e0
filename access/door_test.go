package access_test

import (
	"context"
	"errors"
	"testing"

	"chancery/access"
)

// by is a method that takes tokens with its own name before a dot.
type by string

func (b by) Recognizes(token string) bool {
	return len(token) > len(b) && token[:len(b)+1] == string(b)+"."
}

func (b by) Authenticate(_ context.Context, token string) (access.Principal, error) {
	if token != string(b)+".good" {
		return access.Principal{}, access.ErrUnauthenticated
	}
	return access.Principal{Name: string(b), Role: access.Editor}, nil
}

func (b by) Still(ctx context.Context, token string, _ access.Principal) (access.Principal, error) {
	return b.Authenticate(ctx, token)
}

func TestTheDoorAsksTheMethodThatRecognizes(t *testing.T) {
	for _, anonymous := range []bool{false, true} {
		door := &access.Door{Methods: []access.Method{by("a"), by("b")}, Anonymous: anonymous}
		for token, want := range map[string]string{"a.good": "a", "b.good": "b"} {
			wantPrincipal(t, door, token, access.Principal{Name: want, Role: access.Editor})
		}
		for _, bad := range []string{"a.bad", "b.bad", "c.good", "good", " "} {
			wantRefused(t, door, bad, access.ErrUnauthenticated, "") // and never taken for nobody's
		}
	}
}

func TestWhoComesWithoutAToken(t *testing.T) {
	loopback := []string{"desk.local"}
	for _, test := range []struct {
		door access.Door
		host string
		is   error
	}{
		{access.Door{}, "localhost", access.ErrUnauthenticated},
		{access.Door{Anonymous: true}, "attacker.example", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "localhost:8080", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "LocalHost", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "127.0.0.1:9", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "127.3.2.1", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "[::1]:8080", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "[::1]", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "desk.local:8080", nil},
		{access.Door{Anonymous: true, Hosts: loopback}, "attacker.example:8080", access.ErrMisdirected},
		{access.Door{Anonymous: true, Hosts: loopback}, "localhost.attacker.example", access.ErrMisdirected},
		{access.Door{Anonymous: true, Hosts: loopback}, "127.0.0.1.attacker.example", access.ErrMisdirected},
		{access.Door{Anonymous: true, Hosts: loopback}, "192.0.2.1:8080", access.ErrMisdirected},
		{access.Door{Anonymous: true, Hosts: loopback}, "0.0.0.0:8080", access.ErrMisdirected},
		{access.Door{Anonymous: true, Hosts: []string{}}, "", access.ErrMisdirected},
	} {
		ctx := access.WithCaller(t.Context(), access.Caller{Host: test.host})
		p, err := test.door.Authenticate(ctx, "")
		if !errors.Is(err, test.is) || err == nil && p != access.Anonymous {
			t.Errorf("%+v, at %q: %+v, %v; want %v", test.door, test.host, p, err, test.is)
		}
	}
}
