package web

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
)

// plainPage stands in for the playground. It is written by hand and asks one query
// at a time.
func plainPage() http.Handler {
	var page bytes.Buffer
	if err := template.Must(template.ParseFS(plain, "plain/index.html")).Execute(&page, FirstQuery); err != nil {
		panic(err) // the template is at fault; a test would have told
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, body := nameOf(r), page.Bytes()
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
