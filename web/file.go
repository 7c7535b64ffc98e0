package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// mediaTypes are those of the files in a build. The operating system's table differs between
// machines, so it is not used.
var mediaTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".md":   "text/markdown; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
}

// file is a compressed file of a build.
type file struct {
	name   string
	zipped []byte
}

// open reads a file by the name that it had before it was compressed.
func open(dist fs.FS, name string) (*file, error) {
	zipped, err := fs.ReadFile(dist, name+".gz")
	return &file{name, zipped}, err
}

// serve writes the file compressed, or uncompressed to clients that do not accept gzip.
func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", typeOf(f.name))
	header.Add("Vary", "Accept-Encoding")
	if acceptsGzip(r.Header.Get("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		serveBytes(w, r, f.zipped)
		return
	}
	text, err := unzip(f.zipped)
	if err != nil {
		http.Error(w, fmt.Sprintf("%s is damaged in this binary: %v; build it again", f.name, err), http.StatusInternalServerError)
		return
	}
	serveBytes(w, r, text)
}

// serveBytes also handles conditional requests: each encoding has its own entity tag.
func serveBytes(w http.ResponseWriter, r *http.Request, body []byte) {
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", strconv.Quote(hex.EncodeToString(sum[:12])))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func unzip(zipped []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

func typeOf(name string) string {
	if known := mediaTypes[path.Ext(name)]; known != "" {
		return known
	}
	return "application/octet-stream"
}

// acceptsGzip reports whether an Accept-Encoding header (RFC 9110, 12.5.3) allows gzip.
func acceptsGzip(header string) bool {
	for accepted := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(accepted, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		quality, weighted := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		q, err := strconv.ParseFloat(quality, 64)
		return !weighted || err == nil && q > 0
	}
	return false
}
