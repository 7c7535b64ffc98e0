package transport

import (
	"context"
	"net/http"
	"strings"
)

// conditional is a GET or HEAD request that may be answered with 304, and what is known
// of its response.
type conditional struct {
	ifNoneMatch  string
	variant      string // distinguishes the media types of responses
	etag         string // empty if the response must not be cached
	cacheControl string
	notModified  bool
}

type conditionalKey struct{}

// newConditional returns nil for methods whose responses cannot be cached.
func newConditional(r *http.Request, media string) *conditional {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil
	}
	variant := ""
	if media == responseJSON {
		variant = "r"
	}
	return &conditional{ifNoneMatch: strings.Join(r.Header.Values("If-None-Match"), ","), variant: variant}
}

func withConditional(ctx context.Context, c *conditional) context.Context {
	if c == nil {
		return ctx
	}
	return context.WithValue(ctx, conditionalKey{}, c)
}

// SupportsETag reports whether the response to the request of a context may have an
// entity tag.
func SupportsETag(ctx context.Context) bool { return ctx.Value(conditionalKey{}) != nil }

// SetETag sets the entity tag and the Cache-Control header of a response before it is
// made, and reports whether the client has it already. Two responses to one URL with the
// same state must be the same, except for their extensions. The state consists of
// letters, digits and hyphens. If SetETag returns true the response itself is discarded.
func SetETag(ctx context.Context, state, cacheControl string) (notModified bool) {
	c := ctx.Value(conditionalKey{}).(*conditional)
	c.etag = `W/"` + state + c.variant + `"` // weak, since compressed responses have the same
	c.cacheControl = cacheControl
	c.notModified = matches(c.ifNoneMatch, c.etag)
	return c.notModified
}

// matches reports whether a list of entity tags contains one by weak comparison (RFC
// 9110, section 8.8.3.2); an asterisk matches all.
func matches(list, etag string) bool {
	etag = strings.TrimPrefix(etag, "W/")
	for {
		list = strings.TrimLeft(list, " \t,")
		if strings.HasPrefix(list, "*") {
			return true
		}
		list = strings.TrimPrefix(list, "W/")
		end := strings.Index(strings.TrimPrefix(list, `"`), `"`)
		if !strings.HasPrefix(list, `"`) || end < 0 {
			return false // the list ends, or is invalid
		}
		if list[:end+2] == etag {
			return true
		}
		list = list[end+2:]
	}
}

// writeCacheHeaders sets the headers that allow a response to be cached.
func (c *conditional) writeCacheHeaders(header http.Header) {
	header.Set("ETag", c.etag)
	header.Set("Cache-Control", c.cacheControl)
}
