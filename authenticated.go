package main

import (
	"log/slog"
	"net/http"
	"strings"

	"chancery/access"
	"chancery/graph"
)

// authenticated puts into a request's context who asks, and answers who may not.
// A browser cannot send a header with a WebSocket: who opens one without a token,
// where one is needed, is nobody until the protocol inside brings one.
func authenticated(by access.Authenticator, log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := access.WithCaller(r.Context(), access.Caller{Remote: r.RemoteAddr, Host: r.Host})
		token, err := access.Bearer(r)
		var asker access.Principal
		if err == nil {
			asker, err = by.Authenticate(ctx, token)
			if err != nil && token == "" && opensSocket(r) {
				asker, err = access.Principal{}, nil
			}
		}
		if err != nil {
			deny(w, r, err, log)
			return
		}
		next.ServeHTTP(w, r.WithContext(access.With(ctx, asker)))
	})
}

func opensSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// codes are those of GraphQL errors, by status.
var codes = map[int]string{
	http.StatusBadRequest:         "BAD_REQUEST",
	http.StatusUnauthorized:       "UNAUTHENTICATED",
	http.StatusForbidden:          "FORBIDDEN",
	http.StatusMisdirectedRequest: "MISDIRECTED",
	http.StatusServiceUnavailable: "UNAVAILABLE",
}

// deny says why, in the header for programs and in the body as GraphQL says
// everything.
func deny(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) {
	status, challenge := access.Challenge(err, r.Header.Get("Authorization") != "")
	message, code := err.Error(), codes[status]
	if code == "" {
		log.ErrorContext(r.Context(), "it could not be found out who asks", "error", err)
		message, code = "internal error; it has been logged", "INTERNAL"
	}
	if challenge != "" {
		w.Header().Set("WWW-Authenticate", challenge)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	graph.Refuse(w, r, status, code, message)
}
