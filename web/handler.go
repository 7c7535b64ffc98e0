package web

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// What pages may do: nothing but what is of this server, no script or style within
// the page, no eval. GraphiQL alone sets styles of elements, and has images within
// its sheets; it is garbled without.
const (
	policy           = rules + "; style-src 'self'; img-src 'self'"
	playgroundPolicy = rules + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
	rules            = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

// Handler answers GET and HEAD with the playground at / and what belongs to it; 404
// for all else. Many goroutines may use it.
func Handler() http.Handler {
	if !isBuilt() {
		return get(plainPage())
	}
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // the name is no path
	}
	return get(playground(dist))
}

// isBuilt says whether the playground is in this binary.
func isBuilt() bool {
	_, err := fs.Stat(built, "dist/index.html.gz")
	return err == nil
}

func get(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD are answered here; GraphQL is asked at /graphql", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// playground serves a build. The names of assets hold a digest of what is in them,
// so they never change; all else is asked for again each time.
func playground(dist fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := nameOf(r)
		file, err := open(dist, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Cache-Control", "no-cache")
		switch {
		case name == index:
			header.Set("Content-Security-Policy", playgroundPolicy)
		case strings.HasPrefix(name, "assets/"):
			header.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		file.serve(w, r)
	})
}

const index = "index.html"

// nameOf is the file that a request names; no name of a file leaves the folder.
func nameOf(r *http.Request) string {
	if r.URL.Path == "/" {
		return index
	}
	return strings.TrimPrefix(path.Clean(r.URL.Path), "/")
}
