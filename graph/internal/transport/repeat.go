package transport

import (
	"context"
	"net/http"
	"strings"
)

// repeat is a request that may ask for what the client has already: a GET or a
// HEAD. Whoever answers puts in what is to be known of the answer.
type repeat struct {
	had     string // If-None-Match
	variant string // which of the media types it is answered in
	tag     string // an entity tag; empty if the answer must not be kept
	control string // for how long, and by whom, it may be kept
	same    bool   // the client has it
}

type repeatKey struct{}

func newRepeat(r *http.Request, media string) *repeat {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil
	}
	variant := ""
	if media == responseJSON {
		variant = "r"
	}
	return &repeat{had: strings.Join(r.Header.Values("If-None-Match"), ","), variant: variant}
}

func withRepeat(ctx context.Context, r *repeat) context.Context {
	if r == nil {
		return ctx
	}
	return context.WithValue(ctx, repeatKey{}, r)
}

// CanRepeat reports whether the transport of a context can answer that nothing has
// changed.
func CanRepeat(ctx context.Context) bool { return ctx.Value(repeatKey{}) != nil }

// Keep says before an answer is made what it depends on: two answers to one address
// with one state are the same, but for what they say about themselves in their
// extensions. The state is of letters, digits and - only. The control is for the
// header Cache-Control. It reports whether the client has the answer; nobody looks at
// one that is made nevertheless.
func Keep(ctx context.Context, state, control string) (same bool) {
	r := ctx.Value(repeatKey{}).(*repeat)
	r.tag = `W/"` + state + r.variant + `"` // weak: it is the same packed and unpacked
	r.control = control
	r.same = hasTag(r.had, r.tag)
	return r.same
}

// hasTag reports whether a list of entity tags has one, by the weak comparison of
// RFC 9110, section 8.8.3.2; a star has each.
func hasTag(list, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for {
		list = strings.TrimLeft(list, " \t,")
		if strings.HasPrefix(list, "*") {
			return true
		}
		list = strings.TrimPrefix(list, "W/")
		end := strings.Index(strings.TrimPrefix(list, `"`), `"`)
		if !strings.HasPrefix(list, `"`) || end < 0 {
			return false // it ends, or is none
		}
		if list[:end+2] == tag {
			return true
		}
		list = list[end+2:]
	}
}

// notModified answers who has the answer.
func notModified(w http.ResponseWriter, r *repeat) {
	w.Header().Set("ETag", r.tag)
	w.Header().Set("Cache-Control", r.control)
	w.WriteHeader(http.StatusNotModified)
}
