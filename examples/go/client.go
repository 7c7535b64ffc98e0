package main

import (
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/Khan/genqlient/graphql"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// server is where to ask, and by whom.
type server struct {
	graphql.Client
	http     *http.Client
	endpoint string
}

// newServer takes its address and token from the environment.
func newServer() *server {
	address := os.Getenv("CHANCERY_URL")
	if address == "" {
		address = "http://127.0.0.1:8080"
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = 35 * time.Second // the server gives up after 30
	s := &server{endpoint: address + "/graphql"}
	s.http = patient(authorized{token: os.Getenv("CHANCERY_TOKEN"), next: transport})
	s.Client = graphql.NewClient(s.endpoint, s.http)
	return s
}

// patient asks once more when an answer was lost or the server is too busy, after the
// time that it is told in Retry-After. That is safe for whatever reads, and for mutations
// that carry an idempotencyKey.
func patient(transport http.RoundTripper) *http.Client {
	client := retryablehttp.NewClient()
	client.HTTPClient.Transport = transport
	client.RetryMax = 4
	client.RetryWaitMin = 200 * time.Millisecond
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler // the last answer says why
	client.Logger = nil
	return client.StandardClient()
}

// authorized sends the token with each request.
type authorized struct {
	token string
	next  http.RoundTripper
}

func (a authorized) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.token != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	return a.next.RoundTrip(r)
}

// refusal is what the server says is wrong with a request; the code is for programs.
func refusal(err error) (code, message string, ok bool) {
	var wrong gqlerror.List
	if !errors.As(err, &wrong) || len(wrong) == 0 {
		return "", "", false
	}
	code, _ = wrong[0].Extensions["code"].(string)
	return code, wrong[0].Message, true
}
