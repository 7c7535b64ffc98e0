package transport

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// write writes the response of one operation. Only responses without errors may be
// cached.
func write(w http.ResponseWriter, media string, response *graphql.Response, c *conditional) {
	if c != nil && c.etag != "" && len(response.Errors) == 0 {
		c.writeCacheHeaders(w.Header())
		if c.notModified {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	status := statusOf(media, response)
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	setRetryAfter(w.Header(), response)
	body, err := AppendResponse(nil, response)
	response.Data = nil // the client may be slow, and the body has it
	writeBody(w, media, status, body, err)
}

// writeBatch writes the responses of a batch. The status is 200, unless all were rejected
// with the same one.
func writeBatch(w http.ResponseWriter, media string, responses []*graphql.Response) {
	body, err := []byte{'['}, error(nil)
	for i, response := range responses {
		if i > 0 {
			body = append(body, ',')
		}
		if body, err = AppendResponse(body, response); err != nil {
			break
		}
	}
	status := statusOf(PlainJSON, responses[0])
	if slices.ContainsFunc(responses, func(r *graphql.Response) bool { return statusOf(PlainJSON, r) != status }) {
		status = http.StatusOK
	} else {
		setRetryAfter(w.Header(), responses[len(responses)-1])
	}
	writeBody(w, media, status, append(body, ']'), err)
}

// Reject writes the response to a request without a readable operation, in the media type
// that the client accepts.
func Reject(w http.ResponseWriter, r *http.Request, rejection *Rejection) {
	reject(w, ErrorMedia(r.Header), rejection)
}

func reject(w http.ResponseWriter, media string, rejection *Rejection) {
	if rejection == overloadedRejection {
		WriteOverloaded(w, media)
		return
	}
	if rejection.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", allowedMethods)
	}
	if rejection == unsupportedCoding {
		w.Header().Set("Accept-Encoding", "identity")
	}
	writeError(w, media, rejection.status, codes.BadRequest, rejection.reason)
}

// WriteError rejects a request that does not reach a transport, in the way a transport
// would. Headers that belong to the status must be set before.
func WriteError(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	w.Header().Add("Vary", "Accept")
	writeError(w, ErrorMedia(r.Header), status, code, message)
}

func writeError(w http.ResponseWriter, media string, status int, code, message string) {
	body, err := AppendResponse(nil, &graphql.Response{Errors: gqlerror.List{{
		Message: message, Extensions: map[string]any{"code": code},
	}}})
	writeBody(w, media, status, body, err)
}

func writeBody(w http.ResponseWriter, media string, status int, body []byte, err error) {
	if err != nil {
		panic(err) // the handler logs it and responds with an internal error
	}
	header := w.Header()
	header.Set("Content-Type", media+"; charset=utf-8")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // fails only if the client is gone
}

// AppendResponse appends a response as JSON, errors first. Its data is JSON already; it
// is omitted if nothing was executed.
func AppendResponse(b []byte, response *graphql.Response) ([]byte, error) {
	b = append(b, '{')
	separator := ""
	if len(response.Errors) > 0 {
		errs, err := json.Marshal(response.Errors)
		if err != nil {
			return nil, err
		}
		b, separator = append(append(b, `"errors":`...), errs...), ","
	}
	if response.Data != nil {
		b = append(append(append(b, separator...), `"data":`...), response.Data...)
		separator = ","
	}
	if len(response.Extensions) > 0 {
		var err error
		if b, err = appendExtensions(append(append(b, separator...), `"extensions":`...), response.Extensions); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// appendExtensions appends extensions sorted by name, as json.Marshal does in several
// times the time: every response has some. The names are constants that need no escaping.
func appendExtensions(b []byte, extensions map[string]any) ([]byte, error) {
	names := make([]string, 0, 8)
	for name := range extensions {
		names = append(names, name)
	}
	slices.Sort(names)
	separator := byte('{')
	for _, name := range names {
		b = append(append(append(b, separator, '"'), name...), '"', ':')
		separator = ','
		if number, ok := extensions[name].(uint64); ok {
			b = strconv.AppendUint(b, number, 10)
			continue
		}
		value, err := json.Marshal(extensions[name])
		if err != nil {
			return nil, err
		}
		b = append(b, value...)
	}
	return append(b, '}'), nil
}
