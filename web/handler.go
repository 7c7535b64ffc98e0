package web

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// The content security policies allow only resources of this server, no inline scripts or
// styles, and no eval. The playground's policy also allows inline styles and images in
// style sheets, because GraphiQL needs them.
const (
	policy           = rules + "; style-src 'self'; img-src 'self'"
	playgroundPolicy = rules + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
	rules            = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

// Handler returns a handler that serves the playground at / and its files to GET and HEAD
// requests, and 404 for every other path. It is safe for concurrent use.
func Handler() http.Handler {
	if !isBuilt() {
		return get(plainPage())
	}
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // only if the name were an invalid path
	}
	return get(playground(dist))
}

// isBuilt reports whether this binary contains the playground.
func isBuilt() bool {
	_, err := fs.Stat(built, "dist/index.html.gz")
	return err == nil
}

// get rejects all methods but GET and HEAD.
func get(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD are allowed here; send GraphQL operations to /graphql", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// playground returns a handler that serves a build. The names of assets contain a hash of
// their content, so caches may keep them; all other files are revalidated each time.
func playground(dist fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := fileName(r)
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

// fileName returns the name of the requested file, which cannot lead out of the folder.
func fileName(r *http.Request) string {
	if r.URL.Path == "/" {
		return index
	}
	return strings.TrimPrefix(path.Clean(r.URL.Path), "/")
}
