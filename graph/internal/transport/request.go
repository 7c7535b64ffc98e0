package transport

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// prefersEvents reports whether event streams are the first of what a client
// accepts most. Clients that can read everything name them last.
func prefersEvents(header http.Header) bool {
	best, events := 0.0, false
	for part := range strings.SplitSeq(strings.Join(header.Values("Accept"), ","), ",") {
		media, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, given := parameters["q"]; given {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if quality > best {
			best, events = quality, media == "text/event-stream"
		}
	}
	return events
}

// refusal is the answer to a request that holds no operation.
type refusal struct {
	status int
	reason string
}

// readParams reads the request as GraphQL over HTTP has it.
func readParams(r *http.Request) (*graphql.RawParams, *refusal) {
	params := &graphql.RawParams{Headers: r.Header, ReadTime: graphql.TraceTiming{Start: graphql.Now()}}
	var refused *refusal
	switch r.Method {
	case http.MethodGet:
		refused = readQuery(r, params)
	case http.MethodPost:
		refused = readBody(r, params)
	default:
		refused = &refusal{http.StatusMethodNotAllowed, "an operation is sent by GET or POST"}
	}
	params.ReadTime.End = graphql.Now()
	return params, refused
}

func readQuery(r *http.Request, params *graphql.RawParams) *refusal {
	values := r.URL.Query()
	params.Query, params.OperationName = values.Get("query"), values.Get("operationName")
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if err := decode(strings.NewReader(text), into); err != nil {
				return &refusal{http.StatusBadRequest, name + " is no JSON object"}
			}
		}
	}
	return nil
}

// readBody takes JSON only: a form could be sent by any site without asking.
func readBody(r *http.Request, params *graphql.RawParams) *refusal {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return &refusal{http.StatusUnsupportedMediaType, "the body is sent as application/json"}
	}
	err := decode(r.Body, params)
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return &refusal{http.StatusRequestEntityTooLarge, "the body is too large"}
	}
	if err != nil {
		return &refusal{http.StatusBadRequest, "the body is no JSON object with a query"}
	}
	return nil
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
