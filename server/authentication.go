package server

import (
	"log/slog"
	"net/http"
	"strings"

	"chancery/access"
	"chancery/graph"
)

// authenticate adds the principal to a request's context, or responds with an error.
// Browsers cannot send headers with a WebSocket: one that is opened without a required
// token has no role until the client sends the token as a message.
func authenticate(by access.Authenticator, log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := access.WithCaller(r.Context(), access.Caller{Remote: r.RemoteAddr, Host: r.Host})
		token, err := access.BearerToken(r)
		var principal access.Principal
		if err == nil {
			principal, err = by.Authenticate(ctx, token)
			if err != nil && token == "" && opensSocket(r) {
				principal, err = access.Principal{}, nil
			}
		}
		if err != nil {
			deny(w, r, err, log)
			return
		}
		next.ServeHTTP(w, r.WithContext(access.WithPrincipal(ctx, principal)))
	})
}

func opensSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// codes are the codes of GraphQL errors, by HTTP status.
var codes = map[int]string{
	http.StatusBadRequest:         "BAD_REQUEST",
	http.StatusUnauthorized:       "UNAUTHENTICATED",
	http.StatusForbidden:          "FORBIDDEN",
	http.StatusMisdirectedRequest: "MISDIRECTED",
	http.StatusServiceUnavailable: "UNAVAILABLE",
}

// deny responds with the reason, in the header WWW-Authenticate and as a GraphQL error.
func deny(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) {
	status, challenge := access.Challenge(err, r.Header.Get("Authorization") != "")
	message, code := err.Error(), codes[status]
	if code == "" {
		log.ErrorContext(r.Context(), "authentication failed unexpectedly", "error", err)
		message, code = "internal error; it has been logged", "INTERNAL"
	}
	if challenge != "" {
		w.Header().Set("WWW-Authenticate", challenge)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	graph.WriteError(w, r, status, code, message)
}
