package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chancery/graph"

	"github.com/rs/cors"
)

// Origins are the origins, beside the server's own, whose pages may send requests, as
// browsers write them: https://app.example.org. AnyOrigin among them admits the pages of
// all origins, but without an Authorization header.
type Origins []string

// AnyOrigin is the entry of Origins for the pages of all origins.
const AnyOrigin = "*"

// Validate rejects origins that no browser would send.
func (o Origins) Validate() error {
	for _, origin := range o {
		if origin != AnyOrigin && !isOrigin(origin) {
			return fmt.Errorf("%q is not an origin; write it as browsers do, in lower case and without a path, such as https://app.example.org or http://localhost:3000", origin)
		}
	}
	return nil
}

// isOrigin reports whether a text is scheme://host or scheme://host:port, without a
// default port, which browsers omit.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" || u.Host == "" || strings.Contains(text, AnyOrigin) {
		return false
	}
	standard := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	return text == strings.ToLower(u.Scheme+"://"+u.Host) && (u.Port() == "" || u.Port() != standard)
}

func (o Origins) named(origin string) bool { return origin != AnyOrigin && slices.Contains(o, origin) }

// The headers that pages may set in requests, and read from responses.
var (
	requestHeaders = []string{
		"Accept", "Content-Type", "If-None-Match", "Last-Event-ID", "Traceparent", "Tracestate",
		"Apollo-Require-Preflight", "Apollographql-Client-Name", "Apollographql-Client-Version",
		"X-Apollo-Operation-Id", "X-Apollo-Operation-Name", "Graphql-Client-Name", "Graphql-Client-Version",
		"Graphql-Require-Preflight",
	}
	responseHeaders = []string{"ETag", "Retry-After", "WWW-Authenticate"}
)

const preflightAge = 3600 // seconds for which browsers cache a preflight

// allowCORS answers preflights and has browsers show responses, errors included, to pages
// of the origins. The server has no cookies: a page sends a token itself, or is anonymous.
func (o Origins) allowCORS(next http.Handler) http.Handler {
	if len(o) == 0 {
		return next
	}
	options := cors.Options{AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost}, ExposedHeaders: responseHeaders, MaxAge: preflightAge}
	options.AllowedOrigins, options.AllowedHeaders = []string{AnyOrigin}, requestHeaders
	all := cors.New(options).Handler(next)
	options.AllowOriginFunc, options.AllowedHeaders = o.named, append([]string{"Authorization"}, requestHeaders...)
	some := cors.New(options).Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(o, AnyOrigin) && !o.named(r.Header.Get("Origin")) {
			all.ServeHTTP(w, r)
			return
		}
		some.ServeHTTP(w, r)
	})
}

// rejectForeign rejects requests that a browser sends for pages of other origins, GET
// included: they could not see the response, but its timing. A WebSocket begins with GET.
func (o Origins) rejectForeign(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	for _, origin := range o {
		if origin != AnyOrigin {
			if err := protection.AddTrustedOrigin(origin); err != nil {
				panic(err) // Validate rejects such origins
			}
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		checked := *r
		if r.Method != http.MethodOptions { // which has no effect
			checked.Method = http.MethodPost // GET and HEAD would pass
		}
		if err := protection.Check(&checked); err != nil && !slices.Contains(o, AnyOrigin) {
			graph.WriteError(w, r, http.StatusForbidden, "FORBIDDEN", err.Error()+"; pages of other origins are allowed by --allow-origin only")
			return
		}
		next.ServeHTTP(w, r)
	})
}
