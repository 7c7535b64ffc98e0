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

// testBuild returns a build with a page and two assets.
func testBuild(t *testing.T) fs.FS {
	return fstest.MapFS{
		"index.html.gz":           zipped(t, "<title>a page</title>"),
		"assets/main-1a2b.js.gz":  zipped(t, "run()"),
		"assets/font-3c4d.ttf.gz": zipped(t, "font"),
		"secret":                  &fstest.MapFile{Data: []byte("not compressed, so it is not part of the build")},
	}
}

func request(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response := httptest.NewRecorder()
	h.ServeHTTP(response, r)
	return response
}

func TestPlaygroundServesItsFilesOnly(t *testing.T) {
	h := get(playground(testBuild(t)))
	const forever = "public, max-age=31536000, immutable"
	for _, c := range []struct {
		method, path, body, mime, cache string
		status                          int
	}{
		{"GET", "/", "<title>a page</title>", "text/html; charset=utf-8", "no-cache", 200},
		{"HEAD", "/", "", "text/html; charset=utf-8", "no-cache", 200},
		{"GET", "/?query=%7Ba%7D", "<title>a page</title>", "text/html; charset=utf-8", "no-cache", 200},
		{"GET", "/assets/main-1a2b.js", "run()", "text/javascript; charset=utf-8", forever, 200},
		{"GET", "/assets/font-3c4d.ttf", "font", "font/ttf", forever, 200},
		{"GET", "/assets/", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"GET", "/assets/none.js", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"GET", "/secret", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"GET", "/../secret", "404 page not found\n", "text/plain; charset=utf-8", "", 404},
		{"POST", "/", "only GET and HEAD are allowed here; send GraphQL operations to /graphql\n", "text/plain; charset=utf-8", "", 405},
	} {
		response := request(h, c.method, c.path)
		header := response.Header()
		if response.Code != c.status || response.Body.String() != c.body || header.Get("Content-Type") != c.mime || header.Get("Cache-Control") != c.cache {
			t.Errorf("%s %s: %d %q %v", c.method, c.path, response.Code, response.Body, header)
		}
	}
}

func TestGzipIsSentOnlyIfAccepted(t *testing.T) {
	h := get(playground(testBuild(t)))
	for header, want := range map[string]string{
		"": "", "br": "", "gzip;q=0": "", "gzip; q=0.0": "", "gzip;q=x": "",
		"gzip": "gzip", "br, GZIP;q=0.5": "gzip", "deflate,gzip": "gzip",
	} {
		response := request(h, "GET", "/", "Accept-Encoding", header)
		if got := response.Header().Get("Content-Encoding"); got != want || response.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Content-Encoding is %q, want %q: %v", header, got, want, response.Header())
		}
		text := response.Body.Bytes()
		if want == "gzip" {
			var err error
			if text, err = unzip(text); err != nil {
				t.Fatal(err)
			}
		}
		if string(text) != "<title>a page</title>" {
			t.Errorf("Accept-Encoding %q: the body is %q", header, text)
		}
	}
}

func TestMatchingEntityTagGets304(t *testing.T) {
	h := get(playground(testBuild(t)))
	tags := map[string]bool{}
	for _, coding := range []string{"", "gzip"} {
		tag := request(h, "GET", "/", "Accept-Encoding", coding).Header().Get("ETag")
		if response := request(h, "GET", "/", "Accept-Encoding", coding, "If-None-Match", tag); response.Code != http.StatusNotModified || response.Body.Len() != 0 {
			t.Errorf("encoding %q: got %d %q, want 304 and no body", coding, response.Code, response.Body)
		}
		tags[tag] = true
	}
	if len(tags) != 2 || tags[""] {
		t.Errorf("the entity tags of the two encodings are %v; want two different ones", tags)
	}
}

func TestPoliciesAllowScriptsOfThisServerOnly(t *testing.T) {
	handlers := map[string]http.Handler{"playground": get(playground(testBuild(t))), "plain": get(plainPage())}
	for name, h := range handlers {
		for _, path := range []string{"/", "/assets/main-1a2b.js", "/plain.js"} {
			response := request(h, "GET", path)
			if response.Code == http.StatusNotFound {
				continue
			}
			policy := response.Header().Get("Content-Security-Policy")
			for _, rule := range []string{"default-src 'none'", "script-src 'self'", "worker-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} {
				if !strings.Contains(policy+";", rule+";") {
					t.Errorf("%s%s: the policy lacks %s: %s", name, path, rule, policy)
				}
			}
			if inline := strings.Contains(policy, "unsafe"); inline != (name == "playground" && path == "/") || strings.Contains(policy, "unsafe-eval") {
				t.Errorf("%s%s: the policy allows unsafe sources: %s", name, path, policy)
			}
		}
	}
}

func TestPlainPageIsComplete(t *testing.T) {
	h := get(plainPage())
	page := request(h, "GET", "/").Body.String()
	for _, part := range []string{"elmar-mammadyarov", "go generate ./web"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %s:\n%s", part, page)
		}
	}
	for path, mime := range map[string]string{"/plain.js": "text/javascript; charset=utf-8", "/plain.css": "text/css; charset=utf-8", "/plain.svg": "image/svg+xml"} {
		response := request(h, "GET", path)
		if response.Code != http.StatusOK || response.Header().Get("Content-Type") != mime || !strings.Contains(page, `"`+path+`"`) {
			t.Errorf("%s: %d %v", path, response.Code, response.Header())
		}
	}
	for _, inline := range []string{"<style", "style=", "onclick", "http://", "https://"} {
		if strings.Contains(page, inline) {
			t.Errorf("the page contains %s", inline)
		}
	}
	if response := request(h, "GET", "/index.html/../../doc.go"); response.Code != http.StatusNotFound {
		t.Errorf("a path out of the folder: got %d, want 404", response.Code)
	}
}

// TestBuiltFilesAreCompressedAndHaveAType checks the build in this binary, if there is one.
func TestBuiltFilesAreCompressedAndHaveAType(t *testing.T) {
	if !isBuilt() {
		t.Skip("this binary has no playground; go generate ./web builds it")
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
