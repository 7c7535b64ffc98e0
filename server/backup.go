package server

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"chancery/access"
	"chancery/graph"
)

// BackupPath is where admins get copies of the graph.
const BackupPath = "/backup"

// The trailers of a complete copy: Content-Digest of RFC 9530, section 2, and the number of
// the last transaction in the copy. A response without them is incomplete.
const (
	DigestTrailer      = "Content-Digest"
	TransactionTrailer = "Chancery-Transaction"
)

// ContentDigest returns the value of DigestTrailer for a body whose SHA-256 was computed.
func ContentDigest(of hash.Hash) string {
	return "sha-256=:" + base64.StdEncoding.EncodeToString(of.Sum(nil)) + ":"
}

// backups serves copies of the graph, one at a time: a copy reads the whole file, and the
// file grows by what is written meanwhile.
type backups struct {
	*gate
	log     *slog.Logger
	running atomic.Bool
}

func (b *backups) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.gate.running.Add(1)
	defer b.gate.running.Add(-1)
	open := b.graph.Load()
	switch {
	case open == nil:
		unavailable(w, r, notOpen)
	case open.Copy == nil:
		http.NotFound(w, r)
	case !b.running.CompareAndSwap(false, true):
		unavailable(w, r, "another backup is running; try again when it has ended")
	default:
		defer b.running.Store(false)
		b.serve(open, w, r)
	}
}

func unavailable(w http.ResponseWriter, r *http.Request, reason string) {
	w.Header().Set("Retry-After", retrySeconds)
	graph.WriteError(w, r, http.StatusServiceUnavailable, "UNAVAILABLE", reason)
}

// serve responds with a copy. If that fails half-way, the connection is cut, so that the client
// does not take the copy for complete.
func (b *backups) serve(from *Graph, w http.ResponseWriter, r *http.Request) {
	body := &copyBody{ResponseWriter: w, controller: http.NewResponseController(w), sum: sha256.New()}
	last, err := from.Copy(r.Context(), body)
	switch forbidden := (*access.ForbiddenError)(nil); {
	case err == nil:
		w.Header().Set(DigestTrailer, ContentDigest(body.sum))
		w.Header().Set(TransactionTrailer, fmt.Sprint(last))
		b.log.InfoContext(r.Context(), "backup", "transaction", last, "bytes", body.written, "by", access.PrincipalFrom(r.Context()).Name)
	case errors.As(err, &forbidden):
		graph.WriteError(w, r, http.StatusForbidden, "FORBIDDEN", err.Error())
	case errors.Is(err, errors.ErrUnsupported):
		http.NotFound(w, r)
	default:
		b.log.ErrorContext(r.Context(), "the backup failed", "bytes", body.written, "error", err)
		if body.written > 0 {
			panic(http.ErrAbortHandler)
		}
		graph.WriteError(w, r, http.StatusInternalServerError, "INTERNAL", "internal error; it has been logged")
	}
}

// copyBody writes the body of a copy. A client may take long in all, but not for one part.
type copyBody struct {
	http.ResponseWriter
	controller *http.ResponseController
	sum        hash.Hash
	written    int64
}

func (c *copyBody) Write(data []byte) (int, error) {
	if c.written == 0 {
		header := c.Header()
		header.Set("Content-Type", "application/octet-stream")
		header.Set("Cache-Control", "no-store")
		header.Set("Trailer", DigestTrailer+", "+TransactionTrailer)
	}
	if err := c.controller.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return 0, err
	}
	n, err := c.ResponseWriter.Write(data)
	c.written += int64(n)
	_, _ = c.sum.Write(data[:n]) // never fails
	return n, err
}
