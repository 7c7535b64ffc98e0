package web

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
)

// plainPage returns a handler for the page that replaces the playground: a form that sends
// one operation at a time.
func plainPage() http.Handler {
	var page bytes.Buffer
	if err := template.Must(template.ParseFS(plain, "plain/index.html")).Execute(&page, FirstQuery); err != nil {
		panic(err) // the embedded template is invalid, which a test detects
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, body := fileName(r), page.Bytes()
		if name != index {
			var err error
			if body, err = fs.ReadFile(plain, "plain/"+name); err != nil {
				http.NotFound(w, r)
				return
			}
		}
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Cache-Control", "no-cache")
		header.Set("Content-Type", typeOf(name))
		serveBytes(w, r, body)
	})
}
