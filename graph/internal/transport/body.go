package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"unicode/utf8"

	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
)

// overloadedRejection rejects a request whose body exceeds the quota of buffered bytes.
var overloadedRejection = &Rejection{http.StatusServiceUnavailable, "overloaded"}

// unsupportedCoding rejects a compressed body. Its response names the codings that are
// supported (RFC 9110, section 12.5.3).
var unsupportedCoding = &Rejection{http.StatusUnsupportedMediaType, "compressed bodies are not supported"}

// readBody accepts JSON only: any site could send a form without a CORS preflight.
func readBody(r *http.Request, maxBatch int) ([]*graphql.RawParams, bool, *Rejection) {
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != PlainJSON || !isUTF8(parameters) {
		return nil, false, &Rejection{http.StatusUnsupportedMediaType, "the body is sent as application/json, in UTF-8"}
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, false, unsupportedCoding
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, false, readFailure(err)
	}
	if !utf8.Valid(body) {
		return nil, false, badRequest("the body is not in UTF-8")
	}
	if HasTooManyValues(body) {
		return nil, false, &Rejection{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body holds too many values; it may hold %d, of which an object counts as %d", maxValues, objectWeight)}
	}
	if bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")) {
		operations, rejection := readBatch(body, maxBatch)
		return operations, true, rejection
	}
	params, rejection := readJSON(body)
	return []*graphql.RawParams{params}, false, rejection
}

func readFailure(err error) *Rejection {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return &Rejection{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is too large; it may have %d bytes", large.Limit)}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return &Rejection{http.StatusRequestTimeout, "the body took too long to arrive"}
	}
	if errors.Is(err, capacity.ErrFull) {
		return overloadedRejection
	}
	return badRequest("the body is incomplete")
}

func readBatch(body []byte, maxBatch int) ([]*graphql.RawParams, *Rejection) {
	var parts []json.RawMessage
	if json.Unmarshal(body, &parts) != nil {
		return nil, badRequest("the body is not valid JSON")
	}
	if len(parts) == 0 || len(parts) > maxBatch {
		return nil, badRequest(fmt.Sprintf("a batch has from 1 to %d operations; this has %d", maxBatch, len(parts)))
	}
	operations := make([]*graphql.RawParams, len(parts))
	for i, part := range parts {
		var rejection *Rejection
		if operations[i], rejection = readJSON(part); rejection != nil {
			return nil, rejection
		}
	}
	return operations, nil
}

// readJSON reads an operation. A null counts as not given.
func readJSON(text []byte) (*graphql.RawParams, *Rejection) {
	var query, documentID *string
	params := &graphql.RawParams{}
	err := DecodeObject(text, map[string]any{
		"query": &query, "documentId": &documentID, "operationName": &params.OperationName,
		"variables": &params.Variables, "extensions": &params.Extensions,
	})
	if errors.Is(err, errMemberType) {
		return nil, badRequest("query, documentId and operationName are strings; variables and extensions are objects")
	}
	if err != nil {
		return nil, badRequest("the body is not a JSON object with a query, without repeated names and lone surrogates")
	}
	if !SetDocument(params, query, documentID) {
		return nil, badRequest("the request has no query")
	}
	return params, nil
}
