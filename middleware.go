package main

import (
	"fmt"
	"log/slog"
	"net/http"

	"chancery/graph"

	"github.com/felixge/httpsnoop"
)

// hardened adds the headers that keep browsers from being used against us.
func hardened(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// bounded refuses bodies that say they are too large, and cuts off those that
// do not say so.
func bounded(next http.Handler) http.Handler {
	cut := http.MaxBytesHandler(next, maxBody)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maxBody {
			graph.Refuse(w, r, http.StatusRequestEntityTooLarge, "BAD_REQUEST", fmt.Sprintf("the body is too large; it may have %d bytes", maxBody))
			return
		}
		cut.ServeHTTP(w, r)
	})
}

// logged writes a line for each request; probes only at debug level. What was
// asked is not logged: queries are long, and may be private.
func (s *site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httpsnoop.CaptureMetrics(next, w, r)
		if r.URL.Path == graphPath {
			s.telemetry.Answered(answer.Code)
		}
		s.log.Log(r.Context(), levelOf(r, answer.Code), "request",
			"method", r.Method, "path", r.URL.Path, "status", answer.Code,
			"bytes", answer.Written, "duration", answer.Duration, "remote", r.RemoteAddr)
	})
}

func levelOf(r *http.Request, status int) slog.Level {
	switch {
	case r.URL.Path == "/healthz", r.URL.Path == "/readyz":
		return slog.LevelDebug
	case status >= http.StatusInternalServerError:
		return slog.LevelWarn
	default:
		return slog.LevelInfo
	}
}
