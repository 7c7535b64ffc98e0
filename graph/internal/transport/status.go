package transport

import (
	"net/http"
	"slices"
	"strconv"

	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
)

// allowedMethods is the Allow header of the endpoint.
const allowedMethods = "GET, HEAD, POST, OPTIONS"

// statusPartial is the status of data with errors in the draft of GraphQL over HTTP.
const statusPartial = 294

// statuses are the HTTP statuses of operations that were not executed, by their code; for
// other codes it is 400.
var statuses = map[string]int{
	codes.MethodNotAllowed:   http.StatusMethodNotAllowed,
	codes.Internal:           http.StatusInternalServerError,
	codes.Timeout:            http.StatusServiceUnavailable,
	codes.Unavailable:        http.StatusServiceUnavailable,
	codes.Throttled:          http.StatusTooManyRequests,
	codes.Overloaded:         http.StatusServiceUnavailable,
	codes.DocumentNotTrusted: http.StatusForbidden,
}

// forIntermediaries are the codes whose status plain JSON responses have too, since
// proxies and browsers do not read JSON.
var forIntermediaries = []string{codes.MethodNotAllowed, codes.Throttled, codes.Overloaded}

// statusOf returns the status of a response. For plain JSON it is mostly 200, which says
// only that this is a GraphQL response.
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
	if media == PlainJSON && (response.Data != nil || !slices.Contains(forIntermediaries, codeOf(response))) {
		return http.StatusOK
	}
	return status
}

// codeOf returns the code of the first error, or "".
func codeOf(response *graphql.Response) string {
	if len(response.Errors) == 0 {
		return ""
	}
	code, _ := response.Errors[0].Extensions["code"].(string)
	return code
}

// setRetryAfter sets Retry-After from extensions.retryAfter of a response without data.
func setRetryAfter(header http.Header, response *graphql.Response) {
	if response.Data != nil || len(response.Errors) == 0 {
		return
	}
	if seconds, ok := response.Errors[0].Extensions["retryAfter"].(int); ok {
		header.Set("Retry-After", strconv.Itoa(seconds))
	}
}
