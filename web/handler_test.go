package web

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func zipped(t *testing.T, text string) *fstest.MapFile {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

func newBuild(t *testing.T) fs.FS {
	return fstest.MapFS{
		"index.html.gz":           zipped(t, "<title>a page</title>"),
		"assets/main-1a2b.js.gz":  zipped(t, "run()"),
		"assets/font-3c4d.ttf.gz": zipped(t, "font"),
		"secret":                  &fstest.MapFile{Data: []byte("not compressed, so not of the build")},
	}
}

func ask(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, request)
	return answer
}

func TestPlayground(t *testing.T) {
	h := get(playground(newBuild(t)))
	const forEver = "public, max-age=31536000, immutable"
	for _, c := range []struct {
		method, path, body, mime, cache string
		status                          int
	}{
		{"GET", "/", "<title>a page</title>", "text/html; charset=utf-8", "no-cache", 200},
		{"HEAD", "/", "", "text/html; charset=utf-8", "no-cache", 200},
		{"GET", "/?query=%7Ba%7D", "<title>a page</title>", "text/html; charset=utf-8", "no-cache", 200},
		{"GET", "/assets/main-1a2b.js", "run()", "text/javascript; charset=utf-8", forEver, 200},
		{"GET", "/assets/font-3c4d.ttf", "font", "font/ttf", forEver, 200},
		{"GET", "/assets/", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"GET", "/assets/none.js", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"GET", "/secret", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"GET", "/../secret", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"POST", "/", "only GET and HEAD are answered here; GraphQL is asked at /graphql\n", "text/plain; charset=utf-8", "", 405},
	} {
		answer := ask(h, c.method, c.path)
		header := answer.Header()
		if answer.Code != c.status || answer.Body.String() != c.body || header.Get("Content-Type") != c.mime || header.Get("Cache-Control") != c.cache {
			t.Errorf("%s %s: %d %q %v", c.method, c.path, answer.Code, answer.Body, header)
		}
	}
}

func TestGzipIsForWhoTakesIt(t *testing.T) {
	h := get(playground(newBuild(t)))
	for accepts, want := range map[string]string{
		"": "", "br": "", "gzip;q=0": "", "gzip; q=0.0": "", "gzip;q=x": "",
		"gzip": "gzip", "br, GZIP;q=0.5": "gzip", "deflate,gzip": "gzip",
	} {
		answer := ask(h, "GET", "/", "Accept-Encoding", accepts)
		if got := answer.Header().Get("Content-Encoding"); got != want || answer.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q is answered in %q, want %q: %v", accepts, got, want, answer.Header())
		}
		text := answer.Body.Bytes()
		if want == "gzip" {
			var err error
			if text, err = unzip(text); err != nil {
				t.Fatal(err)
			}
		}
		if string(text) != "<title>a page</title>" {
			t.Errorf("%q: %q", accepts, text)
		}
	}
}

func TestWhatIsKnownIsNotSentAgain(t *testing.T) {
	h := get(playground(newBuild(t)))
	tags := map[string]bool{}
	for _, coding := range []string{"", "gzip"} {
		tag := ask(h, "GET", "/", "Accept-Encoding", coding).Header().Get("ETag")
		if answer := ask(h, "GET", "/", "Accept-Encoding", coding, "If-None-Match", tag); answer.Code != http.StatusNotModified || answer.Body.Len() != 0 {
			t.Errorf("%q: %d %q", coding, answer.Code, answer.Body)
		}
		tags[tag] = true
	}
	if len(tags) != 2 || tags[""] {
		t.Errorf("the tags of the two forms are %v", tags)
	}
}

// TestScriptsAreOurs reads the policies of all that is served.
func TestScriptsAreOurs(t *testing.T) {
	handlers := map[string]http.Handler{"playground": get(playground(newBuild(t))), "plain": get(plainPage())}
	for name, h := range handlers {
		for _, path := range []string{"/", "/assets/main-1a2b.js", "/plain.js"} {
			answer := ask(h, "GET", path)
			if answer.Code == http.StatusNotFound {
				continue
			}
			rules := answer.Header().Get("Content-Security-Policy")
			for _, rule := range []string{"default-src 'none'", "script-src 'self'", "worker-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} {
				if !strings.Contains(rules+";", rule+";") {
					t.Errorf("%s%s: no %s in %s", name, path, rule, rules)
				}
			}
			if inline := strings.Contains(rules, "unsafe"); inline != (name == "playground" && path == "/") || strings.Contains(rules, "unsafe-eval") {
				t.Errorf("%s%s: %s", name, path, rules)
			}
		}
	}
}

// TestPlainPage wants all that the page names to be there, and the first query in it.
func TestPlainPage(t *testing.T) {
	h := get(plainPage())
	page := ask(h, "GET", "/").Body.String()
	for _, part := range []string{"elmar-mammadyarov", "go generate ./web"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %s:\n%s", part, page)
		}
	}
	for path, mime := range map[string]string{"/plain.js": "text/javascript; charset=utf-8", "/plain.css": "text/css; charset=utf-8", "/plain.svg": "image/svg+xml"} {
		answer := ask(h, "GET", path)
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != mime || !strings.Contains(page, `"`+path+`"`) {
			t.Errorf("%s: %d %v", path, answer.Code, answer.Header())
		}
	}
	for _, inline := range []string{"<style", "style=", "onclick", "http://", "https://"} {
		if strings.Contains(page, inline) {
			t.Errorf("the page has %s in it", inline)
		}
	}
	if answer := ask(h, "GET", "/index.html/../../doc.go"); answer.Code != http.StatusNotFound {
		t.Error(answer)
	}
}

// TestEveryFileOfTheBuildHasAType looks at the build in this binary, if there is one.
func TestEveryFileOfTheBuildHasAType(t *testing.T) {
	if !isBuilt() {
		t.Skip("this binary has no playground; go generate ./web makes one")
	}
	err := fs.WalkDir(built, "dist", func(path string, entry fs.DirEntry, err error) error {
		name, compressed := strings.CutSuffix(path, ".gz")
		if err != nil || entry.IsDir() || entry.Name() == ".gitkeep" {
			return err
		}
		if !compressed || typeOf(name) == typeOf("") {
			t.Errorf("%s: compressed %v, type %s", path, compressed, typeOf(name))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
