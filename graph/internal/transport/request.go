package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"

	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
)

// refusal is the answer to a request that holds no operation. Its reason repeats
// nothing of the request.
type refusal struct {
	status int
	reason string
}

func malformed(reason string) *refusal { return &refusal{http.StatusBadRequest, reason} }

// readParams reads the one operation of a request, as GraphQL over HTTP has it.
func readParams(r *http.Request) (*graphql.RawParams, *refusal) {
	all, batch, refused := readAll(r, 1)
	if refused != nil {
		return nil, refused
	}
	if batch {
		return nil, malformed("several operations cannot be sent at once here")
	}
	return all[0], nil
}

// readAll reads the operations of a request: one, or a batch of up to most.
func readAll(r *http.Request, most int) (all []*graphql.RawParams, batch bool, refused *refusal) {
	start := graphql.Now()
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		all, refused = readQuery(r.URL.RawQuery)
	case http.MethodPost:
		all, batch, refused = readBody(r, most)
	default:
		refused = &refusal{http.StatusMethodNotAllowed, "an operation is sent by GET or POST"}
	}
	if refused != nil {
		return nil, false, refused
	}
	for _, params := range all {
		params.Headers = r.Header
		params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	}
	return all, batch, nil
}

func readQuery(text string) ([]*graphql.RawParams, *refusal) {
	values, err := url.ParseQuery(text)
	if err != nil {
		return nil, malformed("the URL's query is not encoded as it should be")
	}
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	if !utf8.ValidString(params.Query) || !utf8.ValidString(params.OperationName) {
		return nil, malformed("the query is not in UTF-8")
	}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if !utf8.ValidString(text) || decode(strings.NewReader(text), into) != nil {
				return nil, malformed(name + " is no JSON object")
			}
		}
	}
	if !name(params, given(values, "query"), given(values, "documentId")) {
		return nil, malformed("there is no query")
	}
	return []*graphql.RawParams{params}, nil
}

func given(values url.Values, name string) *string {
	if !values.Has(name) {
		return nil
	}
	return new(values.Get(name))
}

// readBody takes JSON only: a form could be sent by any site without asking.
func readBody(r *http.Request, most int) ([]*graphql.RawParams, bool, *refusal) {
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != plainJSON || !isUTF8(parameters) {
		return nil, false, &refusal{http.StatusUnsupportedMediaType, "the body is sent as application/json, in UTF-8"}
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, false, &refusal{http.StatusUnsupportedMediaType, "the body is not sent compressed"}
	}
	body, err := io.ReadAll(r.Body)
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return nil, false, &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is too large; it may have %d bytes", large.Limit)}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, false, &refusal{http.StatusRequestTimeout, "the body took too long to arrive"}
	}
	if errors.Is(err, capacity.ErrFull) {
		return nil, false, noRoom
	}
	if err != nil {
		return nil, false, malformed("the body did not arrive whole")
	}
	if !utf8.Valid(body) {
		return nil, false, malformed("the body is not in UTF-8")
	}
	if len(body) > maxValues/anObjectIs && valuesIn(body) > maxValues {
		return nil, false, &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body holds too many values; it may hold %d, of which an object counts as %d", maxValues, anObjectIs)}
	}
	if bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")) {
		all, refused := readBatch(body, most)
		return all, true, refused
	}
	params, refused := readOperation(body)
	return []*graphql.RawParams{params}, false, refused
}

// maxValues is how many values a body may hold. Each takes some hundred bytes of memory,
// however short it is, and an object as much time as its type has fields, so it counts
// as some. A commit of as many changes as may be has fewer.
const (
	maxValues  = 250_000
	anObjectIs = 5
)

// valuesIn is how many values there are at most in a text of JSON.
func valuesIn(text []byte) (n int) {
	within := false // a string
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			within = !within
		case within && c == '\\':
			i++
		case !within && c == '{':
			n += anObjectIs
		case !within && (c == ',' || c == '['):
			n++
		}
	}
	return n
}

func readBatch(body []byte, most int) ([]*graphql.RawParams, *refusal) {
	var parts []json.RawMessage
	if decode(bytes.NewReader(body), &parts) != nil {
		return nil, malformed("the body is no JSON")
	}
	if len(parts) == 0 || len(parts) > most {
		return nil, malformed(fmt.Sprintf("a batch has from 1 to %d operations; this has %d", most, len(parts)))
	}
	all := make([]*graphql.RawParams, len(parts))
	for i, part := range parts {
		var refused *refusal
		if all[i], refused = readOperation(part); refused != nil {
			return nil, refused
		}
	}
	return all, nil
}

// readOperation reads the JSON of an operation. What is null is as good as left
// out.
func readOperation(text []byte) (*graphql.RawParams, *refusal) {
	var given struct {
		Query         *string        `json:"query"`
		DocumentID    *string        `json:"documentId"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
	}
	err := decode(bytes.NewReader(text), &given)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) && wrong.Field != "" {
		return nil, malformed("query, documentId and operationName are strings; variables and extensions are objects")
	}
	if err != nil || !isObject(text) {
		return nil, malformed("the body is no JSON object with a query")
	}
	params := &graphql.RawParams{OperationName: given.OperationName, Variables: given.Variables, Extensions: given.Extensions}
	if !name(params, given.Query, given.DocumentID) {
		return nil, malformed("there is no query")
	}
	return params, nil
}

// decode reads one JSON value and nothing behind it, numbers as they are written.
func decode(r io.Reader, into any) error {
	decoder := json.NewDecoder(r)
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.Join(errors.New("something follows the value"), err)
	}
	return nil
}
