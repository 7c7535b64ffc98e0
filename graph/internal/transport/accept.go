package transport

import (
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Media types of requests and responses.
const (
	PlainJSON    = "application/json"
	responseJSON = "application/graphql-response+json"
)

// mediaRange is one of the media ranges of an Accept header.
type mediaRange struct {
	media      string
	parameters map[string]string
	quality    float64
}

// parseAccept returns the media ranges of the Accept header in order. It skips invalid
// ones, and encodings other than UTF-8.
func parseAccept(header http.Header) []mediaRange {
	var ranges []mediaRange
	for part := range strings.SplitSeq(strings.Join(header.Values("Accept"), ","), ",") {
		media, parameters, err := mime.ParseMediaType(part)
		if err != nil || !isUTF8(parameters) {
			continue
		}
		quality := 1.0
		if q, given := parameters["q"]; given {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		ranges = append(ranges, mediaRange{media, parameters, quality})
	}
	return ranges
}

func isUTF8(parameters map[string]string) bool {
	charset := parameters["charset"]
	return charset == "" || strings.EqualFold(charset, "utf-8")
}

// precision returns how precisely a range matches a media type, or 0 if it does not.
func (r mediaRange) precision(media string) int {
	family, _, _ := strings.Cut(media, "/")
	return 1 + slices.Index([]string{"*/*", family + "/*", media}, r.media)
}

// mediaFor returns the media type to respond in: the one with the highest quality, then
// the one that is matched more precisely, then the one named first. Without an Accept
// header it is plain JSON. It is empty if the client accepts neither.
func mediaFor(header http.Header) string {
	if strings.TrimSpace(strings.Join(header.Values("Accept"), "")) == "" {
		return PlainJSON
	}
	type offer struct {
		media               string
		quality             float64
		precision, priority int
	}
	best := offer{}
	for _, media := range []string{PlainJSON, responseJSON} {
		o := offer{media: media}
		for i, r := range parseAccept(header) { // the most precise range decides the quality
			if p := r.precision(media); p > o.precision {
				o = offer{media, r.quality, p, -i}
			}
		}
		if o.quality > 0 && cmp.Or(cmp.Compare(o.quality, best.quality), o.precision-best.precision, o.priority-best.priority) > 0 {
			best = o
		}
	}
	return best.media
}

// ErrorMedia returns the media type of errors, also for clients that accept none of those
// offered.
func ErrorMedia(header http.Header) string { return cmp.Or(mediaFor(header), PlainJSON) }

// Prefers reports whether a media type is the first of those that a client accepts with
// the highest quality, and returns its parameters. Clients that accept everything name
// streams last, and get plain responses.
func Prefers(header http.Header, media string) (parameters map[string]string, ok bool) {
	if !strings.Contains(strings.ToLower(strings.Join(header.Values("Accept"), ",")), media) {
		return nil, false // saves parsing for most requests
	}
	best := mediaRange{}
	for _, r := range parseAccept(header) {
		if r.quality > best.quality {
			best = r
		}
	}
	return best.parameters, best.media == media
}

// Accepts reports whether a client names a media type among those that it accepts, and
// returns its parameters and how much it wants it: quality, then the order of the header.
func Accepts(header http.Header, media string) (parameters map[string]string, rank float64) {
	for i, r := range parseAccept(header) {
		if r.media == media && r.quality > 0 {
			return r.parameters, r.quality - float64(i)/1000
		}
	}
	return nil, 0
}
