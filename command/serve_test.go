package command

import (
	"errors"
	"testing"

	"chancery/server"
)

func TestAllowingAllOriginsNeedsPublic(t *testing.T) {
	for _, test := range []struct {
		origin string
		public bool
		want   error
	}{
		{server.AnyOrigin, false, errNotPublic},
		{server.AnyOrigin, true, nil},
		{"https://app.example.org", false, nil},
	} {
		c := serveCommand{AllowOrigin: server.Origins{test.origin}}
		c.Public = test.public
		if got := c.checkOrigins(); !errors.Is(got, test.want) {
			t.Errorf("%+v: %v", test, got)
		}
	}
}
