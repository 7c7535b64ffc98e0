package server

import (
	"fmt"
	"log/slog"
	"net/http"

	"chancery/graph"

	"github.com/felixge/httpsnoop"
)

// setSecurityHeaders sets the headers by which browsers restrict what pages of other
// origins can do with the server.
func setSecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// limitBody rejects bodies whose declared length is too large, and cuts off longer ones
// without a declared length.
func limitBody(next http.Handler) http.Handler {
	cut := http.MaxBytesHandler(next, maxBody)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maxBody {
			graph.WriteError(w, r, http.StatusRequestEntityTooLarge, "BAD_REQUEST", fmt.Sprintf("the body is too large; it may have %d bytes", maxBody))
			return
		}
		cut.ServeHTTP(w, r)
	})
}

// logRequests logs each request, probes at debug level only. Queries are not logged: they
// are long, and may be private.
func (s *Server) logRequests(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := httpsnoop.CaptureMetrics(next, w, r)
		if r.URL.Path == Path {
			s.options.Telemetry.CountResponse(response.Code)
		}
		s.options.Logger.Log(r.Context(), levelOf(r, response.Code), "request",
			"method", r.Method, "path", r.URL.Path, "status", response.Code,
			"bytes", response.Written, "duration", response.Duration, "remote", r.RemoteAddr)
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
