package transport

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"chancery/graph/internal/documents"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// methods are those that HTTP knows what to do with.
const methods = "GET, HEAD, POST, OPTIONS"

// statusPartial is what the draft has for data with errors, for the eyes of
// whatever stands between.
const statusPartial = 294

// Codes of what is wrong with a request, beside those of package model.
const (
	codeMethod     = "METHOD_NOT_ALLOWED"
	codeUnresolved = "OPERATION_RESOLUTION_FAILURE"
	// CodeLimit is that of what asks for more than one may.
	CodeLimit = "LIMIT"
)

// statuses are those of operations that were not executed, by code; for others it
// is 400.
var statuses = map[string]int{
	codeMethod:               http.StatusMethodNotAllowed,
	"INTERNAL":               http.StatusInternalServerError,
	"TIMEOUT":                http.StatusServiceUnavailable,
	"UNAVAILABLE":            http.StatusServiceUnavailable,
	"THROTTLED":              http.StatusTooManyRequests,
	codeOverload:             http.StatusServiceUnavailable,
	documents.CodeNotTrusted: http.StatusForbidden,
}

// always are the statuses, by code, that answers in plain JSON have too: they are
// for whatever stands between, which reads no JSON.
var always = []string{codeMethod, "THROTTLED", codeOverload}

// statusOf is the status of an answer. In plain JSON it says only that this is an
// answer of ours, which clients could not tell otherwise.
func statusOf(media string, response *graphql.Response) int {
	status := http.StatusOK
	if response.Data == nil {
		status = http.StatusBadRequest
		if s, known := statuses[codeOf(response)]; known {
			status = s
		}
	} else if len(response.Errors) > 0 {
		status = statusPartial
	}
	if media == plainJSON && (response.Data != nil || !slices.Contains(always, codeOf(response))) {
		return http.StatusOK
	}
	return status
}

func codeOf(response *graphql.Response) string {
	if len(response.Errors) == 0 {
		return ""
	}
	code, _ := response.Errors[0].Extensions["code"].(string)
	return code
}

// setRetryAfter says in how many seconds it is worth trying again, where an answer
// that has no data says so.
func setRetryAfter(header http.Header, response *graphql.Response) {
	if response.Data != nil || len(response.Errors) == 0 {
		return
	}
	if seconds, ok := response.Errors[0].Extensions["retryAfter"].(int); ok {
		header.Set("Retry-After", strconv.Itoa(seconds))
	}
}

// write answers an operation. Only what went well can be kept.
func write(w http.ResponseWriter, media string, response *graphql.Response, again *repeat) {
	if kept := again != nil && again.tag != "" && len(response.Errors) == 0; kept && again.same {
		notModified(w, again)
		return
	} else if kept {
		w.Header().Set("ETag", again.tag)
		w.Header().Set("Cache-Control", again.control)
	}
	status := statusOf(media, response)
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	setRetryAfter(w.Header(), response)
	body, err := appendResponse(nil, response)
	writeBody(w, media, status, body, err)
}

// writeBatch answers several. Each says for itself how it went; the status does only
// where all were turned away alike.
func writeBatch(w http.ResponseWriter, media string, responses []*graphql.Response) {
	body, err := []byte{'['}, error(nil)
	for i, response := range responses {
		if i > 0 {
			body = append(body, ',')
		}
		if body, err = appendResponse(body, response); err != nil {
			break
		}
	}
	status := statusOf(plainJSON, responses[0])
	if slices.ContainsFunc(responses, func(r *graphql.Response) bool { return statusOf(plainJSON, r) != status }) {
		status = http.StatusOK
	} else {
		setRetryAfter(w.Header(), responses[len(responses)-1])
	}
	writeBody(w, media, status, append(body, ']'), err)
}

// refuse answers a request that holds no operation.
func refuse(w http.ResponseWriter, media string, why *refusal) {
	if why == noRoom {
		shed(w, media)
		return
	}
	if why.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", methods)
	}
	writeError(w, media, why.status, "BAD_REQUEST", why.reason)
}

// Refuse answers a request that does not come as far as a transport, as one would.
// What the status wants of headers is set before.
func Refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	w.Header().Add("Vary", "Accept")
	writeError(w, mediaForErrors(r.Header), status, code, message)
}

func writeError(w http.ResponseWriter, media string, status int, code, message string) {
	body, err := appendResponse(nil, &graphql.Response{Errors: gqlerror.List{{
		Message: message, Extensions: map[string]any{"code": code},
	}}})
	writeBody(w, media, status, body, err)
}

func writeBody(w http.ResponseWriter, media string, status int, body []byte, err error) {
	if err != nil {
		panic(err) // the handler logs it, and answers
	}
	header := w.Header()
	header.Set("Content-Type", media+"; charset=utf-8")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone is nobody's fault
}

// appendResponse appends an answer as JSON, errors first. The data is JSON already;
// where nothing was executed there is none.
func appendResponse(b []byte, response *graphql.Response) ([]byte, error) {
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

// appendExtensions appends them by their names, as json.Marshal would in several times
// as long: each answer has some. The names need no escapes: they are ours.
func appendExtensions(b []byte, extensions map[string]any) ([]byte, error) {
	names := make([]string, 0, 8)
	for name := range extensions {
		names = append(names, name)
	}
	slices.Sort(names)
	before := byte('{')
	for _, name := range names {
		b = append(append(append(b, before, '"'), name...), '"', ':')
		before = ','
		if number, is := extensions[name].(uint64); is {
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
