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

// client sends operations to one server, with one token.
type client struct {
	graphql.Client
	http     *http.Client
	endpoint string
}

// newClient returns a client for the address and token in the environment.
func newClient() *client {
	address := os.Getenv("CHANCERY_URL")
	if address == "" {
		address = "http://127.0.0.1:8080"
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = 35 * time.Second // the server's own time limit is 30 s
	c := &client{endpoint: address + "/graphql"}
	c.http = retrying(authorized{token: os.Getenv("CHANCERY_TOKEN"), next: transport})
	c.Client = graphql.NewClient(c.endpoint, c.http)
	return c
}

// retrying returns an HTTP client that sends a request again when the response is lost or
// the server is overloaded, after the delay in Retry-After. That is safe for queries, and
// for mutations with an idempotencyKey.
func retrying(transport http.RoundTripper) *http.Client {
	client := retryablehttp.NewClient()
	client.HTTPClient.Transport = transport
	client.RetryMax = 4
	client.RetryWaitMin = 200 * time.Millisecond
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler // return the last response, which has the reason
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

// graphQLError returns the code and message of the first GraphQL error in err. Programs
// should decide by the code.
func graphQLError(err error) (code, message string, ok bool) {
	var list gqlerror.List
	if !errors.As(err, &list) || len(list) == 0 {
		return "", "", false
	}
	code, _ = list[0].Extensions["code"].(string)
	return code, list[0].Message, true
}
