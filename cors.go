package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chancery/graph"

	"github.com/rs/cors"
)

// origins are those of pages elsewhere which may ask, as browsers write them:
// https://app.example.org. Where * is among them, all pages may, but without a token
// in a header.
type origins []string

const anyOrigin = "*"

// Validate says which of them no browser would send.
func (o origins) Validate() error {
	for _, origin := range o {
		if origin != anyOrigin && !isOrigin(origin) {
			return fmt.Errorf("%q is no origin; write it as browsers do, in small letters and without a path, as in https://app.example.org or http://localhost:3000", origin)
		}
	}
	return nil
}

// isOrigin reports whether a text is scheme://host or scheme://host:port, without
// the ports that browsers leave out.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" || u.Host == "" || strings.Contains(text, anyOrigin) {
		return false
	}
	usual := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	return text == strings.ToLower(u.Scheme+"://"+u.Host) && (u.Port() == "" || u.Port() != usual)
}

// errNotPublic: a page could else read for whoever visits it what only he may.
var errNotPublic = errors.New("--allow-origin=* lets the pages of all sites read; that takes --public, too. Else name the origins that may")

// check wants what all pages may read to be what everybody may.
func (o origins) check(public bool) error {
	if slices.Contains(o, anyOrigin) && !public {
		return errNotPublic
	}
	return nil
}

func (o origins) named(origin string) bool { return origin != anyOrigin && slices.Contains(o, origin) }

// Headers of requests that pages may set when they have asked, and of answers that
// they may read.
var (
	settable = []string{
		"Accept", "Content-Type", "If-None-Match", "Last-Event-ID", "Traceparent", "Tracestate",
		"Apollo-Require-Preflight", "Apollographql-Client-Name", "Apollographql-Client-Version",
		"X-Apollo-Operation-Id", "X-Apollo-Operation-Name", "Graphql-Client-Name", "Graphql-Client-Version",
	}
	readable = []string{"ETag", "Retry-After", "WWW-Authenticate"}
)

const preflightAge = 3600 // seconds for which a browser need not ask again

// shared has browsers show answers to pages of the origins, refusals among them.
// No cookies are known here: a page brings a token itself, or is nobody.
func (o origins) shared(next http.Handler) http.Handler {
	if len(o) == 0 {
		return next
	}
	options := cors.Options{AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost}, ExposedHeaders: readable, MaxAge: preflightAge}
	options.AllowedOrigins, options.AllowedHeaders = []string{anyOrigin}, settable
	all := cors.New(options).Handler(next)
	options.AllowOriginFunc, options.AllowedHeaders = o.named, append([]string{"Authorization"}, settable...)
	some := cors.New(options).Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(o, anyOrigin) && !o.named(r.Header.Get("Origin")) {
			all.ServeHTTP(w, r)
			return
		}
		some.ServeHTTP(w, r)
	})
}

// ownPages refuses what pages of other origins have a browser do, reading among it:
// they could not see the answer, but how long it takes. To open a WebSocket begins as
// reading does.
func (o origins) ownPages(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	for _, origin := range o {
		if origin != anyOrigin {
			if err := protection.AddTrustedOrigin(origin); err != nil {
				panic(err) // Validate has let it pass
			}
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := *r
		if r.Method != http.MethodOptions { // which does nothing
			asked.Method = http.MethodPost
		}
		if err := protection.Check(&asked); err != nil && !slices.Contains(o, anyOrigin) {
			graph.Refuse(w, r, http.StatusForbidden, "FORBIDDEN", err.Error()+"; a page of another origin asks only where --allow-origin names that")
			return
		}
		next.ServeHTTP(w, r)
	})
}
