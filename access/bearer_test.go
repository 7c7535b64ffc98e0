package access_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chancery/access"
)

func TestBearerTokenIsReadFromTheHeaderOnly(t *testing.T) {
	secret := access.NewToken()
	for _, test := range []struct {
		headers []string
		address string
		token   string
		is      error
	}{
		{nil, "/graphql", "", nil},
		{[]string{"Bearer " + secret}, "/graphql?query={a}", secret, nil},
		{[]string{"bearer   " + secret + " "}, "/graphql", secret, nil},
		{[]string{"BEARER a.b-c_d~e+f/g=="}, "/", "a.b-c_d~e+f/g==", nil},
		{[]string{"Basic YTpi"}, "/", "", access.ErrUnauthenticated},
		{[]string{secret}, "/", "", access.ErrUnauthenticated},
		{[]string{""}, "/", "", access.ErrUnauthenticated},
		{[]string{"Bearer"}, "/", "", access.ErrInvalidRequest},
		{[]string{"Bearer "}, "/", "", access.ErrInvalidRequest},
		{[]string{"Bearer a b"}, "/", "", access.ErrInvalidRequest},
		{[]string{"Bearer a,b"}, "/", "", access.ErrInvalidRequest},
		{[]string{"Bearer ü"}, "/", "", access.ErrInvalidRequest},
		{[]string{"Bearer " + strings.Repeat("a", 16<<10+1)}, "/", "", access.ErrInvalidRequest},
		{[]string{"Bearer a", "Bearer a"}, "/", "", access.ErrInvalidRequest},
		{nil, "/graphql?access_token=a", "", access.ErrInvalidRequest},
		{nil, "/graphql?token=a", "", access.ErrInvalidRequest},
		{nil, "/graphql?key=" + secret, "", access.ErrInvalidRequest},
		{[]string{"Bearer " + secret}, "/graphql?access_token=a", "", access.ErrInvalidRequest},
	} {
		request := httptest.NewRequest(http.MethodGet, test.address, nil)
		request.Header["Authorization"] = test.headers
		token, err := access.BearerToken(request)
		if token != test.token || !errors.Is(err, test.is) {
			t.Errorf("%.60q %s: %q, %v; want %q, %v", test.headers, test.address, token, err, test.token, test.is)
		}
		if err != nil && strings.Contains(err.Error(), secret[:20]) {
			t.Errorf("the error contains the secret: %v", err)
		}
	}
}

func TestChallengeFollowsRFC6750(t *testing.T) {
	for _, test := range []struct {
		err    error
		given  bool
		status int
		header string
	}{
		{access.ErrUnauthenticated, false, 401, `Bearer realm="chancery"`},
		{fmt.Errorf("%w: of \"x\"\\\n\u202e", access.ErrUnauthenticated), true, 401, `Bearer realm="chancery", error="invalid_token", error_description="not authenticated: of 'x'???"`},
		{access.ErrNoRole, true, 403, `Bearer realm="chancery", error="insufficient_scope", error_description="no role"`},
		{access.ErrInvalidRequest, false, 400, `Bearer realm="chancery", error="invalid_request", error_description="invalid credentials"`},
		{access.ErrMisdirected, false, 421, ""},
		{access.ErrUnavailable, true, 503, ""},
		{errors.New("a fault"), true, 500, ""},
	} {
		if status, header := access.Challenge(test.err, test.given); status != test.status || header != test.header {
			t.Errorf("%v: %d %s; want %d %s", test.err, status, header, test.status, test.header)
		}
	}
}

func FuzzBearer(f *testing.F) {
	f.Add("Bearer "+access.NewToken(), "query={a}")
	f.Add("bearer a.b.c", "access_token=x&access_token=%zz")
	f.Add("\x00", ";;;&&&===")
	f.Fuzz(func(t *testing.T, header, query string) {
		request := &http.Request{Header: http.Header{"Authorization": {header}}, URL: &url.URL{RawQuery: query}}
		token, err := access.BearerToken(request)
		if (token == "") != (err != nil) {
			t.Fatalf("token %q with error %v", token, err)
		}
		if err == nil && !strings.HasSuffix(strings.TrimRight(header, " "), token) {
			t.Errorf("the token %q is not the end of the header %q", token, header)
		}
		if _, challenge := access.Challenge(err, true); strings.ContainsAny(challenge, "\r\n\x00") {
			t.Errorf("the challenge has more than one line: %q", challenge)
		}
	})
}
