package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/store"
)

// serveCopies starts a server whose graph is copied by a function, for a principal.
func serveCopies(t *testing.T, as access.Principal, log io.Writer, copyTo func(context.Context, io.Writer) (uint64, error)) string {
	t.Helper()
	s, url := newServerWith(t, Options{Authenticator: fixedAuthenticator{Principal: as}, Logger: slog.New(slog.NewTextHandler(log, nil))})
	s.Ready(Graph{Handler: http.NotFoundHandler(), Copy: copyTo})
	return url + BackupPath
}

func TestBackupNeedsAnAdmin(t *testing.T) {
	graph := openGraph(t)
	for role := access.NoRole; role <= access.Admin; role++ {
		url := serveCopies(t, access.Principal{Name: "a", Role: role}, io.Discard, func(ctx context.Context, to io.Writer) (uint64, error) {
			last, err := access.Guard(graph, access.PrincipalFrom(ctx)).(store.Copier).Copy(ctx, to)
			return uint64(last), err
		})
		got := do(t, http.MethodGet, url, "")
		if role < access.Admin {
			if got.StatusCode != http.StatusForbidden || !strings.Contains(got.text, `"FORBIDDEN"`) || len(got.text) > 300 {
				t.Errorf("%v: status %d, %.300s", role, got.StatusCode, got.text)
			}
			continue
		}
		sum := sha256.New()
		_, _ = io.WriteString(sum, got.text)
		if got.StatusCode != http.StatusOK || got.Trailer.Get(TransactionTrailer) != "0" || got.Trailer.Get(DigestTrailer) != ContentDigest(sum) {
			t.Errorf("%v: status %d, %d bytes, trailers %v", role, got.StatusCode, len(got.text), got.Trailer)
		}
	}
}

// TestFailedBackupIsCut: the client can tell that it has no whole copy, and does not learn why.
func TestFailedBackupIsCut(t *testing.T) {
	for _, written := range []int{0, 100_000} {
		var log logBuffer
		url := serveCopies(t, access.Principal{Role: access.Admin}, &log, func(_ context.Context, to io.Writer) (uint64, error) {
			if written > 0 {
				_, _ = to.Write(make([]byte, written))
			}
			return 0, errors.New("/data/graph.db: input/output error")
		})
		response, err := http.Get(url) //nolint:noctx // of a test
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if written == 0 && (response.StatusCode != http.StatusInternalServerError || err != nil) || written > 0 && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("after %d bytes: status %d, %d bytes, %v", written, response.StatusCode, len(text), err)
		}
		if bytes.Contains(text, []byte("graph.db")) || response.Trailer.Get(DigestTrailer) != "" {
			t.Errorf("after %d bytes: %.300s, trailers %v", written, text, response.Trailer)
		}
		if !strings.Contains(log.String(), "input/output error") {
			t.Errorf("after %d bytes, nothing is logged: %s", written, &log)
		}
	}
}

func TestOneBackupRunsAtATime(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	url := serveCopies(t, access.Principal{Role: access.Admin}, io.Discard, func(_ context.Context, to io.Writer) (uint64, error) {
		close(begun)
		<-end
		return 7, nil
	})
	first := make(chan int)
	go func() { status, _ := send(t, http.MethodGet, url, ""); first <- status }()
	<-begun
	if got := do(t, http.MethodGet, url, ""); got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("a second backup: status %d, %s", got.StatusCode, got.text)
	}
	close(end)
	if status := <-first; status != http.StatusOK {
		t.Errorf("the first backup: status %d", status)
	}
}

// TestBackupNeedsAGraph: there is none before it is open, and engines may not be able to.
func TestBackupNeedsAGraph(t *testing.T) {
	s, url := newServer(t, io.Discard)
	wantStatus(t, http.StatusServiceUnavailable, http.MethodGet, url+BackupPath, "")
	s.Ready(Graph{Handler: http.NotFoundHandler()})
	wantStatus(t, http.StatusNotFound, http.MethodGet, url+BackupPath, "")
}
