package transport

import (
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Media types of answers and bodies.
const (
	responseJSON = "application/graphql-response+json"
	plainJSON    = "application/json"
	eventStream  = "text/event-stream"
	multipart    = "multipart/mixed"
)

// accepted is one of the ranges of media types that a client accepts.
type accepted struct {
	media      string
	parameters map[string]string
	quality    float64
}

// acceptedBy reads the Accept header in its order. What cannot be read is passed
// over; no encoding but UTF-8 is spoken here.
func acceptedBy(header http.Header) []accepted {
	var all []accepted
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
		all = append(all, accepted{media, parameters, quality})
	}
	return all
}

func isUTF8(parameters map[string]string) bool {
	charset := parameters["charset"]
	return charset == "" || strings.EqualFold(charset, "utf-8")
}

// precision is how closely a range names a media type; 0 if it does not.
func (a accepted) precision(media string) int {
	family, _, _ := strings.Cut(media, "/")
	return 1 + slices.Index([]string{"*/*", family + "/*", media}, a.media)
}

// mediaFor is the type to answer in: the one accepted most; of equals the one named
// more closely, then the one named first. Who has no wish gets plain JSON. It is
// empty if nothing will do.
func mediaFor(header http.Header) string {
	if strings.TrimSpace(strings.Join(header.Values("Accept"), "")) == "" {
		return plainJSON
	}
	type offer struct {
		media              string
		quality            float64
		precision, earlier int
	}
	best := offer{}
	for _, media := range []string{plainJSON, responseJSON} {
		o := offer{media: media}
		for i, a := range acceptedBy(header) { // the closest range says how much
			if p := a.precision(media); p > o.precision {
				o = offer{media, a.quality, p, -i}
			}
		}
		if o.quality > 0 && cmp.Or(cmp.Compare(o.quality, best.quality), o.precision-best.precision, o.earlier-best.earlier) > 0 {
			best = o
		}
	}
	return best.media
}

// mediaForErrors is the type to refuse in, for who accepts nothing that is offered
// too.
func mediaForErrors(header http.Header) string { return cmp.Or(mediaFor(header), plainJSON) }

// favours reports whether a media type is the first of what a client accepts most,
// and with which parameters. Clients that can read everything name streams last, and
// get none.
func favours(header http.Header, media string) (parameters map[string]string, does bool) {
	if !strings.Contains(strings.ToLower(strings.Join(header.Values("Accept"), ",")), media) {
		return nil, false // of most requests nothing more need be read
	}
	best := accepted{}
	for _, a := range acceptedBy(header) {
		if a.quality > best.quality {
			best = a
		}
	}
	return best.parameters, best.media == media
}
